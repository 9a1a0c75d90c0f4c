import { type DrainResult, drain } from './drain.ts';

/** Two bursts against Klaviyo's real limits: customers, each a call of its own, and orders, whose events may go in bulk. */
const SIZE = { processes: 3, scale: 1 };
const bursts = [
  report(await drain({ profiles: 2000, orders: 0, ...SIZE })),
  report(await drain({ profiles: 0, orders: 2000, ...SIZE })),
];
process.exitCode = bursts.every(Boolean) ? 0 : 1;

/**
 * Prints how a burst went. Returns whether all of it arrived, and in time: at nine tenths of the limit that bound it, or sooner
 * than single calls alone ever could.
 */
function report({ lines, bound, findings, deadLetters, attempts }: DrainResult): boolean {
  for (const { subject, written, inBulk, refusals, seconds, singleSeconds } of lines)
    say(
      `${written} ${subject} in ${seconds.toFixed(1)} s, ${inBulk} of them in bulk; by single calls alone, at Klaviyo's limits, ` +
        `${singleSeconds.toFixed(1)} s; ${refusals} calls answered 429`,
    );
  const share = (bound?.leastSeconds ?? 0) / Math.max(...lines.map(({ seconds }) => seconds));
  if (bound) say(`${bound.calls} × ${bound.operation} take ${bound.leastSeconds.toFixed(1)} s at the least`);
  say(`${(share * 100).toFixed(1)} % of the rate that this limit allows`);
  say(`${attempts.average.toFixed(2)} attempts a message, ${attempts.most} at most; ${deadLetters} dead letters`);
  for (const { text } of findings.slice(0, 20)) say(`✗ ${text}`);
  const isInTime = share >= 0.9 || lines.every(({ seconds, singleSeconds }) => seconds < singleSeconds);
  if (!isInTime) say('✗ slower than the limits allow');
  return isInTime && deadLetters === 0 && findings.length === 0;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
