import { withoutWaiting } from '../../../../shared/attempt.ts';
import { RetryableError } from '../../../../shared/errors.ts';
import { taken } from '../answers.ts';
import type { Subject } from '../experiment.ts';

const LIMITS = 'test/doubles/klaviyo/limiter.ts';

/** More than the one call a second that Klaviyo takes of this operation. */
const TOO_MANY = 4;

/** Experiments on what all operations have in common. */
export const protocol: Subject = {
  name: 'protocol',
  scopes: ['accounts:read', 'metrics:read'],
  experiments: [
    {
      name: 'limits-told',
      question: 'What do the headers RateLimit-* of an answer tell of?',
      assumed: 'the minute alone',
      change: `headers in ${LIMITS}; read in shared/http/limit.ts`,
      async run({ klaviyo }) {
        const { headers } = taken(await klaviyo({ method: 'GET', path: '/api/metrics' }));
        const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => headers[`ratelimit-${name}`]);
        if (limit === undefined || remaining === undefined || reset === undefined) return 'nothing, as one is missing';
        return limit === '150' ? 'the minute alone' : 'the second, or the second and the minute';
      },
    },
    {
      name: 'limit-reached',
      question: 'Does a refusal for a limit say in whole seconds how long to wait?',
      assumed: 'in whole seconds',
      change: `${LIMITS}; parseRetryAfter in shared/http/status.ts`,
      async run({ klaviyo }) {
        const call = () => withoutWaiting(() => klaviyo({ method: 'GET', path: '/api/accounts' }));
        const calls = await Promise.allSettled(Array.from({ length: TOO_MANY }, call));
        const refusals = calls.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        const refusal = refusals.find((error) => error instanceof RetryableError && error.status === 429);
        if (!refusal) return 'there is no refusal';
        const { retryAfter } = refusal;
        if (retryAfter === undefined) return 'does not say';
        return retryAfter % 1000 === 0 ? 'in whole seconds' : 'otherwise';
      },
    },
  ],
};
