import { setTimeout as sleep } from 'node:timers/promises';
import type { Change } from './kinds.ts';
import { outstanding, type PushBroker } from './message.ts';
import type { Random } from './random.ts';
import type { createTraffic } from './shop/index.ts';

const OLD_MILLISECONDS = 120_000;
const MOST_OUTSTANDING = 250;

/** Publishes so many notifications in any order, some late, a twentieth twice, and lets the function keep up. */
export async function publishAll(
  traffic: ReturnType<typeof createTraffic>,
  broker: PushBroker,
  random: Random,
  { messages, onProgress }: { messages: number; onProgress?: (text: string) => void },
): Promise<void> {
  let sent = 0;
  const publishing: Promise<void>[] = [];

  async function later(change: Change, age: number): Promise<void> {
    await sleep(random.chance(0.7) ? random.below(50) : random.below(3000));
    broker.publish(change, Date.now() - age);
  }

  function publish(change: Change): void {
    // A message that waited for long is only a trigger.
    const age = change.kind !== 'poison' && random.chance(0.15) ? OLD_MILLISECONDS : 0;
    publishing.push(later(change, age));
    if (random.chance(0.05)) publishing.push(later(change, age));
    sent += 1;
    if (sent % 500 === 0) onProgress?.(`${sent} notifications`);
  }

  while (sent < messages) {
    for (const change of traffic.next()) publish(change);
    while (outstanding(broker.messages) > MOST_OUTSTANDING) await sleep(5);
  }
  for (const change of traffic.finish()) publish(change);
  await Promise.all(publishing);
}
