import { randomUUID } from 'node:crypto';

/** One entry of a JSON:API error answer, without what is the same in all of them. */
export interface Refusal {
  code: string;
  title: string;
  detail: string;
  source?: { pointer: string } | { parameter: string };
  meta?: Record<string, unknown>;
}

/** Thrown by a route to answer with an error instead. */
export class KlaviyoError extends Error {
  readonly status: number;
  readonly refusals: Refusal[];

  constructor(status: number, refusals: Refusal[]) {
    super(refusals.map(({ detail }) => detail).join(' '));
    this.status = status;
    this.refusals = refusals;
  }
}

/** Returns with what `run` was refused; undefined when it was not. */
export function refusalOf(run: () => void): KlaviyoError | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof KlaviyoError) return error;
    throw error;
  }
}

/** What is wrong with a part of a request, its pointers put behind the pointer to that part. */
export function placed({ refusals }: KlaviyoError, at: string): (Refusal & { source: { pointer: string } })[] {
  return refusals.map((refusal) => {
    const inside = refusal.source && 'pointer' in refusal.source ? refusal.source.pointer.slice('/data'.length) : '';
    return { ...refusal, source: { pointer: at + inside } };
  });
}

/** The body of an error answer, as Klaviyo words it: `status` is a number, `links` and `meta` are always there. */
export function errorBody(status: number, refusals: Refusal[]): { errors: unknown[] } {
  return {
    errors: refusals.map(({ code, title, detail, source = { pointer: '/data' }, meta = {} }) => {
      return { id: randomUUID(), status, code, title, detail, source, links: {}, meta };
    }),
  };
}

/** A refusal whose title says everything. */
export function refusal(status: number, code: string, detail: string, source?: Refusal['source']): KlaviyoError {
  return new KlaviyoError(status, [{ code, title: detail, detail, source }]);
}

/** 400 for a part of the body. */
export function invalid(detail: string, pointer: string): KlaviyoError {
  return new KlaviyoError(400, [{ code: 'invalid', title: 'Invalid input.', detail, source: { pointer } }]);
}

/** 400 for a query parameter. */
export function invalidParameter(detail: string, parameter: string): KlaviyoError {
  return new KlaviyoError(400, [{ code: 'invalid', title: 'Invalid input.', detail, source: { parameter } }]);
}

/** 404 for a resource, also for one that is only referred to. */
export function notFound(type: string, id: string): KlaviyoError {
  const detail = `A ${type} with id ${id} does not exist.`;
  return new KlaviyoError(404, [{ code: 'not_found', title: 'Not found.', detail }]);
}

/** 409 for an identifier that is another profile's, whose id is in `meta`. */
export function duplicateProfile(id: string, pointer = '/data/attributes'): KlaviyoError {
  const detail = 'A profile already exists with one of these identifiers.';
  const source = { pointer };
  const meta = { duplicate_profile_id: id };
  return new KlaviyoError(409, [{ code: 'duplicate_profile', title: 'Conflict.', detail, source, meta }]);
}

/** 409 for a catalog entry that is there already. */
export function duplicate(type: string, id: string): KlaviyoError {
  const detail = `A ${type} with id ${id} already exists.`;
  const source = { pointer: '/data/attributes/external_id' };
  return new KlaviyoError(409, [{ code: 'duplicate_error', title: 'Conflict.', detail, source }]);
}
