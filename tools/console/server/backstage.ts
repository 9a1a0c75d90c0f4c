import { createClient } from '../../../test/doubles/pubsub/client.ts';
import { seeded } from '../../../test/doubles/shop/seed.ts';
import { drafts, subscribe } from '../../../test/doubles/shop/subscriptions.ts';
import type { World } from '../../sandbox/world.ts';
import type { ShopAction, ShopAnswer } from '../api.ts';
import { type Burst, createBurst } from './burst.ts';
import { EVERYTHING } from './http/live.ts';
import { ProblemError } from './http/problem.ts';
import { read } from './http/router.ts';
import { type Keeper, keepUp } from './keeper.ts';
import { type Letters, openLetters } from './letters.ts';
import type { Content } from './observe/message.ts';
import type { Observer } from './observe/observer.ts';
import { createPlanning, type Planning } from './plan.ts';
import type { Actions } from './shop/action.ts';
import { actions } from './shop/actions.ts';
import { openMarket } from './shop/market.ts';
import { type Climate, createClimate, FINE_WEATHER } from './weather.ts';

/** Everything that the API works with. */
export interface Backstage {
  world: World;
  observer: Observer;
  planning: Planning;
  letters: Letters;
  climate: Climate;
  burst: Burst;
  /** Of all orders of the shop, oldest first. */
  orderIds: string[];
  keeper: Keeper;
  /** Does what a merchant or a shopper does, and tells it. Throws a ProblemError for what makes no sense. */
  act(name: string, request: unknown): Promise<ShopAnswer>;
  /** Publishes what was published before. */
  publishAgain(content: Content): Promise<string[]>;
}

const isAction = (name: string): name is keyof typeof actions => Object.hasOwn(actions, name);

/** Sets everything up around a world that runs. */
export async function openBackstage(world: World, observer: Observer): Promise<Backstage> {
  const { shop, klaviyo, broker, fn } = world;
  const { flow } = observer;
  const pubsub = createClient(broker.url);
  const planning = createPlanning(world);
  const climate = createClimate(world);
  const orderIds: string[] = [];
  const keeper = keepUp(fn, () => observer.changed('overview'));

  async function publishAll(contents: readonly Content[], cause: string): Promise<string[]> {
    if (contents.length === 0) return [];
    const messages = contents.map(({ data, attributes }) => ({ data: Buffer.from(data, 'base64'), attributes }));
    const ids = await pubsub.publishAll(messages);
    for (const [index, id] of ids.entries()) {
      const content = contents[index];
      if (content) flow.published(id, content, cause);
    }
    return ids;
  }

  const publish = (notifications: readonly object[], cause: string) =>
    publishAll(
      notifications.map((one) => ({ data: Buffer.from(JSON.stringify(one)).toString('base64'), attributes: {} })),
      cause,
    );

  const letters = openLetters({
    ...{ pubsubUrl: broker.url, planning },
    onReplayed: (messageId, { data, attributes }) =>
      flow.published(messageId, { data: Buffer.from(data).toString('base64'), attributes }, 'replay'),
    messageOf: (data) =>
      flow.detailed().find(({ row, content }) => row.outcome === 'given-up' && content?.data === data)?.row.messageId,
  });

  const burst = createBurst({
    ...{ shop, publish },
    onOrder: (id) => orderIds.push(id),
    onError: (error) => console.error(`The burst ended: ${error}`),
  });

  async function begin(): Promise<void> {
    await subscribe(shop, drafts());
    orderIds.splice(0, Number.POSITIVE_INFINITY, ...seeded('order').map(({ id }) => id));
    // What was done so far is nobody's traffic.
    shop.requests.length = 0;
  }

  async function reset(): Promise<ShopAnswer> {
    climate.set(FINE_WEATHER);
    // What is on its way would come to a shop that has it no more.
    await burst.stop();
    await flow.forget();
    await letters.drop('all');
    await shop.reset();
    klaviyo.reset();
    await begin();
    for (const what of EVERYTHING) observer.changed(what);
    return { said: 'Everything is as it was at the start.', messageIds: [] };
  }

  async function run<A extends Exclude<ShopAction, 'reset'>>(name: A, body: unknown): Promise<ShopAnswer> {
    const action: Actions<A>[A] = actions[name];
    const { market, told } = openMarket(shop);
    try {
      const { said, id } = await action.run(read(action.request, body), market);
      if (name === 'place-order' && id) orderIds.push(id);
      return { said, id, messageIds: await publish(told, name) };
    } finally {
      observer.changed('shop');
    }
  }

  await begin();
  return {
    ...{ world, observer, planning, letters, climate, burst, orderIds, keeper },
    act(name, request) {
      if (name === 'reset') return reset();
      if (!isAction(name)) throw new ProblemError(404, `The shop has no button ${name}.`);
      return run(name, request);
    },
    publishAgain: (content) => publishAll([content], 'again'),
  };
}
