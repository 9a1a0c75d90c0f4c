import { resource } from '../resources.ts';
import type { Answer, Route } from '../route.ts';
import { shop } from '../shop.ts';
import { customerId, firstSince, orderId, orderText, type Past, people, stateOf } from './past.ts';

const ok = (body: string): Answer => ({ status: 200, body });

/** A page without a total, as a scan asks for it. */
const page = (results: readonly string[]) => ok(`{"count":${results.length},"results":[${results.join()}]}`);
const total = (count: number) => ok(`{"count":0,"results":[],"total":${count}}`);

/** commercetools as it is scanned, with a past that is made up while it is read, and all that the stand-in without a past knows. */
export function shopWithPast(past: Past): Route {
  const customers = Array.from({ length: people(past) }, (_, person) => customerId(person) ?? []).flat();

  /** The orders that a query is about, by id. Undefined for a query that is not understood. */
  function ordersOf(query: URLSearchParams): number[] | undefined {
    if (!isKnown(query)) return undefined;
    const moment = (name: string, otherwise: number) => Date.parse(query.get(`var.${name}`) ?? '') || otherwise;
    // None was changed after it was placed.
    const from = Math.max(moment('placedFrom', 0), moment('changedFrom', 0));
    const until = Math.min(moment('placedUntil', Number.MAX_VALUE), moment('changedUntil', Number.MAX_VALUE));
    const [first, end] = [firstSince(past, from), firstSince(past, until)];
    // None was imported.
    const states = [...query.getAll('var.states'), ...query.getAll('var.unlessImported')];
    const after = query.get('var.after');
    const isMeant = (number: number) =>
      (states.length === 0 || states.includes(stateOf(number))) && (!after || orderId(number) > after);
    return [...evenThenOdd(first, end)].filter(isMeant);
  }

  function orders(query: URLSearchParams): Answer | undefined {
    const found = ordersOf(query);
    if (!found) return undefined;
    if (query.get('limit') === '0') return total(found.length);
    return page(found.slice(0, Number(query.get('limit'))).map((number) => orderText(past, number)));
  }

  function customersOf(query: URLSearchParams): Answer | undefined {
    if (query.get('limit') === '0') return total(customers.length);
    const ids = query.getAll('var.ids');
    if (ids.length > 0) return page(ids.map(resource.customer));
    // None was changed while the run goes on.
    if (query.has('var.changedFrom')) return page([]);
    const [first, next, after] = ['first', 'next', 'after'].map((name) => query.get(`var.${name}`) ?? '');
    const isMeant = (id: string) => id >= (first ?? '') && (!next || id < next) && id > (after ?? '');
    return page(
      customers
        .filter(isMeant)
        .slice(0, Number(query.get('limit')))
        .map(resource.customer),
    );
  }

  return (request) => {
    const { path, query } = request;
    const [, , collection, id] = path.split('/');
    if (id || !query.has('limit')) return shop(request);
    if (collection === 'orders') return orders(query);
    if (collection === 'customers') return customersOf(query);
    if (query.get('limit') === '0') return total(0);
    // Nobody was refunded.
    return collection === 'payments' || collection === 'discount-codes' ? page([]) : shop(request);
  };
}

const KNOWN = ['placedFrom', 'placedUntil', 'changedFrom', 'changedUntil', 'states', 'unlessImported', 'after'];

const isKnown = (query: URLSearchParams): boolean =>
  [...query.keys()].every((name) => !name.startsWith('var.') || KNOWN.includes(name.slice('var.'.length)));

/** The order of ids: those of three lines come before those of four. */
function* evenThenOdd(first: number, end: number): Generator<number> {
  for (const rest of [0, 1]) for (let number = first + ((first + rest) % 2); number < end; number += 2) yield number;
}
