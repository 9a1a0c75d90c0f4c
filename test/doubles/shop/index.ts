import { CommercetoolsMock, InMemoryStorage } from '@labdigital/commercetools-mock';
import { createFaults, type Faults } from '../faults.ts';
import { type RecordedRequest, type ServerOptions, startServer } from '../http.ts';
import { ACCESS, type ShopAccess } from './access.ts';
import { createFront } from './front.ts';
import { refusal } from './refusal.ts';
import { type Resources, seeded, TYPE_IDS, type TypeId } from './seed.ts';

/** A running shop: commercetools' HTTP API and token endpoint at one URL, over the data of test/fixtures/shop. */
export interface Shop extends ShopAccess {
  /** For CT_API_URL and CT_AUTH_URL alike; without a trailing slash. */
  url: string;
  /** Every request since the start or the last reset, token requests included. */
  requests: RecordedRequest[];
  faults: Faults;
  /** Gives copies of all resources of a type, in the order in which they were added. */
  all<T extends TypeId>(typeId: T): Promise<Resources[T][]>;
  /** Gives a copy of a resource, undefined when there is none. */
  get<T extends TypeId>(typeId: T, id: string): Promise<Resources[T] | undefined>;
  /**
   * Adds a resource, or replaces the one with its id, whose version rises as it does in commercetools: a higher version
   * that is given is kept. Returns the resource as it is stored.
   */
  put<T extends TypeId>(typeId: T, resource: Resources[T]): Promise<Resources[T]>;
  /** Removes a resource if it is there, a category with its descendants. */
  remove(typeId: TypeId, id: string): Promise<void>;
  /** Publishes what is current of a product. Throws when there is no such product. */
  publish(productId: string): Promise<void>;
  /** Takes a product off the shelves. Throws when there is no such product. */
  unpublish(productId: string): Promise<void>;
  /** Back to the seed, without faults or recorded requests. Tokens stay valid. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the shop on 127.0.0.1, on any free port unless one is given. Rejects when the port is taken. */
export async function startShop(options: Pick<ServerOptions, 'port' | 'onRequest'> = {}): Promise<Shop> {
  const { projectKey } = ACCESS;
  const faults = createFaults();
  const storage = new InMemoryStorage();
  const mock = new CommercetoolsMock({ storage, enableAuthentication: true, validateCredentials: true });
  const front = createFront({ mock, storage, ...ACCESS });
  const server = await startServer(front, {
    ...options,
    faults,
    faultBody: (status) => refusal(status, 'Injected', 'A fault that was asked for.').body,
  });

  const get: Shop['get'] = async (typeId, id) => (await storage.get(projectKey, typeId, id)) ?? undefined;
  const put: Shop['put'] = async (typeId, resource) => {
    const replaced = await get(typeId, resource.id);
    const stored = { ...resource, version: Math.max(resource.version, (replaced?.version ?? 0) + 1) };
    await storage.add<TypeId>(projectKey, typeId, stored);
    return stored;
  };

  async function load<T extends TypeId>(typeId: T): Promise<void> {
    for (const resource of seeded(typeId)) await put(typeId, resource);
  }

  async function setPublished(productId: string, published: boolean): Promise<void> {
    const product = await get('product', productId);
    if (product === undefined) throw new Error(`The shop has no product ${productId}`);
    await put('product', { ...product, masterData: { ...product.masterData, published } });
  }

  async function remove(typeId: TypeId, id: string): Promise<void> {
    // The mock cannot serve a category whose parent is gone.
    const categories = typeId === 'category' ? await storage.all(projectKey, 'category') : [];
    const descendants = categories.filter(({ ancestors }) => ancestors.some((ancestor) => ancestor.id === id));
    for (const gone of [id, ...descendants.map((category) => category.id)])
      await storage.delete(projectKey, typeId, gone, {});
  }

  async function reset(): Promise<void> {
    await storage.clear();
    for (const typeId of TYPE_IDS) await load(typeId);
    faults.clear();
    server.requests.length = 0;
  }

  await reset();
  return {
    ...ACCESS,
    url: server.url,
    requests: server.requests,
    faults,
    all: (typeId) => storage.all(projectKey, typeId),
    get,
    put,
    remove,
    publish: (productId) => setPublished(productId, true),
    unpublish: (productId) => setPublished(productId, false),
    reset,
    async stop() {
      await server.stop();
      await mock.app.close();
    },
  };
}
