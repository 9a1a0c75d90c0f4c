import * as z from 'zod';
import { CredentialsError, nameOf, PermanentError, RetryableError } from '../errors.ts';
import { isCredentialsStatus, isRetryableStatus, parseRetryAfter } from '../http/retry.ts';

/** A refusal in Klaviyo's own terms; `apply` resolves some of them. */
export class KlaviyoError extends PermanentError {
  /** The other profile, of a 409 duplicate_profile. */
  readonly duplicateProfileId?: string;

  constructor(
    message: string,
    details: { status: number; code?: string; pointer?: string; duplicateProfileId?: string },
  ) {
    super(message, details);
    // What an operator reads; that it is Klaviyo's is in the message.
    this.name = 'PermanentError';
    this.duplicateProfileId = details.duplicateProfileId;
  }
}

const problem = z.looseObject({
  code: z.string().optional(),
  detail: z.string().optional(),
  source: z.looseObject({ pointer: z.string().nullish() }).nullish(),
  meta: z.looseObject({ duplicate_profile_id: z.string().optional() }).nullish(),
});

/** The parts of an AxiosError that are read. Its `config` holds the API key and the request: it goes no further. */
const failure = z.looseObject({
  code: z.string().optional(),
  config: z.looseObject({ data: z.unknown().optional() }).optional(),
  response: z
    .looseObject({
      status: z.number(),
      data: z.unknown().optional(),
      headers: z.looseObject({ 'retry-after': z.unknown().optional() }),
    })
    .optional(),
});

const answer = z.looseObject({ errors: z.array(problem).min(1) });

/** What an SDK call threw, in our classes, without the request, the key and anything that was sent. */
export function toKlaviyoError(error: unknown): Error {
  const { data } = failure.safeParse(error);
  if (!data?.response || data.response.status < 300) {
    const code = data?.code === 'ERR_CANCELED' ? 'TimeoutError' : (data?.code ?? nameOf(error));
    return new RetryableError(`Klaviyo did not answer${code ? `: ${code}` : ''}`, { code });
  }
  const { status, data: body, headers } = data.response;
  const first = answer.safeParse(body).data?.errors[0];
  const details = { status, code: first?.code, pointer: first?.source?.pointer ?? undefined };
  if (isCredentialsStatus(status)) {
    return new CredentialsError('Klaviyo refused the API key: check KLAVIYO_AUTH_KEY and its scopes', details);
  }
  const answeredByAnother = !first && typeof body === 'string' && body !== '';
  if (isRetryableStatus(status) || answeredByAnother) {
    return new RetryableError('Klaviyo could not take it', {
      ...details,
      retryAfter: parseRetryAfter(headers['retry-after']),
    });
  }
  const detail = first?.detail ? `: ${withoutValues(first.detail, data.config?.data)}` : '';
  return new KlaviyoError(`Klaviyo refused it${detail}`, {
    ...details,
    duplicateProfileId: first?.meta?.duplicate_profile_id,
  });
}

/**
 * Klaviyo's own words without what may be a person's: the values that we sent and their proper words, addresses, and
 * numbers as long as a telephone's.
 */
function withoutValues(detail: string, request: unknown): string {
  const text = decoded(detail);
  const values = valuesOf(request).filter((value) => value.trim().length > 1 && value.length <= text.length);
  const longestFirst = values.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
  const words = new Set(values.flatMap((value) => value.match(WORD)?.filter(isProper) ?? []).map(lower));
  return longestFirst
    .reduce((rest, spelling) => rest.replaceAll(new RegExp(RegExp.escape(spelling), 'gi'), '…'), text)
    .replace(/[^\s"(<[,;]+@[^\s")>\],;]+/g, '…')
    .replace(/\+?\d(?:[\s().-]*\d){5,}/g, '…')
    .replace(WORD, (word) => (words.has(lower(word)) ? '…' : word));
}

const WORD = /[\p{L}\p{N}]{3,}/gu;
const isProper = (word: string) => /[^a-z]/.test(word);
const lower = (word: string) => word.toLowerCase();

/** A value as it is, trimmed, and as JSON writes it. */
const spellingsOf = (value: string) => [value, value.trim(), JSON.stringify(value).slice(1, -1)];

/** A text without the escapes of JSON for letters, and without those of URLs. */
const decoded = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(?:%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

function valuesOf(request: unknown): string[] {
  if (typeof request === 'string') {
    try {
      return valuesOf(JSON.parse(request));
    } catch {
      return [request];
    }
  }
  if (typeof request === 'number') return [String(request)];
  if (typeof request !== 'object' || request === null) return [];
  return Object.values(request).flatMap((value) => (typeof value === 'string' ? [value] : valuesOf(value)));
}
