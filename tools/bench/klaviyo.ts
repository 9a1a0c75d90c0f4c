import { CUSTOMERS, emailOf, sizeOf } from './ids.ts';
import type { Answer, Route } from './route.ts';

type Json = Record<string, unknown>;
type Resource = { type: string; id: string; attributes: Json; relationships?: Json };
type Collection = Map<string, Resource>;

const json = (value: unknown): Json => Object(value);
const answer = (status: number, data: unknown): Answer => ({ status, body: JSON.stringify({ data, links: {} }) });
const refused = (status: number, code: string): Answer => ({
  status,
  body: JSON.stringify({ errors: [{ id: 'bench', status, code, title: code, detail: code, source: {} }] }),
});
const EVENTS = new Set(['events', 'event-bulk-create-jobs']);
const quotedIn = (filter: string): string[] => [...filter.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value);
const NO_CONTENT: Answer = { status: 204, body: '' };
const idsOf = (data: unknown): string[] => (Array.isArray(data) ? data.map((one) => String(json(one).id)) : []);

/**
 * Klaviyo as far as the sync writes to it: profiles and catalog objects are kept and shown again, events are not even read.
 * Nothing is checked: test/doubles/klaviyo checks all, and takes 3 to 11 ms for an order of 4 lines where this takes 0.05.
 *
 * @param onEvents told of each request that brings events, in either way
 */
export function createKlaviyo(onEvents?: (body: string) => void): Route {
  const collections = new Map<string, Collection>();

  const collectionOf = (name: string): Collection => {
    const collection = collections.get(name) ?? new Map();
    collections.set(name, collection);
    return collection;
  };

  function create(path: string, data: Json): Answer {
    const isUpsert = path === 'profile-import';
    const name = isUpsert ? 'profiles' : path;
    const collection = collectionOf(name);
    const { external_id: externalId } = json(data.attributes);
    const id = name === 'profiles' ? `P${externalId}` : `$custom:::$default:::${externalId}`;
    const known = collection.get(id);
    if (known && !isUpsert) return refused(409, 'duplicate');
    const relationships = json(data.relationships);
    if (lacks(json(relationships.categories).data)) return refused(404, 'not_found');
    const attributes = { ...known?.attributes, ...json(data.attributes) };
    const resource = { type: String(data.type), id, attributes, relationships };
    collection.set(id, resource);
    return answer(known ? 200 : 201, resource);
  }

  const lacks = (categories: unknown) => idsOf(categories).some((id) => !collectionOf('catalog-categories').has(id));

  const listed = (resources: Iterable<Resource>, query: URLSearchParams) => {
    const isSparse = [...query.keys()].some((name) => name.startsWith('fields['));
    return answer(
      200,
      [...resources].map(({ type, id, attributes }) => ({
        type,
        id,
        attributes: isSparse ? { external_id: attributes.external_id } : attributes,
      })),
    );
  };

  const variantsOf = (itemId: string) =>
    [...collectionOf('catalog-variants').values()].filter(
      ({ relationships }) => json(json(relationships?.item).data).id === itemId,
    );

  /** The profile that has a customer's id: every known customer has one. */
  function profileOf(externalId: string): Resource | undefined {
    const profiles = collectionOf('profiles');
    const id = `P${externalId}`;
    if (!profiles.has(id) && sizeOf(externalId) === CUSTOMERS.known)
      profiles.set(id, { type: 'profile', id, attributes: { external_id: externalId, email: emailOf(externalId) } });
    return profiles.get(id);
  }

  function list(name: string, query: URLSearchParams): Answer {
    const filter = query.get('filter') ?? '';
    // No e-mail is known but those of customers, who are not looked for by e-mail.
    if (name === 'profiles')
      return listed(
        quotedIn(filter).flatMap((customer) => profileOf(customer) ?? []),
        new URLSearchParams(),
      );
    const wanted = quotedIn(filter).filter((id) => id.startsWith('$custom'));
    return listed(
      wanted.flatMap((id) => collectionOf(name).get(id) ?? []),
      query,
    );
  }

  function related(resource: Resource, relation: string, data: unknown, query: URLSearchParams): Answer | undefined {
    if (relation === 'variants') return listed(variantsOf(resource.id), query);
    if (relation !== 'relationships') return undefined;
    if (data === undefined) return answer(200, json(resource.relationships?.categories).data ?? []);
    if (lacks(data)) return refused(404, 'not_found');
    resource.relationships = { ...resource.relationships, categories: { data } };
    return NO_CONTENT;
  }

  function about(method: string, name: string, resource: Resource, data: unknown): Answer {
    if (method === 'PATCH') Object.assign(resource.attributes, json(data).attributes);
    if (method !== 'DELETE') return answer(200, resource);
    collectionOf(name).delete(resource.id);
    return NO_CONTENT;
  }

  return ({ method, path, query, body }) => {
    const [, , name = '', encodedId, relation] = path.split('/');
    if (EVENTS.has(name) && method === 'POST') {
      onEvents?.(body);
      return { status: 202, body: '' };
    }
    const data = body ? json(JSON.parse(body)).data : undefined;
    if (encodedId === undefined) return method === 'POST' ? create(name, json(data)) : list(name, query);
    const resource = collectionOf(name).get(decodeURIComponent(encodedId));
    if (!resource) return refused(404, 'not_found');
    return relation ? related(resource, relation, data, query) : about(method, name, resource, data);
  };
}
