import type { Cart } from '@commercetools/platform-sdk';
import { describe, expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../../../shared/attempt.ts';
import { InvalidMessageError } from '../../../../shared/errors.ts';
import { seeded } from '../../../doubles/shop/seed.ts';
import { ids } from '../../../fixtures/ids.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const CHECKOUTS = { checkouts: { urlTemplate: 'https://shop.example.org/checkout?cart={{cartId}}' } };
const TICK = notification('Tick.cart');
const [lenas, guests] = seeded('cart');
const LEFT = [ids.cart(1), ids.cart(2)].map((id) => `${id}:2026-05-25`);

const uniqueIds = async (about = TICK, given = CHECKOUTS, options = {}) =>
  eventsOf(await local.plan(about, given, options)).map(({ uniqueId }) => uniqueId);

/** Puts the guest's cart back with other fields. */
const change = (fields: Partial<Cart>) => local.shop.put('cart', { ...(guests ?? expect.unreachable()), ...fields });

/** A cart of the guest's, by its number. */
const many = (number: number): Cart => ({
  ...(guests ?? expect.unreachable()),
  id: `ca480000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  customerEmail: `guest-${number}@example.org`,
});

describe('a tick of carts', () => {
  it('is Started Checkout of each cart that was left, for the customer by id and for the guest by e-mail', async () => {
    const writes = await local.plan(TICK, CHECKOUTS);
    expect(writes).toMatchObject([
      {
        kind: 'createEvent',
        isOneOfMany: true,
        event: {
          metric: 'Started Checkout',
          profile: { externalId: lenas?.customerId },
          uniqueId: LEFT[0],
          time: '2026-05-25T09:44:10.532Z',
          value: 408.9,
          valueCurrency: 'EUR',
          properties: {
            CheckoutURL: `https://shop.example.org/checkout?cart=${ids.cart(1)}`,
            ItemNames: ['Straight Jeans Indigo', 'Storm Rain Jacket'],
            Categories: expect.arrayContaining(['Women']),
            Brands: expect.arrayContaining(['Nordhang']),
          },
        },
      },
      { event: { profile: { email: 'mila.gast@example.org' }, uniqueId: LEFT[1], value: 119.95 } },
    ]);
    // Identifiers, and nothing that could overwrite a profile.
    expect(eventsOf(writes).map(({ profile }) => Object.keys(profile))).toEqual([['externalId'], ['email']]);
  });

  it('asks for nothing without a template, and reads nothing', async () => {
    expect(await local.plan(TICK)).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('is for nobody when it is of another resource', async () => {
    expect(await uniqueIds(notification('Tick.cart', { resource: { typeId: 'order' } }))).toEqual([]);
  });

  it.each<[string, Partial<Cart>]>([
    ['was ordered', { cartState: 'Ordered' }],
    ['was merged into another', { cartState: 'Merged' }],
    ['is frozen', { cartState: 'Frozen' }],
    ['has no e-mail', { customerEmail: undefined }],
    ['was made by the shop', { origin: 'Merchant' }],
    ['is of a quote', { origin: 'Quote' }],
    ['is empty', { lineItems: [] }],
    ['was touched since', { lastModifiedAt: '2026-05-25T09:50:00.001Z' }],
    ['was told by the tick before the last', { lastModifiedAt: '2026-05-25T09:40:00.000Z' }],
  ])('leaves out a cart that %s', async (_, fields) => {
    await change(fields);
    expect(await uniqueIds()).toEqual([LEFT[0]]);
  });

  it.each(['2026-05-25T09:40:00.001Z', '2026-05-25T09:50:00.000Z'])(
    'takes a cart that was left at %s',
    async (lastModifiedAt) => {
      await change({ lastModifiedAt });
      expect(await uniqueIds()).toEqual(LEFT);
    },
  );

  it('leaves out a cart that was deleted', async () => {
    await local.shop.remove('cart', ids.cart(2));
    expect(await uniqueIds()).toEqual([LEFT[0]]);
  });

  it('takes a cart that has custom line items only', async () => {
    const money = { type: 'centPrecision', currencyCode: 'EUR', centAmount: 500, fractionDigits: 2 } as const;
    const engraving = {
      ...{ id: 'engraving', key: 'engraving', slug: 'engraving', name: { 'en-GB': 'Engraving' }, quantity: 1 },
      ...{
        money,
        totalPrice: money,
        state: [],
        discountedPricePerQuantity: [],
        perMethodTaxRate: [],
        taxedPricePortions: [],
      },
      priceMode: 'Standard' as const,
    };
    await change({ lineItems: [], customLineItems: [engraving] });
    expect(await uniqueIds()).toEqual(LEFT);
  });

  it('waits as long as the settings say', async () => {
    const given = { checkouts: { ...CHECKOUTS.checkouts, idleMinutes: 30 } };
    expect(await uniqueIds(TICK, given)).toEqual([]);
    expect(await uniqueIds(notification('Tick.cart', { time: '2026-05-25T10:20:00Z' }), given)).toEqual(LEFT);
  });

  it('looks from when its message was published', async () => {
    const about = notification('Tick.cart', { time: undefined });
    expect(await uniqueIds(about, CHECKOUTS, { publishedAt: Date.parse('2026-05-25T10:05:02Z') })).toEqual(LEFT);
    expect(await uniqueIds(about, CHECKOUTS, { publishedAt: Date.parse('2026-05-25T10:15:02Z') })).toEqual([]);
  });

  it('days later tells history, whose flows do not fire', async () => {
    const time = new Date(Math.floor(Date.now() / 300_000) * 300_000).toISOString();
    const lastModifiedAt = new Date(Date.parse(time) - 17 * 60_000).toISOString();
    await change({ lastModifiedAt });
    const events = [
      ...(await local.plan(TICK, CHECKOUTS)),
      ...(await local.plan(notification('Tick.cart', { time }), CHECKOUTS)),
    ];
    expect(eventsOf(events).map(({ backfill }) => backfill)).toEqual([true, undefined]);
  });

  it('identifies a customer whom Klaviyo does not know yet', async () => {
    const nobody = async () => undefined;
    const writes = await local.plan(TICK, CHECKOUTS, { profiles: { byEmail: nobody, byExternalId: nobody } });
    expect(writes.map(({ kind }) => kind)).toEqual(['identify', 'createEvent', 'createEvent']);
    expect(writes[0]).toMatchObject({ externalId: lenas?.customerId, email: 'lena.brandt@example.org' });
  });

  it('is nobody’s when the customer is gone and Klaviyo knows nobody, as it may bring back who was erased', async () => {
    await local.shop.remove('customer', lenas?.customerId ?? '');
    const nobody = async () => undefined;
    const plan = await local.plan(TICK, CHECKOUTS, { profiles: { byEmail: nobody, byExternalId: nobody } });
    expect(eventsOf(plan).filter(({ profile }) => profile.externalId === lenas?.customerId)).toEqual([]);
  });

  it('warns once that the template names what carts lack', async () => {
    const attempt = newAttempt(60_000);
    const given = { checkouts: { urlTemplate: 'https://shop.example.org/{{storeKey}}/{{cartId}}' } };
    await runAttempt(attempt, () => local.plan(TICK, given));
    expect(attempt.warnings).toEqual([expect.stringMatching(/no CheckoutURL/)]);
  });

  it('leaves out the carts of stores that are not synced', async () => {
    const store = lenas?.store?.key ?? expect.unreachable();
    const given = (stores: object) => ({ ...CHECKOUTS, stores });
    expect(await uniqueIds(TICK, given({ include: ['another'] }))).toEqual([LEFT[1]]);
    expect(await uniqueIds(TICK, given({ include: [store], withoutStore: false }))).toEqual([LEFT[0]]);
  });

  it('is refused when commercetools shows a cart that is none', async () => {
    const [cart] = seeded('cart');
    const body = { results: [{ ...cart, totalPrice: undefined }] };
    local.shop.faults.add({
      match: ({ path }) => path.includes('/carts?'),
      effect: { kind: 'status', status: 200, body },
    });
    expect(await rejectionOf(local.plan(TICK, CHECKOUTS))).toBeInstanceOf(InvalidMessageError);
  });

  it('reads page by page, and each page with a few queries', async () => {
    for (let number = 1; number <= 450; number++) await local.shop.put('cart', many(number));
    expect(new Set(await uniqueIds()).size).toBe(452);
    const asked = Map.groupBy(local.shop.requests, ({ path }) => path.split(/[?/]/)[2]);
    expect([asked.get('carts')?.length, asked.get('customers')?.length]).toEqual([3, 1]);
    for (const { path } of local.shop.requests) expect(path.length).toBeLessThan(8000);
  });
});
