import * as z from 'zod';
import { ProblemError } from './problem.ts';

/** What a route is asked. */
interface Asked {
  /** Of the path, decoded. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The body as JSON; undefined when there is none. */
  body: unknown;
}

/** Answers a request with what is sent as JSON. Throws a ProblemError for what cannot be. */
type Answering = (asked: Asked) => unknown;

/** Routes by `METHOD /path/{name}`. */
export type Routes = Record<string, Answering>;

/** Finds the route of a request. */
export type Router = (method: string, path: string) => { params: Asked['params']; answer: Answering };

/** Returns what finds routes. It throws a 404 when there is none, and a 405 for another method. */
export function createRouter(routes: Routes): Router {
  const all = Object.entries(routes).map(([name, answer]) => {
    const [method = '', path = ''] = name.split(' ');
    return { method, parts: path.split('/'), answer };
  });
  return (method, path) => {
    const parts = path.split('/');
    const matching = all.flatMap((route) => {
      const params = match(route.parts, parts);
      return params ? [{ ...route, params }] : [];
    });
    if (matching.length === 0) throw new ProblemError(404, `There is no ${path} here.`);
    const route = matching.find((one) => one.method === method);
    if (!route) throw new ProblemError(405, `${path} takes ${matching.map((one) => one.method).join(', ')} only.`);
    return route;
  };
}

function match(pattern: string[], parts: string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) params[name] = decoded(given);
    else if (part !== given) return undefined;
  }
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ProblemError(400, 'The path is not encoded as a URL is.');
  }
}

/** Returns what a schema makes of a request. Throws a 400 that says what is wrong, and where. */
export function read<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  const { success, data: value, error } = schema.safeParse(data);
  if (success) return value;
  const [issue] = error.issues;
  throw new ProblemError(400, issue?.message ?? 'This is not as expected.', issue?.path.join('.') || undefined);
}

/** A count in a query, such as `limit`. */
export const countIn = (query: URLSearchParams, name: string, usual: number, most: number): number =>
  read(z.object({ [name]: z.coerce.number().int().min(1).max(most).default(usual) }), {
    [name]: query.get(name) ?? undefined,
  })[name] ?? usual;
