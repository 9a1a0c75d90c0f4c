import type { Answer } from '../http.ts';

/** Gives an error as commercetools words it. */
export function refusal(statusCode: number, code: string, message: string): Answer {
  return { status: statusCode, body: { statusCode, message, errors: [{ code, message }] } };
}
