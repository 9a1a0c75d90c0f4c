import { createFaults, type Faults } from '../../../test/doubles/faults.ts';
import { type Answer, type SandboxRequest, startServer } from '../../../test/doubles/http.ts';
import { ACCESS, type ShopAccess } from '../../../test/doubles/shop/access.ts';
import { expand } from '../../../test/doubles/shop/expand.ts';
import { refusal } from '../../../test/doubles/shop/refusal.ts';
import { GROUP } from './landmark-ids.ts';
import { type Answered, answerQuery } from './queries.ts';
import type { ShopState } from './state.ts';

/** After so many requests a token is refused, long before the time that it was promised for. */
const REQUESTS_A_TOKEN = 300;

/** commercetools' API over a state, for as many requests as a soak makes: it keeps no record of them. */
export interface ShopServer extends ShopAccess {
  /** Without a trailing slash. */
  url: string;
  faults: Faults;
  /** Requests so far. */
  served(): number;
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1, any port. What the sync does not ask today is answered 400, so that it is found out. */
export async function startShopServer(state: ShopState): Promise<ShopServer> {
  const faults = createFaults();
  const tokens = new Map<string, number>();

  function newToken(): Answer {
    const access_token = crypto.randomUUID();
    tokens.set(access_token, REQUESTS_A_TOKEN);
    return ok({ access_token, expires_in: 172_800, token_type: 'Bearer', scope: ACCESS.scope });
  }

  function isAuthorized({ headers }: SandboxRequest): boolean {
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const left = tokens.get(token) ?? 0;
    tokens.set(token, left - 1);
    return left > 0;
  }

  async function answer(request: SandboxRequest): Promise<Answer> {
    const { pathname, searchParams: query } = new URL(request.path, 'http://shop');
    if (pathname === '/oauth/token') return newToken();
    if (!isAuthorized(request)) return refusal(401, 'invalid_token', 'The token is not valid any more.');
    const [, , collection = '', id] = pathname.split('/');
    const found = id ? one(state, collection, id) : page(answerQuery(state, collection, query));
    if (found === 'unknown') return refusal(400, 'InvalidInput', `The soak's shop does not know ${request.path}`);
    if (found === undefined) return refusal(404, 'ResourceNotFound', 'It does not exist.');
    return ok(await expanded(found, query.getAll('expand')));
  }

  /** A copy, as expansion writes into it. */
  async function expanded(found: object, paths: string[]): Promise<object> {
    const copy = structuredClone(found);
    const resources = 'results' in copy && Array.isArray(copy.results) ? copy.results : [copy];
    const lookup = async (typeId: string, id: string) => {
      if (typeId === 'customer-group' && id === GROUP.id) return GROUP;
      return structuredClone({ category: state.categories, payment: state.payments }[typeId]?.get(id));
    };
    for (const path of paths) for (const resource of resources) await expand(resource, path, lookup);
    return copy;
  }

  const server = await startServer(answer, {
    faults,
    faultBody: (status) => refusal(status, 'Injected', 'A fault that was asked for.').body,
    recorded: false,
  });
  return { ...ACCESS, url: server.url, faults, served: () => server.served, stop: server.stop };
}

const ok = (body: object): Answer => ({ status: 200, body });

type Found = object | undefined | 'unknown';

function one(state: ShopState, collection: string, id: string): Found {
  switch (collection) {
    case 'customers':
      return state.customers.get(id);
    case 'orders':
      return state.orders.get(id);
    case 'payments':
      return state.payments.get(id);
    case 'products':
      return state.products.get(id);
    case 'categories':
      return state.categories.get(id);
    case 'inventory':
      return state.inventory.get(id);
    case 'standalone-prices':
      return state.standalonePrices.get(id);
    case 'reviews':
      return state.reviews.get(id);
    default:
      return 'unknown';
  }
}

const page = (found: Answered): Found =>
  found === 'unknown' ? found : { limit: 500, offset: 0, count: found.results.length, ...found };
