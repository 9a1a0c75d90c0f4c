import * as z from 'zod';
import { RetryableError, type SyncError } from '../errors.ts';
import { errorName, toSyncError } from '../http/refusal.ts';
import { withoutValues } from './redact.ts';

/** The parts of an AxiosError that are read. Its `config` holds the API key and the request and goes no further. */
const axiosError = z.looseObject({
  code: z.string().optional(),
  config: z.looseObject({ data: z.unknown().optional(), url: z.string().optional() }).optional(),
  response: z
    .looseObject({
      status: z.number(),
      data: z.unknown().optional(),
      headers: z.looseObject({ 'retry-after': z.unknown().optional() }),
    })
    .optional(),
});

const problem = z.looseObject({
  code: z.string().optional(),
  detail: z.string().optional(),
  source: z.looseObject({ pointer: z.string().nullish() }).nullish(),
  meta: z.looseObject({ duplicate_profile_id: z.string().optional() }).nullish(),
});

const errorBody = z.looseObject({ errors: z.array(problem).min(1) });

/** The code of a 404 that is about a resource. A wrong address or a gateway has other words. */
const NOT_FOUND = 'not_found';

/** Returns what a call of the SDK threw as an error of our own, without the request, the key and anything that was sent. */
export function toKlaviyoError(error: unknown): SyncError {
  const { data } = axiosError.safeParse(error);
  if (!data?.response || data.response.status < 300) {
    const code = data?.code === 'ERR_CANCELED' ? 'TimeoutError' : (data?.code ?? errorName(error));
    return new RetryableError(`Klaviyo did not answer${code ? `: ${code}` : ''}`, { code });
  }
  const { status, data: body, headers } = data.response;
  const problems = errorBody.safeParse(body).data?.errors ?? [];
  const [first] = problems;
  return toSyncError(
    {
      status,
      code: first?.code,
      pointer: first?.source?.pointer ?? undefined,
      pointers: problems.flatMap(({ source }) => source?.pointer ?? []),
      duplicateProfileId: first?.meta?.duplicate_profile_id,
      retryAfter: headers['retry-after'],
      isForeign: !first || (status === 404 && first.code !== NOT_FOUND),
    },
    {
      credentials: 'Klaviyo refused the API key: check KLAVIYO_AUTH_KEY and its scopes',
      unavailable: 'Klaviyo could not take it',
      /** Worked out when it is needed, as redaction takes time. */
      get refused() {
        const detail = first?.detail ? `: ${withoutValues(first.detail, data.config?.data, data.config?.url)}` : '';
        return `Klaviyo refused it${detail}`;
      },
    },
  );
}
