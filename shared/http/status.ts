/** The status that says that the address of a call is longer than a server takes. */
export const URI_TOO_LONG = 414;

/** Returns whether an HTTP status says that the same call may succeed later. */
export const isRetryableStatus = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** Returns whether an HTTP status says that the credentials were refused. */
export const isCredentialsStatus = (status: number): boolean => status === 401 || status === 403;

/** Returns the milliseconds of a Retry-After header (seconds or a date); undefined when it cannot be read. */
export function parseRetryAfter(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const milliseconds = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
