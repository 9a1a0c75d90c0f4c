import { drain } from './drain.ts';

/** A burst of 2,000 profiles and 1,000 orders against Klaviyo's real limits: takes a little over two minutes. */
const { lines, findings, deadLetters, attempts } = await drain({
  profiles: 2000,
  orders: 1000,
  processes: 3,
  scale: 1,
});

for (const { subject, written, refusals, seconds, leastSeconds } of lines)
  say(
    `${written} ${subject} in ${seconds.toFixed(1)} s; alone, at Klaviyo's limits, ${leastSeconds.toFixed(1)} s; ` +
      `${refusals} calls answered 429`,
  );
const share = Math.max(...lines.map((line) => line.leastSeconds)) / Math.max(...lines.map(({ seconds }) => seconds));
say(`${(share * 100).toFixed(1)} % of the rate that the limits allow`);
say(`${attempts.average.toFixed(2)} attempts a message, ${attempts.most} at most; ${deadLetters} dead letters`);
for (const { text } of findings.slice(0, 20)) say(`✗ ${text}`);
process.exitCode = share >= 0.9 && deadLetters === 0 && findings.length === 0 ? 0 : 1;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
