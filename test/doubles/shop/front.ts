import type { ProductProjection } from '@commercetools/platform-sdk';
import type { CommercetoolsMock, InMemoryStorage } from '@labdigital/commercetools-mock';
import type { Answer, Handler, SandboxRequest } from '../http.ts';
import { expand } from './expand.ts';
import { completeProjection, type PriceSelector, type ProjectionSources } from './projection.ts';
import { MAXIMUM_LIMIT, type Page, queryForMock, type Result, toPage } from './query.ts';
import { refusal } from './refusal.ts';
import { type Resources, seeded, TYPE_IDS } from './seed.ts';
import { updateSubscription } from './subscription-updates.ts';
import { variantProjections } from './variant-projections.ts';

const INVENTORY = seeded('inventory-entry');

/** The mock behind the front, and who may ask for a token. */
export interface FrontOptions {
  mock: CommercetoolsMock;
  storage: InMemoryStorage;
  projectKey: string;
  clientId: string;
  clientSecret: string;
}

/** Gives what projections are completed with; the mock copies all of it each time that it is asked. */
type Sources = () => Promise<ProjectionSources>;

/** Makes the handler that forwards to the mock and adds what the mock lacks. */
export function createFront({ mock, storage, projectKey, clientId, clientSecret }: FrontOptions): Handler {
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

  async function forward(request: SandboxRequest, url: string): Promise<Answer> {
    const method = (['GET', 'POST', 'DELETE'] as const).find((known) => known === request.method);
    if (method === undefined) return refusal(405, 'invalid_method', `The shop does not know ${request.method}.`);
    const response = await mock.app.inject({ method, url, headers: request.headers, payload: request.raw });
    return { status: response.statusCode, body: response.json() };
  }

  async function lookup(typeId: string, id: string): Promise<object | undefined> {
    const known = TYPE_IDS.find((type) => type === typeId);
    return known && ((await storage.get(projectKey, known, id)) ?? undefined);
  }

  async function complete(collection: string, result: Result, sources: Sources): Promise<object> {
    // The mock works ancestors out itself, from the parent upwards; commercetools gives them from the root down.
    if (collection === 'categories') return (await lookup('category', result.id)) ?? result;
    // Of the Modular Catalog, which has the variants elsewhere.
    if (collection === 'product-projections' && !('masterVariant' in result)) return { ...result, variants: [] };
    if (!isProjection(collection, result)) return result;
    return completeProjection(result, await sources());
  }

  async function sourcesFor(selector: PriceSelector): Promise<ProjectionSources> {
    const standalonePrices: Resources['standalone-price'][] = await storage.all(projectKey, 'standalone-price');
    // commercetools updates `availability` some time after the inventory; here that is not before the next start.
    return { selector, inventory: INVENTORY, standalonePrices };
  }

  async function modular(request: SandboxRequest, query: URLSearchParams, selector: PriceSelector): Promise<Answer> {
    // The mock knows who may ask.
    const { status, body } = await forward(request, `/${projectKey}/product-projections?limit=1`);
    if (status !== 200) return { status, body };
    const products: Resources['product'][] = await storage.all(projectKey, 'product');
    const found = variantProjections(products, query, await sourcesFor(selector));
    if (!found) return refusal(400, 'InvalidInput', 'The shop does not know this predicate of variants.');
    return { status: 200, body: toPage(found, query) };
  }

  async function updateKnown(request: SandboxRequest, path: string, key: string): Promise<Answer> {
    // The mock knows who may ask, and whether the subscription is there.
    const found = await forward({ ...request, method: 'GET', raw: Buffer.alloc(0) }, path);
    if (found.status !== 200) return found;
    return updateSubscription(storage, projectKey, key, JSON.parse(request.raw.toString()));
  }

  async function read(request: SandboxRequest, { pathname, searchParams: query }: URL): Promise<Answer> {
    const selector = priceSelector(query);
    if (selector.currency === undefined && Object.values(selector).some((value) => value !== undefined))
      return refusal(400, 'InvalidInput', 'Price selection needs priceCurrency.');
    if (Number(query.get('limit')) > MAXIMUM_LIMIT)
      return refusal(400, 'InvalidInput', `Malformed parameter: limit: at most ${MAXIMUM_LIMIT}.`);

    const collection = pathname.split('/')[2] ?? '';
    if (collection === 'variant-projections') return modular(request, query, selector);

    const { status, body } = await forward(request, `${pathname}?${queryForMock(query)}`);
    if (status !== 200) return { status, body };

    let sources: ReturnType<Sources> | undefined;
    const sourcesOnce: Sources = () => {
      sources ??= sourcesFor(selector);
      return sources;
    };
    const finish = async (found: Result): Promise<object> => {
      const result = await complete(collection, found, sourcesOnce);
      for (const path of query.getAll('expand')) await expand(result, path, lookup);
      return result;
    };
    if (!isPage(body)) return { status, body: await finish(body as Result) };
    const page = toPage(body.results, query);
    return { status, body: { ...page, results: await Promise.all(page.results.map(finish)) } };
  }

  return async (request) => {
    const url = new URL(request.path, 'http://shop');
    if (url.pathname === '/oauth/token' && request.headers.authorization !== basic)
      return refusal(401, 'invalid_client', 'Please provide valid client credentials.');
    const [, key] = /\/subscriptions\/key=([^/?]+)/.exec(url.pathname) ?? [];
    if (request.method === 'POST' && key) return updateKnown(request, url.pathname, key);
    return request.method === 'GET' ? read(request, url) : forward(request, request.path);
  };
}

function priceSelector(query: URLSearchParams): PriceSelector {
  const value = (name: string) => query.get(name) ?? undefined;
  return {
    currency: value('priceCurrency'),
    country: value('priceCountry'),
    channel: value('priceChannel'),
    customerGroup: value('priceCustomerGroup'),
  };
}

function isProjection(collection: string, result: object): result is ProductProjection {
  return collection === 'product-projections' && 'masterVariant' in result;
}

function isPage(body: unknown): body is Page {
  return typeof body === 'object' && body !== null && 'results' in body;
}
