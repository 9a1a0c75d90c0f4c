import * as fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { SyncError } from '../../shared/errors.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import type { State } from '../doubles/klaviyo/state.ts';
import type { Shop } from '../doubles/shop/index.ts';
import { entriesOf } from '../integration/state.ts';
import { withHeldCalls } from './held-calls.ts';
import type { Deliver, World } from './world.ts';

type Notification = Record<string, unknown>;

/** Something that happens in the shop. */
export interface Change {
  /** What fast-check prints of it. */
  name: string;
  /** Makes it happen, and gives what commercetools tells of it. */
  make(shop: Shop): Promise<Notification[]>;
}

/** Something to try in every order. */
export interface Story {
  /** Puts the shop where the story begins. */
  begin(shop: Shop): Promise<void>;
  /** What happens, in this order. */
  changes: fc.Arbitrary<Change[]>;
  /** What would bring an empty account to the state of the shop as it is now, each delivered once and alone. */
  whole(shop: Shop): Promise<Notification[]>;
}

/** By which process a message is taken, and whether it took long to get there. */
const delivery = fc.record({ process: fc.constantFrom<0 | 1>(0, 1), isLate: fc.boolean() });

type Delivery = typeof delivery extends fc.Arbitrary<infer T> ? T : never;

const deliveries = fc.array(fc.array(delivery, { minLength: 1, maxLength: 3 }), { minLength: 8, maxLength: 8 });

const LATE_MILLISECONDS = 120_000;
const ATTEMPTS = 10;

/**
 * The property that Klaviyo ends up as the shop is, in whatever order a story's messages arrive, how often, how late, to
 * which of two processes, and in whatever order their calls to the services are made and answered.
 */
export async function storyProperty({ shop, klaviyo, anotherProcess }: World, story: Story) {
  const untouched = await startKlaviyo();
  afterAll(() => untouched.stop());
  const intoUntouched = anotherProcess(untouched);

  async function untilAcknowledged(deliver: Deliver, notification: Notification, publishTime: Date): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await deliver(notification, { publishTime });
      } catch (error) {
        if (attempt === ATTEMPTS || !(error instanceof SyncError) || error.name === 'SyncError') throw error;
      }
    }
  }

  async function play(scheduler: fc.Scheduler, changes: Change[], plan: Delivery[][]): Promise<void> {
    const processes = [anotherProcess(), anotherProcess()] as const;
    const acknowledged: Promise<void>[] = [];

    async function arrive(notification: Notification, { process, isLate }: Delivery): Promise<void> {
      await scheduler.schedule(Promise.resolve(), `delivery of ${nameOf(notification)} to ${process}`);
      const publishTime = new Date(Date.now() - (isLate ? LATE_MILLISECONDS : 0));
      await untilAcknowledged(processes[process], notification, publishTime);
    }

    for (const { name, make } of changes) {
      await scheduler.schedule(Promise.resolve(), name);
      for (const notification of await make(shop)) {
        const copies = plan.shift() ?? [{ process: 0, isLate: false }];
        acknowledged.push(...copies.map((copy) => arrive(notification, copy)));
      }
    }
    const outcomes = await Promise.allSettled(acknowledged);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  return fc.asyncProperty(fc.scheduler(), story.changes, deliveries, async (scheduler, changes, plan) => {
    klaviyo.state.clear();
    klaviyo.requests.length = 0;
    untouched.reset();
    await story.begin(shop);
    await withHeldCalls(scheduler, () => play(scheduler, changes, [...plan]));

    for (const notification of await story.whole(shop)) await intoUntouched(notification);
    expect(shown(klaviyo.state)).toEqual(shown(untouched.state));
  });
}

const nameOf = ({ notificationType, type }: Notification) => String(type ?? notificationType);

/** All that an account holds but for hidden items and cleared properties, which are as good as none. */
function shown(state: State) {
  const items = new Map([...state.items].filter(([, { published }]) => published));
  const variants = new Map(
    [...state.variants].filter(([, variant]) => [...items.values()].some(({ id }) => id === variant.item)),
  );
  const isThere = ([, value]: [string, unknown]) => value !== null;
  const profiles = new Map(
    [...state.profiles].map(([id, profile]) => {
      // In the order of their names, as an update puts what it brings behind what there was.
      const properties = Object.fromEntries(Object.entries(profile.properties).filter(isThere).sort());
      return [id, { ...profile, properties }] as const;
    }),
  );
  return Object.fromEntries(entriesOf({ ...state, profiles, items, variants }));
}
