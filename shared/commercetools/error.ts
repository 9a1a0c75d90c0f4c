import * as z from 'zod';
import { RetryableError, SyncError } from '../errors.ts';
import { errorName, toSyncError } from '../http/refusal.ts';

/** The parts of the SDK's error that are read. The rest holds the request and the response and goes no further. */
const sdkError = z.looseObject({
  /** 0 when the fetch itself failed; the message is then `createFetch`'s. */
  statusCode: z.number(),
  message: z.string().catch(''),
  headers: z.looseObject({ 'retry-after': z.string().optional() }).optional(),
  body: z.unknown().optional(),
});

/** The code of a 404 that is about the resource. A wrong address or a gateway has other words. */
const NOT_FOUND = 'ResourceNotFound';

const errorBody = z.looseObject({ errors: z.array(z.looseObject({ code: z.string() })).min(1) });

/** Returns the HTTP status of an error of the SDK; undefined for any other error. */
export const sdkStatus = (error: unknown): number | undefined => sdkError.safeParse(error).data?.statusCode;

/**
 * Returns what the SDK threw as an error of our own, in our own words.
 *
 * @param what names what was read or changed, for instance "order 123"
 * @param verb what was to be done with it
 */
export function toCommercetoolsError(what: string, error: unknown, verb: 'show' | 'change' = 'show'): SyncError {
  if (error instanceof SyncError) return error;
  const { data } = sdkError.safeParse(error);
  if (!data) return new RetryableError(`commercetools could not be asked for the ${what}`, { code: errorName(error) });
  const { statusCode: status, message, body, headers } = data;
  if (status === 0) return new RetryableError(message, { code: /: (\w+)$/.exec(message)?.[1] ?? 'DEADLINE' });
  const code = errorBody.safeParse(body).data?.errors[0]?.code;
  if (status === 404 && code !== NOT_FOUND)
    return new RetryableError(`the ${what} was not asked of commercetools: check CT_API_URL and CT_PROJECT_ID`, {
      status,
      code,
    });
  const isForeign = typeof body === 'string' && body !== '';
  return toSyncError(
    { status, code, retryAfter: headers?.['retry-after'], isForeign },
    {
      credentials: `commercetools refused to ${verb} the ${what}: check CT_API_CLIENT and CT_SCOPE`,
      unavailable: `commercetools could not ${verb} the ${what}`,
      refused: `commercetools refused the request for the ${what}`,
    },
  );
}
