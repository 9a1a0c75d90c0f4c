import { describe, expect, it } from 'vitest';
import { RetryableError } from '../../../../shared/errors.ts';
import type { Write } from '../../../../shared/klaviyo/writes.ts';
import { seeded } from '../../../doubles/shop/seed.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const [lena] = seeded('customer');
if (!lena) throw new Error('The seed lacks customers');
const LENA = ids.customer(1);
const PHONE = '+491713920015';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const createdAt = minutesAgo(1);
const CONSENT = { email: { customerField: 'news', list: 'L1' }, sms: { customerField: 'texts', source: 'shop' } };
const ABOUT = { channel: 'email', address: lena.email, externalId: LENA, customerField: 'news', time: createdAt };
const LEFT = { channel: 'email', externalId: LENA, time: createdAt, list: 'L1', source: 'commercetools' };
const EMAIL = { ...ABOUT, list: 'L1', source: 'commercetools' };

/** Lets commercetools show Lena with these custom fields. */
const lenaSays = (fields: Fields, more: Fields = {}) =>
  local.shop.put('customer', { ...lena, ...more, custom: { type: { typeId: 'type', id: ids.type(1) }, fields } });

const told = (type: string, more: Fields = {}) =>
  notification(`Customer${type}`, { resource: { typeId: 'customer', id: LENA }, createdAt, ...more });
const set = (fields: Fields, previousTypeId?: string) =>
  told('CustomTypeSet', { customFields: { type: { typeId: 'type', id: ids.type(1) }, fields }, previousTypeId });
const signedUp = (fields: Fields) =>
  told('Created', { customer: { ...lena, custom: { type: { typeId: 'type', id: ids.type(1) }, fields } } });
const added = (value: unknown, name = 'news') => told('CustomFieldAdded', { name, value });
const changed = (value: unknown, previousValue?: unknown) =>
  told('CustomFieldChanged', { name: 'news', value, previousValue });
const removed = (name = 'news') => told('CustomFieldRemoved', { name });

const planned = (
  message: ReturnType<typeof told>,
  options: Parameters<typeof local.plan>[2] = {},
  consent: Fields = CONSENT,
) => local.plan(message, { consent }, options);
const consents = (writes: Write[]) => writes.filter(({ kind }) => kind === 'subscribe' || kind === 'unsubscribe');

describe('a customer is subscribed', () => {
  it.each([
    ['signs up with yes', signedUp({ news: true })],
    ['says yes', added(true)],
    ['says yes after no', changed(true, false)],
    ['says yes with a new type', set({ news: true })],
  ])('who %s, after the profile is written', async (_, message) => {
    await lenaSays({ news: true });
    const writes = await planned(message);
    expect(writes.map(({ kind }) => kind)).toEqual([expect.stringMatching(/^(create|upsert)Profile$/), 'subscribe']);
    expect(writes[1]).toEqual({ kind: 'subscribe', ...EMAIL });
  });

  it('to each channel by itself, to SMS with the number in E.164', async () => {
    await lenaSays({ news: true, texts: true });
    const sms = { channel: 'sms', address: PHONE, customerField: 'texts', list: undefined, source: 'shop' };
    expect(consents(await planned(signedUp({ news: true, texts: true })))).toEqual([
      { kind: 'subscribe', ...EMAIL },
      { kind: 'subscribe', ...EMAIL, ...sms },
    ]);
  });

  it('also when the payload of a creation was too large', async () => {
    await lenaSays({ news: true });
    const message = notification('CustomerCreated.payloadNotIncluded', { createdAt });
    expect(consents(await planned(message))).toEqual([{ kind: 'subscribe', ...EMAIL }]);
  });

  it('with the e-mail of now', async () => {
    await lenaSays({ news: true }, { email: 'lena@example.org' });
    expect(consents(await planned(added(true)))).toMatchObject([{ address: 'lena@example.org' }]);
  });
});

describe('a customer is unsubscribed', () => {
  it.each([
    ['says no after yes', changed(false, true)],
    ['says no after what commercetools does not tell', changed(false)],
    ['says nothing any more', removed()],
    ['says no with another type', set({ news: false }, ids.type(2))],
  ])('who %s', async (_, message) => {
    await lenaSays({ news: false });
    expect(consents(await planned(message))).toEqual([{ kind: 'unsubscribe', ...LEFT }]);
  });

  it('however old the message', async () => {
    await lenaSays({});
    const message = told('CustomFieldChanged', { name: 'news', value: false, createdAt: '2026-05-20T08:00:00.000Z' });
    expect(consents(await planned(message))).toMatchObject([{ kind: 'unsubscribe', time: '2026-05-20T08:00:00.000Z' }]);
  });

  it('whose phone number commercetools does not have any more', async () => {
    await lenaSays({ texts: false }, { addresses: [] });
    const message = told('CustomFieldChanged', { name: 'texts', value: false, previousValue: true });
    expect(consents(await planned(message))).toMatchObject([{ kind: 'unsubscribe', channel: 'sms', externalId: LENA }]);
  });

  it('who was subscribed by an earlier plan of the attempt, and says no by now', async () => {
    await lenaSays({ news: false });
    const previous = [{ kind: 'subscribe', ...EMAIL } as Write];
    expect(consents(await planned(signedUp({ news: true }), { previous }))).toEqual([{ kind: 'unsubscribe', ...LEFT }]);
  });
});

describe('nobody is subscribed or unsubscribed', () => {
  it.each([
    ['who said yes and says no by now', added(true), { news: false }],
    ['who said no and says yes by now', changed(false, true), { news: true }],
    ['who said so in another field', added(true, 'points'), { news: true }],
    ['who signs up without a yes', signedUp({ news: false }), { news: false }],
    ['who said no when signing up', signedUp({ news: false }), { news: true }],
    ['who said no at first', added(false), { news: false }],
    ['who said no again', changed(false, false), { news: false }],
    ['who said no with a first type', set({ news: false }), { news: false }],
    ['who said nothing with another type', set({}, ids.type(2)), {}],
    ['who removed another field', removed('points'), {}],
    ['who said neither', changed('yes', 'no'), { news: 'yes' }],
    ['who lost the fields', told('CustomTypeRemoved', { previousTypeId: ids.type(1) }), {}],
    [
      'who changed',
      notification('ResourceUpdated.customer', { resource: { typeId: 'customer', id: LENA } }),
      { news: true },
    ],
    ['who was renamed', told('FirstNameSet'), { news: true }],
  ])('%s', async (_, message, fields) => {
    await lenaSays(fields);
    expect(consents(await planned(message))).toEqual([]);
  });

  it.each([
    ['Added', told('CustomFieldAdded.payloadNotIncluded')],
    ['Changed', told('CustomFieldChanged.payloadNotIncluded')],
    ['Removed', told('CustomFieldRemoved.payloadNotIncluded')],
    ['TypeSet', told('CustomTypeSet.payloadNotIncluded')],
  ])('by a message that does not say which field: %s', async (_, message) => {
    for (const news of [true, false]) {
      await lenaSays({ news });
      expect(consents(await planned(message))).toEqual([]);
    }
  });

  it.each([
    ['older than a day', 24 * 60 + 1, {}],
    ['older than the settings say', 61, { withinHours: 1 }],
    ['from tomorrow', -24 * 60, {}],
  ])('by a yes %s, while the profile is written', async (_, minutes, more) => {
    await lenaSays({ news: true });
    const message = told('CustomFieldAdded', { name: 'news', value: true, createdAt: minutesAgo(minutes) });
    const writes = await planned(message, {}, { ...CONSENT, ...more });
    expect(writes.map(({ kind }) => kind)).toEqual(['upsertProfile']);
  });

  it('without a phone number that can be one, which costs no other consent', async () => {
    await lenaSays({ news: true, texts: true }, { addresses: [] });
    expect(consents(await planned(signedUp({ news: true, texts: true })))).toMatchObject([{ channel: 'email' }]);
  });

  it('of a store that is not synced', async () => {
    await lenaSays({ news: true });
    const stores = { include: ['summit'], withoutStore: false };
    expect(await local.plan(signedUp({ news: true }), { consent: CONSENT, stores })).toEqual([]);
  });

  it('by default, when the fields that commercetools tells of cost no read', async () => {
    for (const message of [added(true), changed(true, false)]) expect(await local.plan(message)).toEqual([]);
    expect(await planned(added(true, 'points'))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });
});

describe('a customer who signs up', () => {
  it('costs no read without a yes', async () => {
    await planned(signedUp({ news: false }));
    expect(local.shop.requests).toEqual([]);
  });

  it('is waited for while commercetools does not show whether the yes still holds', async () => {
    await local.shop.remove('customer', LENA);
    expect(await rejectionOf(planned(signedUp({ news: true })))).toBeInstanceOf(RetryableError);
  });
});
