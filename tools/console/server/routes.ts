import * as z from 'zod';
import { readExtension } from '../../../shared/extension/installed.ts';
import { lanesWith } from '../../../shared/extension/lanes.ts';
import { VERSION } from '../../../shared/version.ts';
import type {
  BurstAnswer,
  BurstRequest,
  DeadLetters,
  DeadLettersDone,
  FunctionState,
  Overview,
  Published,
  Samples,
} from '../api.ts';
import type { Backstage } from './backstage.ts';
import { showMessage } from './detail.ts';
import { found, ProblemError } from './http/problem.ts';
import { countIn, type Routes, read } from './http/router.ts';
import { listProfiles, showCatalog, showProfile } from './klaviyo.ts';
import { mappingRequest, readFixture, startMapping, tryMapping } from './mapping.ts';
import { viewShop } from './shop/view.ts';
import { weatherRequest } from './weather.ts';

const burstRequest: z.ZodType<BurstRequest> = z.strictObject({ orders: z.int().min(1).max(10_000) });

/** The JSON API: `api.ts` says what each route takes and gives. */
export function routesOf(backstage: Backstage): Routes {
  const { world, observer, planning, letters, climate, burst, keeper } = backstage;
  const { shop, klaviyo, broker, fn } = world;
  const { flow } = observer;
  const handlers = Object.entries(lanesWith(readExtension())).flatMap(([lane, ofLane]) =>
    ofLane.map(({ name, resource, becomes }) => ({ name, lane, resource, becomes })),
  );

  const overview = async (): Promise<Overview> => ({
    version: VERSION,
    broker: broker.kind,
    urls: { shop: shop.url, klaviyo: klaviyo.url, function: fn.url, pubsub: broker.url },
    process: keeper.state(),
    settings: JSON.parse(startMapping().settings),
    handlers,
    counts: {
      messages: flow.count(),
      backlog: flow.open(),
      deadLetters: await letters.count(),
      profiles: klaviyo.state.profiles.size,
      events: klaviyo.state.events.length,
      items: klaviyo.state.items.size,
      orders: backstage.orderIds.length,
    },
  });

  return {
    'GET /api/overview': overview,
    'GET /api/samples': (): Samples => ({ samples: observer.samples() }),

    'GET /api/flow': ({ query }) =>
      flow.page({
        before: query.has('before') ? countIn(query, 'before', 1, Number.MAX_SAFE_INTEGER) : undefined,
        filter: query.get('filter') ?? undefined,
        limit: countIn(query, 'limit', 200, 2000),
      }),
    'GET /api/flow/{id}': ({ params }) => showMessage(flow, planning, params.id ?? ''),
    'POST /api/flow/{id}/again': async ({ params }): Promise<Published> => {
      const { content } = found(flow.find(params.id ?? ''), `message ${params.id} among those that are kept`);
      if (!content) throw new ProblemError(410, 'What this message said is not kept any more.');
      return { messageIds: await backstage.publishAgain(content) };
    },

    'GET /api/shop': ({ query }) => viewShop(shop, backstage.orderIds, countIn(query, 'orders', 50, 500)),
    'POST /api/shop/{action}': ({ params, body }) => backstage.act(params.action ?? '', body ?? {}),

    'GET /api/klaviyo/profiles': ({ query }) =>
      listProfiles(klaviyo, query.get('search') ?? '', countIn(query, 'limit', 100, 10_000)),
    'GET /api/klaviyo/profiles/{id}': ({ params }) => showProfile(klaviyo, params.id ?? ''),
    'GET /api/klaviyo/catalog': () => showCatalog(klaviyo),

    'GET /api/dead-letters': async (): Promise<DeadLetters> => ({ letters: await letters.list() }),
    'POST /api/dead-letters/{id}/replay': async ({ params }): Promise<DeadLettersDone> => {
      const done = await letters.replay(params.id ?? '');
      observer.changed('dead-letters');
      return { done };
    },
    'POST /api/dead-letters/{id}/drop': async ({ params }): Promise<DeadLettersDone> => {
      const done = await letters.drop(params.id ?? '');
      observer.changed('dead-letters');
      return { done };
    },

    'GET /api/weather': () => climate.now(),
    'PUT /api/weather': ({ body }) => {
      const weather = climate.set(read(weatherRequest, body));
      observer.changed('weather');
      return weather;
    },
    'POST /api/weather/kill': (): FunctionState => keeper.kill(),
    'POST /api/weather/burst': ({ body }): BurstAnswer => ({ left: burst.add(read(burstRequest, body).orders) }),

    'GET /api/mapping': startMapping,
    'GET /api/mapping/fixtures/{name}': ({ params }) => readFixture(params.name ?? ''),
    'POST /api/mapping': ({ body }) => tryMapping(world, planning, read(mappingRequest, body)),
  };
}
