import { readFileSync } from 'node:fs';

/** How Pub/Sub delivers again, in seconds. */
export interface RetryPolicy {
  maxDeliveryAttempts: number;
  minBackoffSeconds: number;
  maxBackoffSeconds: number;
}

/** The policy that Terraform sets unless it is told otherwise, from its own file. Throws when it is not there. */
export function terraformPolicy(): RetryPolicy {
  const text = readFileSync(new URL('../../terraform/variables-operation.tf', import.meta.url), 'utf8');
  const defaultOf = (name: string): number => {
    const [, value] = new RegExp(`variable "${name}" {[^}]*?default\\s*=\\s*(\\d+)`).exec(text) ?? [];
    if (value === undefined) throw new Error(`Terraform has no default of ${name}`);
    return Number(value);
  };
  return {
    maxDeliveryAttempts: defaultOf('max_delivery_attempts'),
    minBackoffSeconds: defaultOf('min_backoff_seconds'),
    maxBackoffSeconds: defaultOf('max_backoff_seconds'),
  };
}

/** Seconds until the next attempt, doubling as Terraform's own arithmetic has it. */
export const pauseAfter = ({ minBackoffSeconds, maxBackoffSeconds }: RetryPolicy, attempts: number): number =>
  Math.min(maxBackoffSeconds, minBackoffSeconds * 2 ** (attempts - 1));

/** Seconds from the first attempt to the last, without the time of the attempts. */
export const retryWindow = (policy: RetryPolicy): number =>
  Array.from({ length: policy.maxDeliveryAttempts - 1 }, (_, index) => pauseAfter(policy, index + 1)).reduce(
    (sum, pause) => sum + pause,
  );
