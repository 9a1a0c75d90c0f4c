import { benchId, numberOf } from './ids.ts';
import { resource } from './resources.ts';
import type { Route } from './route.ts';

const ok = (body: string) => ({ status: 200, body });
const page = (results: string[]) => ok(`{"count":${results.length},"results":[${results.join()}]}`);

const TOKEN = JSON.stringify({ access_token: 'bench', token_type: 'Bearer', expires_in: 172_800, scope: 'bench' });

/** Lines of the order that a payment belongs to. */
const REFUNDED_LINES = 4;

/** commercetools as far as the sync reads it: any id exists, and says what its resource is like. */
export const shop: Route = ({ path, query }) => {
  if (path === '/oauth/token') return ok(TOKEN);
  const [, , collection, id] = path.split('/');
  const isExpanded = query.has('expand');
  const first = query.get('var.id') ?? '';
  switch (collection) {
    case 'customers':
      return id && ok(resource.customer(id));
    case 'payments':
      return id && ok(resource.payment(id));
    case 'inventory':
      return id ? ok(resource.entry(id)) : page(query.getAll('var.skus').map(resource.entryOf));
    case 'orders':
      return id ? ok(resource.order(id)) : page([resource.order(benchId('order', REFUNDED_LINES, numberOf(first)))]);
    case 'product-projections': {
      if (id) return ok(resource.product(id, isExpanded));
      const ids = first ? [first] : query.getAll('var.ids');
      return page(ids.map((one) => resource.product(one, isExpanded)));
    }
    case 'categories':
      return id ? undefined : ok(resource.categories());
    default:
      return undefined;
  }
};
