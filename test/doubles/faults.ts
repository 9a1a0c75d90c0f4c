import { type Answer, failed } from './http-message.ts';

/** What a request meets instead of, or on top of, its proper answer. */
export type Effect =
  /** Answered instead, not applied; `retryAfter` in seconds. */
  | { kind: 'status'; status: number; retryAfter?: number; body?: unknown }
  /** Connection destroyed, not applied. */
  | { kind: 'reset' }
  /** Applied, then connection destroyed. */
  | { kind: 'lost-reply' }
  /** Not applied, never answered. */
  | { kind: 'hang' }
  /** Applied, answered late. */
  | { kind: 'slow'; milliseconds: number }
  /** Applied, answered once `until` has come; `onApplied` tells that it waits. */
  | { kind: 'held'; onApplied: () => void; until: Promise<unknown> }
  /** 200 with HTML for a body or, when `truncated`, with JSON cut in the middle. */
  | { kind: 'garbage'; applied: boolean; truncated?: boolean };

/** What a fault may look at; `path` includes the query. */
export interface FaultTarget {
  method: string;
  path: string;
}

/** One effect and the requests it is meant for. */
export interface Fault {
  /** Which requests it hits; every one when absent. */
  match?: (request: FaultTarget) => boolean;
  /** How many matching requests it hits, default 1; Infinity for all. */
  times?: number;
  /** Of matching requests, let this many pass first; default 0. */
  after?: number;
  effect: Effect;
}

/** What a limit says of a request: that it is too much, or what its answer tells of what is left. */
export interface Quota {
  refusal?: Effect;
  /** For an answer other than 429. */
  headers?: Record<string, string>;
}

/** The faults a server still has to serve. */
export interface Faults {
  /** Asked before the faults, of each request. What it refuses meets with no fault. */
  limit?: (request: FaultTarget) => Quota | undefined;
  add(fault: Fault): void;
  /** Forgets the faults and the limit. */
  clear(): void;
  /**
   * The effect for this request, which counts as served. Faults are asked in the order added: the first that is due
   * wins, and those behind it do not count the request.
   */
  next(request: FaultTarget): Effect | undefined;
}

/** Gives an empty list of faults. */
export function createFaults(): Faults {
  let pending: Required<Fault>[] = [];

  function isDue(fault: Required<Fault>, request: FaultTarget): boolean {
    if (!fault.match(request)) return false;
    if (fault.after === 0) return true;
    fault.after -= 1;
    return false;
  }

  const faults: Faults = {
    add(fault) {
      pending.push({ match: () => true, times: 1, after: 0, ...fault });
    },
    clear() {
      pending = [];
      faults.limit = undefined;
    },
    next(request) {
      const due = pending.find((fault) => fault.times > 0 && isDue(fault, request));
      if (due === undefined) return undefined;
      due.times -= 1;
      return due.effect;
    },
  };
  return faults;
}

/** What a request meets with: of the limit first, then of the faults. A limit that throws is answered 500. */
export function meet(faults: Faults, request: FaultTarget): { effect?: Effect; headers?: Quota['headers'] } {
  try {
    const { refusal, headers } = faults.limit?.(request) ?? {};
    return { effect: refusal ?? faults.next(request), headers };
  } catch (error) {
    return { effect: { kind: 'status', ...failed(error) } };
  }
}

/** The answer with the headers of a limit, unless it says itself that something is too much. */
export const told = (answer: Answer | undefined, headers: Quota['headers']): Answer | undefined =>
  answer && answer.status !== 429 ? { ...answer, headers: { ...answer.headers, ...headers } } : answer;

/** What a `status` fault answers; `bodyOf` gives the body when the fault brings none. */
export function refused(
  { status, retryAfter, body }: Extract<Effect, { kind: 'status' }>,
  bodyOf?: (status: number) => unknown,
): Answer {
  const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  return { status, headers, body: body ?? bodyOf?.(status) };
}

/** What a `garbage` fault makes of an answer. */
export function garbled({ truncated }: Extract<Effect, { kind: 'garbage' }>, answer?: Answer): Answer {
  if (!truncated) return { status: 200, body: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } };
  const body = answer?.body ?? { data: { type: 'nothing' } };
  const whole =
    Buffer.isBuffer(body) || typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  return { status: 200, body: whole.subarray(0, whole.length / 2) };
}
