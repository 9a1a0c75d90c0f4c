import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScans } from '../../shared/commercetools/scans/index.ts';
import type { OrderPredicate, Scans } from '../../shared/commercetools/scans/scans.ts';
import { readConfiguration } from '../../shared/config/environment.ts';
import { createPatience } from '../../shared/history/patience.ts';
import { firstSeeded } from '../../tools/soak/shop/seeded.ts';
import { type ShopServer, startShopServer } from '../../tools/soak/shop/server.ts';
import { createState } from '../../tools/soak/shop/state.ts';
import { klaviyoVariables, shopVariables } from '../doubles/environment.ts';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0);
const ORDERS = 5000;
const STATES = ['Open', 'Complete', 'Cancelled'] as const;

let server: ShopServer;
let scans: Scans;

/** Fifty orders a day; of three, one is open, one complete, one cancelled. */
beforeAll(async () => {
  const state = createState();
  const [order, customer, category, product, payment] = [
    firstSeeded('order'),
    firstSeeded('customer'),
    firstSeeded('category'),
    firstSeeded('product'),
    firstSeeded('payment'),
  ];
  for (let number = 0; number < ORDERS; number++) {
    const createdAt = new Date(START + (number * DAY) / 50).toISOString();
    const id = crypto.randomUUID();
    state.orders.set(id, {
      ...order,
      id,
      createdAt,
      lastModifiedAt: createdAt,
      orderState: STATES[number % 3] ?? 'Open',
    });
  }
  for (let number = 0; number < 3000; number++) {
    const id = crypto.randomUUID();
    state.customers.set(id, { ...customer, id });
  }
  state.categories.set(category.id, { ...category, ancestors: [] });
  state.products.set(product.id, product);
  const paid = { payments: [{ typeId: 'payment' as const, id: payment.id }] };
  state.payments.set(payment.id, payment);
  state.orders.set(order.id, { ...order, createdAt: new Date(START - DAY).toISOString(), paymentInfo: paid });

  server = await startShopServer(state);
  const account = klaviyoVariables({ url: 'http://127.0.0.1:9', apiKey: 'pk_test' });
  const configuration = readConfiguration({ ...shopVariables(server), ...account });
  const { signal } = new AbortController();
  scans = createScans(configuration, { patience: createPatience({ stop: signal }) });
});
afterAll(() => server.stop());

const counted = async (pages: AsyncIterable<object[]>) => (await Array.fromAsync(pages)).flat().length;
const dayOf = (day: number): OrderPredicate => ({
  placed: { from: START + day * DAY, until: START + (day + 1) * DAY },
});

it('the shop of the soak answers everything that scans ask', async () => {
  expect(await scans.counts()).toEqual({ categories: 1, products: 1, customers: 3000, orders: ORDERS + 1 });
  const found = (await Array.fromAsync(scans.orders({}))).flat();
  expect(new Set(found.map(({ order }) => order.id)).size).toBe(ORDERS + 1);
  expect(await counted(scans.customers())).toBe(3000);
  expect(await counted(scans.customers({ created: { from: 0, until: Date.now() } }))).toBe(3000);
  expect(await counted(scans.customers({ changed: { from: 0, until: 1 } }))).toBe(0);
  expect(await counted(scans.categories())).toBe(1);
  expect(await counted(scans.products())).toBe(1);
  expect(await counted(scans.refundedPayments(['Success']))).toBe(1);
  const [payment] = (await Array.fromAsync(scans.refundedPayments(['Success']))).flat();
  expect(await scans.ordersOfPayments([payment?.id ?? ''])).toMatchObject([{ payments: [{ payment: {} }] }]);
});

it('the shop of the soak counts each day of a history', async () => {
  const days = Array.from({ length: ORDERS / 50 }, (_, day) => dayOf(day));
  const counts = await Promise.all(days.map((day) => scans.countOrders(day)));
  expect(counts).toEqual(days.map(() => 50));
  const complete = await Promise.all(
    days.map((day) => scans.countOrders({ ...day, states: ['Complete'], shipmentStates: [] })),
  );
  expect(complete.reduce((sum, count) => sum + count)).toBe(Math.floor(ORDERS / 3) + 1);
  expect(await counted(scans.orders(dayOf(7)))).toBe(50);
});
