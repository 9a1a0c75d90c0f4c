import type * as z from 'zod';
import type { Answer } from '../http.ts';
import { KlaviyoError } from './errors.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

/** A request that has passed authorization, on its way to a route. */
export interface Call {
  state: State;
  settings: Settings;
  /** The `{id}` of the route, decoded; empty when it has none. */
  id: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** One operation, its path as Klaviyo's OpenAPI document writes it. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  answer(call: Call): Answer;
}

/** The body by its schema. Throws 400 with a pointer for every part that does not fit. */
export function readBody<T>(schema: z.ZodType<T>, call: Call): T {
  const result = schema.safeParse(call.body);
  if (result.success) return result.data;
  throw new KlaviyoError(
    400,
    result.error.issues.flatMap((issue) => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
      return unknown.map((key) => ({
        code: 'invalid',
        title: 'Invalid input.',
        detail: key === undefined ? issue.message : `'${key}' is not a valid field for this resource.`,
        source: { pointer: ['', ...issue.path, ...(key === undefined ? [] : [key])].join('/') },
      }));
    }),
  );
}
