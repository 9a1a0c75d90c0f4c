import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KlaviyoEvent } from '../doubles/klaviyo/state.ts';
import { runs } from './runs.ts';
import { play, steps } from './shipment-story.ts';
import { worldForAll } from './world.ts';

const { shop, klaviyo, deliver } = await worldForAll();

const shown = ({ metric, unique_id, value, properties }: KlaviyoEvent) => {
  const again = metric === 'Fulfilled Partial Order' ? `, again ${properties.HasPartialFulfillments}` : '';
  return `${metric} ${unique_id}: ${Math.round(Number(value) * 100)}${again}`;
};

/** Every message ten times, in an order of its own, in three of them without its payload. */
const schedule = (length: number) => {
  const all = Array.from({ length: length * 10 }, (_, index) => ({
    turn: index % length,
    isLarge: index < length * 3,
  }));
  return fc.shuffledSubarray(all, { minLength: all.length });
};
const story = steps.chain((happened) => {
  const { told, events } = play(happened);
  return fc.record({ told: fc.constant(told), events: fc.constant(events), turns: schedule(told.length) });
});

test('every message of an order that is shipped and comes back, ten times in any order, tells the same', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ told, events, turns }) => {
      klaviyo.reset();
      let happened = -1;
      for (const { turn, isLarge } of turns) {
        // A message comes after what it tells of, however much has happened since.
        for (; happened < turn; happened++) await shop.put('order', told[happened + 1]?.order ?? expect.unreachable());
        await deliver(isLarge ? told[turn]?.large : told[turn]?.message);
      }
      expect(klaviyo.state.events.map(shown).sort()).toEqual(events);
    }),
    runs(12),
  );
});
