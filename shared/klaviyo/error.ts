import * as z from 'zod';
import type { SyncError } from '../errors.ts';
import { toSyncError } from '../http/refusal.ts';
import type { HttpAnswer, HttpCall } from '../http/request.ts';
import { withoutValues } from './redact.ts';

const problem = z.looseObject({
  code: z.string().optional(),
  detail: z.string().optional(),
  source: z.looseObject({ pointer: z.string().nullish() }).nullish(),
  meta: z.looseObject({ duplicate_profile_id: z.string().optional() }).nullish(),
});

const errorBody = z.looseObject({ errors: z.array(problem).min(1) });

/** The code of a 404 that is about a resource. A wrong address or a gateway has other words. */
const NOT_FOUND = 'not_found';

/** Characters or bytes of a request beyond which Klaviyo's words are not told: looking for values of ours in them would take seconds. */
const LONGEST_BODY = 200_000;

/** An answer with its body parsed where it is JSON. */
type Refused = Pick<HttpAnswer, 'status' | 'headers'> & { data: unknown };

/** Returns what an answer that is no success stands for, without the request, the key and anything that was sent. */
export function toKlaviyoError(
  { status, headers, data }: Refused,
  { body, url }: Pick<HttpCall, 'body' | 'url'>,
): SyncError {
  const problems = errorBody.safeParse(data).data?.errors ?? [];
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
        const isReadable = body === undefined || body.length <= LONGEST_BODY;
        const detail = first?.detail && isReadable ? `: ${withoutValues(first.detail, body?.toString(), url)}` : '';
        return `Klaviyo refused it${detail}`;
      },
    },
  );
}
