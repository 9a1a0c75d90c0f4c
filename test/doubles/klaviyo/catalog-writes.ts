import * as z from 'zod';
import type { Answer } from '../http.ts';
import { invalid } from './errors.ts';
import { type Kind, one } from './resource.ts';
import { type Call, readBody } from './route.ts';

/** What is needed to write into the catalog, in a call of its own or later, in a job. */
export type Written = Pick<Call, 'state' | 'settings'>;

/** One way to write an entry, and what a request has to say of the entry. */
interface Way<T, D> {
  entry: z.ZodType<D>;
  write(call: Written, data: D): T;
}

/** How an entry of a kind is written. Each throws where Klaviyo would refuse it. */
export interface Writes<T, C, U extends { id: string }> {
  create: Way<T, C>;
  update: Way<T, U>;
  remove(call: Written, id: string): void;
}

type Entry = { id: string; created: string };

/** Answers a POST. */
export function created<T extends Entry, C>(kind: Kind<T>, { create }: { create: Way<T, C> }, call: Call): Answer {
  const { data } = readBody(z.strictObject({ data: create.entry }), call);
  return one(kind, create.write(call, data), call, 201);
}

/** Answers a PATCH. Throws 400 when the body is about another entry than the path. */
export function updated<T extends Entry, U extends { id: string }>(
  kind: Kind<T>,
  { update }: { update: Way<T, U> },
  call: Call,
): Answer {
  const { data } = readBody(z.strictObject({ data: update.entry }), call);
  if (data.id !== call.id) throw invalid('The id must be that of the path.', '/data/id');
  return one(kind, update.write(call, data), call);
}

/** Answers a DELETE. */
export function removed({ remove }: { remove(call: Written, id: string): void }, call: Call): Answer {
  remove(call, call.id);
  return { status: 204 };
}
