import { describe, expect, it } from 'vitest';
import { seeded, type TypeId } from '../doubles/shop/seed.ts';
import { fixture, fixtureNames, fixtureText, invalidFixtureFiles } from '../fixtures/index.ts';

const byId = (typeId: TypeId, id: unknown) => seeded(typeId).find((resource) => resource.id === id);

describe('the notification fixtures', () => {
  it.each([
    ['CustomerCreated', 'customer'],
    ['OrderCreated', 'order'],
    ['OrderImported', 'order'],
    ['CategoryCreated', 'category'],
    ['ReviewCreated', 'review'],
  ] as const)('%s carries the %s of the shop', (name, typeId) => {
    const notification = fixture(name);
    const resource = byId(typeId, Object(notification.resource).id);
    expect(resource).toBeDefined();
    expect(notification[typeId]).toEqual(resource);
  });

  it('ProductPublished carries the current projection of a product of the shop', () => {
    const { productProjection } = fixture('ProductPublished');
    const { masterData, ...product } = seeded('product')[0] ?? expect.unreachable();
    const { createdBy: _, lastModifiedBy: __, ...fields } = product;
    const { current, published, hasStagedChanges } = masterData;
    expect(productProjection).toEqual({ ...fields, ...current, published, hasStagedChanges });
  });

  it.each([
    'PaymentTransactionAdded',
    'PaymentTransactionAdded.Charge',
    'PaymentTransactionAdded.PendingRefund',
    'PaymentTransactionStateChanged',
  ])('%s is about a transaction of a payment of the shop', (name) => {
    const { transaction, transactionId, resource } = fixture(name);
    const payment = seeded('payment').find(({ id }) => id === Object(resource).id);
    const found = payment?.transactions.find(({ id }) => id === (transactionId ?? Object(transaction).id));
    expect(found).toBeDefined();
    expect(transaction ?? found).toEqual(found);
  });

  it('OrderStateChanged fixtures name the state that the order of the shop is in', () => {
    for (const state of ['Open', 'Complete', 'Cancelled']) {
      const { orderState, resource } = fixture(`OrderStateChanged.${state}`);
      expect(byId('order', Object(resource).id)).toMatchObject({ orderState });
    }
  });

  it('every notification about a resource that the shop can hold is about one that it does hold', () => {
    const targets = fixtureNames().flatMap((name) => {
      const { resource, notificationType } = fixture(name);
      // Who was deleted is gone, or would not be erased.
      if (name === 'ResourceDeleted.customer') return [];
      const isOne = resource !== undefined && Object(resource).typeId !== 'subscription' && notificationType !== 'Tick';
      return isOne ? [Object(resource)] : [];
    });
    expect(targets.filter(({ typeId, id }) => byId(typeId, id) === undefined)).toEqual([]);
  });

  it('a message has a twin without its payload, with its type or without', () => {
    const { customer, ...envelope } = fixture('CustomerCreated');
    const left = { reason: 'Payload size exceeded.', payloadType: 'CustomerCreated' };
    expect(fixture('CustomerCreated.payloadNotIncluded')).toEqual({ ...envelope, payloadNotIncluded: left });
    expect(fixture('OrderStateChanged.Complete.payloadNotIncluded')).not.toHaveProperty('type');
  });

  it('CloudEvents.OrderCreated wraps OrderCreated', () => {
    expect(fixture('CloudEvents.OrderCreated').data).toEqual(fixture('OrderCreated'));
  });

  it('is a fresh copy each time', () => {
    const first = fixture('OrderCreated');
    first.type = 'changed';
    expect(fixture('OrderCreated').type).toBe('OrderCreated');
  });

  it('keeps what is not even JSON apart', () => {
    expect(() => JSON.parse(fixtureText('invalid/not-json.txt'))).toThrow();
    expect(invalidFixtureFiles()).toContain('invalid/no-notification-type.json');
    expect(fixtureNames().some((name) => name.includes('invalid'))).toBe(false);
  });

  it('has no address or host outside example.org', () => {
    const everything = [...fixtureNames().map((name) => `${name}.json`), ...invalidFixtureFiles()]
      .map(fixtureText)
      .join();
    const hosts = [...everything.matchAll(/(?:@|https?:\/\/)([\w.-]+)/g)].map(([, host]) => host);
    expect(hosts.filter((host) => !host?.endsWith('example.org'))).toEqual([]);
  });
});
