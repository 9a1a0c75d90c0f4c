import type { Cart } from '@commercetools/platform-sdk';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { seed } from './changes.ts';
import { runs } from './runs.ts';
import { worldForAll } from './world.ts';

const MINUTE = 60_000;
const INTERVAL = 10 * MINUTE;
const IDLE = 15 * MINUTE;
/** How long a message may be on its way. */
const LATEST = 12 * MINUTE;
/** Of the history of a cart; ticks go on until all of it has been looked at. */
const SPAN = 60 * MINUTE;
const TICKS = Math.ceil((SPAN + IDLE + LATEST) / INTERVAL) + 3;

/** An ordinary noon; midnight; and where clocks go forward and back in Europe. */
const STARTS = ['2026-05-25T11:30:00Z', '2026-05-25T23:30:00Z', '2026-03-29T00:30:00Z', '2026-10-25T00:30:00Z'];

const { shop, klaviyo, deliver } = await worldForAll();
const tick = { ...fixture('Tick.cart'), time: undefined, intervalSeconds: INTERVAL / 1000 };
const seeds = [seed('cart', 0), seed('cart', 1)];

/** How a cart ends: it is left as it is, ordered, merged into another, or deleted. */
type End = 'left' | 'Ordered' | 'Merged' | 'deleted';

/** When a cart is touched and when it ends, in milliseconds since the start, in order. */
interface History {
  touches: number[];
  end: End;
  endsAt: number;
}

const within = fc.integer({ min: 0, max: SPAN });

const history: fc.Arbitrary<History> = fc
  .record({
    times: fc.uniqueArray(within, { minLength: 2, maxLength: 5 }),
    end: fc.constantFrom<End>('left', 'Ordered', 'Merged', 'deleted'),
  })
  .map(({ times, end }) => {
    const sorted = times.toSorted((one, other) => one - other);
    return {
      touches: sorted.slice(0, -1),
      end,
      endsAt: end === 'left' ? Number.POSITIVE_INFINITY : Number(sorted.at(-1)),
    };
  });

/** Ticks that are early, late, on their way for long, delivered twice, or left out, but never two in a row. */
const ticks = fc
  .array(
    fc.record({
      jitter: fc.integer({ min: -5000, max: 4 * MINUTE }),
      isMissing: fc.boolean(),
      deliveries: fc.array(fc.integer({ min: 0, max: LATEST }), { minLength: 1, maxLength: 2 }),
    }),
    { minLength: TICKS, maxLength: TICKS },
  )
  .map((all) => all.map((one, index) => ({ ...one, at: index * INTERVAL + one.jitter })))
  .map((all) => all.filter(({ isMissing }, index) => !(isMissing && index > 0 && !all[index - 1]?.isMissing)));

/** Something that happens in the shop, or a delivery. */
interface Step {
  at: number;
  run(): Promise<unknown>;
}

test('a cart that is left is told once a day, and none that was ordered before its tick looked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...STARTS), fc.array(history, { minLength: 1, maxLength: 4 }), ticks, check),
    runs(25),
  );
});

async function check(startsAt: string, histories: History[], sent: { at: number; deliveries: number[] }[]) {
  const start = Date.parse(startsAt);
  const iso = (at: number) => new Date(start + at).toISOString();
  await shop.reset();
  klaviyo.reset();
  for (const { id } of seeds) await shop.remove('cart', id);
  const carts = histories.map((one, index): Cart & { history: History } => ({
    ...(seeds[index % 2] ?? expect.unreachable()),
    id: `ca480000-0000-4000-8000-00000000000${index}`,
    customerEmail: `guest-${index}@example.org`,
    history: one,
  }));
  const steps: Step[] = [
    ...carts.flatMap(({ history: { touches, end, endsAt }, ...cart }) => [
      ...touches.map((at) => ({ at, run: () => shop.put('cart', { ...cart, lastModifiedAt: iso(at) }) })),
      ...(end === 'left' ? [] : [{ at: endsAt, run: () => ends(cart, end, iso(endsAt)) }]),
    ]),
    ...sent.flatMap(({ at, deliveries }) =>
      deliveries.map((late) => ({ at: at + late, run: () => deliver(tick, { publishTime: new Date(start + at) }) })),
    ),
  ];
  for (const { run } of steps.toSorted((one, other) => one.at - other.at)) await run();

  const told = klaviyo.eventsOf('Started Checkout').map(({ unique_id }) => unique_id);
  expect(told).toHaveLength(new Set(told).size);
  const looks = sent.flatMap(({ at, deliveries }) => deliveries.map((late) => at + late));
  for (const { id, history: one } of carts) {
    const left = (least: number) => one.touches.filter((at, index) => untilNext(one, index) - at >= least);
    const days = (touches: number[]) => [...new Set(touches.map((at) => `${id}:${iso(at).slice(0, 10)}`))];
    const own = told.filter((uniqueId) => uniqueId.startsWith(id));
    // Left for so long that the tick after a missing one has looked, however late.
    expect(own).toEqual(expect.arrayContaining(days(left(IDLE + 3 * INTERVAL + 4 * MINUTE + LATEST))));
    // Nobody is told of what was not left, or was not there any more when a tick looked.
    const seen = (at: number) =>
      looks.some((look) => look - at >= IDLE - 10_000 && look < untilNext(one, one.touches.indexOf(at)));
    expect(days(left(IDLE - 10_000).filter(seen))).toEqual(expect.arrayContaining(own));
  }
}

/** When a cart is touched again, or ends. */
const untilNext = ({ touches, endsAt }: History, index: number): number => touches[index + 1] ?? endsAt;

const ends = async (cart: Cart, end: End, lastModifiedAt: string): Promise<unknown> =>
  end === 'Ordered' || end === 'Merged'
    ? shop.put('cart', { ...cart, cartState: end, lastModifiedAt })
    : shop.remove('cart', cart.id);
