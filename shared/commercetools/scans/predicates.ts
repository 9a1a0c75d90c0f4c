import type { Settings } from '../../config/settings.ts';
import type { OrderPredicate, Span } from './scans.ts';

/** What resources have to meet: conditions that all have to hold, with the variables of them. */
export interface Predicate {
  where: string[];
  variables: Record<`var.${string}`, string | string[]>;
}

const condition = (where: string, variables: Predicate['variables'] = {}): Predicate => ({ where: [where], variables });

/** Ids are random, so none is this one. */
const NOTHING = condition('id = "00000000-0000-4000-8000-000000000000"');

/** Returns the predicate that holds where all of these do; undefined asks for nothing. */
export function all(...predicates: (Predicate | undefined)[]): Predicate {
  const given = predicates.filter((predicate) => predicate !== undefined);
  return {
    where: given.flatMap(({ where }) => where),
    variables: Object.assign({}, ...given.map(({ variables }) => variables)),
  };
}

/** Holds where one of these does; undefined never holds. */
function either(...alternatives: (Predicate | undefined)[]): Predicate {
  const { where, variables } = all(...alternatives);
  return where.length > 0 ? condition(where.join(' or '), variables) : NOTHING;
}

/** Holds where a value is one of these, which a condition names as a variable; undefined where there are none. */
const oneOf = (where: string, name: `var.${string}`, values: readonly string[] = []): Predicate | undefined =>
  values.length > 0 ? condition(where, { [name]: [...values] }) : undefined;

/** The first and the last millisecond of years that have four digits. */
const [FIRST, LATEST] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];
const isoTime = (time: number) => new Date(Math.max(FIRST, Math.min(time, LATEST))).toISOString();

const between = (field: string, name: string) => `${field} >= :${name}From and ${field} < :${name}Until`;
const bounds = (name: string, { from, until }: Span): Predicate['variables'] => ({
  [`var.${name}From`]: isoTime(from),
  [`var.${name}Until`]: isoTime(until),
});

/** Holds for what was created within a span of time. */
export const created = (span: Span | undefined): Predicate | undefined =>
  span && condition(between('createdAt', 'created'), bounds('created', span));

/** Holds for what was last changed within a span of time. */
export const changed = (span: Span | undefined): Predicate | undefined =>
  span && condition(between('lastModifiedAt', 'changed'), bounds('changed', span));

const IMPORTED = 'completedAt is defined';
const NOT_IMPORTED = 'completedAt is not defined';

/** An imported order was placed when it was completed where it came from. */
const placed = (span: Span | undefined): Predicate | undefined =>
  span &&
  condition(
    `(${between('completedAt', 'placed')}) or (${NOT_IMPORTED} and ${between('createdAt', 'placed')})`,
    bounds('placed', span),
  );

const inState = ({ states, shipmentStates, unlessImported }: OrderPredicate): Predicate | undefined =>
  states || shipmentStates || unlessImported
    ? either(
        oneOf('orderState in :states', 'var.states', states),
        oneOf('shipmentState in :shipmentStates', 'var.shipmentStates', shipmentStates),
        oneOf(`(orderState in :unlessImported and ${NOT_IMPORTED})`, 'var.unlessImported', unlessImported),
      )
    : undefined;

const isImported = ({ imported }: OrderPredicate): Predicate | undefined =>
  imported === undefined ? undefined : condition(imported ? IMPORTED : NOT_IMPORTED);

/** Holds for the orders that are asked for. */
export const asked = (predicate: OrderPredicate): Predicate =>
  all(placed(predicate.placed), changed(predicate.changed), inState(predicate), isImported(predicate));

/** Holds for orders of the stores that are served: for all, where the settings name no store. */
export const served = ({ stores: { include, withoutStore } }: Settings): Predicate | undefined =>
  include &&
  either(
    oneOf('store(key in :stores)', 'var.stores', include),
    withoutStore ? condition('store is not defined') : undefined,
  );

/** Holds for orders that belong to somebody. */
export const OWNED = condition('customerId is defined or customerEmail is defined');

/** Holds for the orders of payments. */
export const paidBy = (ids: readonly string[]): Predicate =>
  either(oneOf('paymentInfo(payments(id in :ids))', 'var.ids', ids));

/** Holds for payments with a refund in one of these states. */
export const refunded = (states: readonly string[]): Predicate =>
  either(oneOf('transactions(type="Refund" and state in :states)', 'var.states', states));

/** Where the parts of the id space begin, but for the first, which has no beginning. */
const STARTS = [...'123456789abcdef'].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`);

/** The whole id space, whatever ids there are, in parts with about as many resources each: ids are random UUIDs. */
export const PARTS: readonly Predicate[] = [undefined, ...STARTS].map((first, index) => {
  const next = STARTS[index];
  return all(
    first === undefined ? undefined : condition('id >= :first', { 'var.first': first }),
    next === undefined ? undefined : condition('id < :next', { 'var.next': next }),
  );
});
