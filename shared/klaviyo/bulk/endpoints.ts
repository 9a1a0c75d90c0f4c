import type * as z from 'zod';
import { PermanentError, RetryableError } from '../../errors.ts';
import type { Patience } from '../../history/history.ts';
import { createLimit } from '../../http/limit.ts';
import { answered } from '../writers/answers.ts';

/** What the SDK answers, as far as we read it. */
interface Answer {
  response: { headers: Readonly<Record<string, unknown>>; data: unknown };
}

/**
 * Makes a request of one endpoint, as soon as our share of its limit allows and again while it fails with what may pass. Returns the
 * validated part of the answer.
 *
 * @throws PermanentError when Klaviyo refuses the request, or anything in between finds it too large; and what patience throws
 */
export type Endpoint = <S extends z.ZodType>(request: () => Promise<Answer>, schema: S) => Promise<z.output<S>>;

/** Makes endpoints by the number of calls that Klaviyo takes of them in a second. */
export interface Endpoints {
  /** An endpoint that live traffic has little or no need of. */
  ours(perSecond: number): Endpoint;
  /** An endpoint whose limit live traffic needs: half of it is left at least. */
  shared(perSecond: number): Endpoint;
}

/** Returns the endpoints of a run. */
export const endpointsOf = (patience: Patience, share: number): Endpoints => ({
  ours: (perSecond) => endpoint(patience, { perSecond, share }),
  shared: (perSecond) => endpoint(patience, { perSecond, share: Math.min(share, 0.5) }),
});

function endpoint(patience: Patience, options: { perSecond: number; share: number }): Endpoint {
  const limit = createLimit(options);
  let begun = 0;

  async function begin(): Promise<number> {
    for (let wait = limit.wait(); wait > 0; wait = limit.wait()) await patience.wait(wait);
    limit.begin();
    return ++begun;
  }

  return (request, schema) =>
    patience.persist(async () => {
      const number = await begin();
      try {
        const answer = await request();
        // What was begun later may not be counted in what remains.
        limit.read(answer.response.headers, begun - number);
        return answered(schema, answer);
      } catch (error) {
        limit.isReached(error);
        throw isTooLarge(error) ? new PermanentError('the request is too large', { status: error.status }) : error;
      }
    });
}

/** A gateway that finds a request too large will find so again. */
const isTooLarge = (error: unknown): error is RetryableError => error instanceof RetryableError && error.status === 413;
