import type { Problem } from '../../api.ts';

/** A refusal of the console's server, in its own words. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  constructor(status: number, { error, where }: Problem) {
    super(where ? `${error} (${where})` : error);
    this.status = status;
  }
}

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Error('The console does not answer: is npm run console still running?');
  });
  if (response.ok) return response.json();
  const problem: Problem = await response.json().catch(() => ({ error: `The console answered ${response.status}.` }));
  throw new Refusal(response.status, problem);
}

/** Gives what the console's server answers; `T` is the contract's. Throws a Refusal, or that the server is not there. */
export const ask = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>(path, { signal });

/** Sends JSON, and gives the answer. Throws as `ask` does. */
export const send = <T>(method: 'POST' | 'PUT', path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> =>
  request<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });

/** A query without what is empty, `?` included. */
export function query(values: Record<string, string | number | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
}
