import { describe, expect, it } from 'vitest';
import type { ProfileLookup } from '../../../../shared/klaviyo/profiles.ts';
import type { Write } from '../../../../shared/klaviyo/writes.ts';
import { ids } from '../../../fixtures/ids.ts';
import { eventsOf, localShop, notification, UNTOLD } from '../../support.ts';

const local = localShop();
const LENA = ids.customer(1);
const identifiers = { externalId: LENA, email: 'lena.brandt@example.org' };

/** A Klaviyo of these profiles only. */
const knowing = (...known: { id: string; externalId?: string; email?: string }[]): ProfileLookup => {
  const profiles = known.map(({ id, externalId, email }) => ({ id, externalId, email, ...UNTOLD }));
  return {
    byEmail: async (wanted) => profiles.find(({ email }) => email === wanted),
    byExternalId: async (wanted) => profiles.find(({ externalId }) => externalId === wanted),
  };
};
const planned = (...known: Parameters<typeof knowing>) =>
  local.plan(notification('OrderCreated'), {}, { profiles: knowing(...known) });
const identified = (writes: Write[]) => writes.filter(({ kind }) => kind === 'identify');
const profilesOf = (writes: Write[]) => eventsOf(writes).map(({ profile }) => profile);

describe('the buyer of a customer’s order', () => {
  it('is named by the id alone when Klaviyo knows both identifiers, whatever the case', async () => {
    const writes = await planned({ id: '01', externalId: LENA, email: 'Lena.Brandt@Example.org' });
    expect(identified(writes)).toEqual([]);
    expect(profilesOf(writes)).toEqual(Array(3).fill({ externalId: LENA }));
  });

  it.each([
    ['nobody', [], undefined],
    ['another e-mail of the customer', [{ id: '01', externalId: LENA, email: 'former@example.org' }], '01'],
    ['somebody else by the e-mail', [{ id: '02', externalId: 'another', email: identifiers.email }], undefined],
  ])('is made known first when Klaviyo knows %s', async (_, known, profileId) => {
    const writes = await planned(...known);
    expect(identified(writes)).toEqual([{ kind: 'identify', ...identifiers, profileId }]);
    expect(profilesOf(writes)).toEqual(Array(3).fill({ externalId: LENA }));
  });
});

describe('the buyer of an order whose customer is gone', () => {
  const plannedWithout = async (known: Parameters<typeof knowing>, onDelete?: string) => {
    await local.shop.remove('customer', LENA);
    const customers = onDelete ? { onDelete } : {};
    const plannedFor = (name: string, publishedAt?: number) =>
      local.plan(
        notification(name, { resource: { typeId: 'order', id: ids.order(1) } }),
        { customers },
        { profiles: knowing(...known), publishedAt },
      );
    return { placed: await plannedFor('OrderCreated'), late: await plannedFor('OrderStateChanged.Complete') };
  };

  it.each([
    ['nobody', [], identifiers],
    ['the customer', [{ id: '01', externalId: LENA }], { externalId: LENA }],
    ['a profile without a customer', [{ id: '02', email: identifiers.email }], { email: identifiers.email }],
    ['another customer', [{ id: '03', externalId: 'another', email: identifiers.email }], { externalId: LENA }],
  ])('is who is left when profiles are kept and Klaviyo knows %s', async (_, known, profile) => {
    const { placed, late } = await plannedWithout(known, 'keep');
    expect(identified(placed)).toEqual([]);
    expect(profilesOf([...placed, ...late])).toEqual(Array(4).fill(profile));
  });

  it.each([undefined, 'erase'])(
    'is the customer by the id while Klaviyo knows it, with customers.onDelete %s',
    async (on) => {
      const { placed, late } = await plannedWithout([{ id: '01', externalId: LENA }], on);
      expect(profilesOf([...placed, ...late])).toEqual(Array(4).fill({ externalId: LENA }));
    },
  );

  it.each([
    ['nobody', undefined, []],
    ['nobody', 'erase', []],
    ['a profile without a customer', undefined, [{ id: '02', email: identifiers.email }]],
    ['another customer', undefined, [{ id: '03', externalId: 'another', email: identifiers.email }]],
  ])(
    'of a late event is nobody when Klaviyo knows %s, as it may bring back who was erased: %s',
    async (_, on, known) => {
      const { placed, late } = await plannedWithout(known, on);
      expect(late).toEqual([]);
      expect(profilesOf(placed)).toHaveLength(3);
    },
  );

  it('of an order that is replayed is nobody when Klaviyo knows nobody', async () => {
    await local.shop.remove('customer', LENA);
    const options = { profiles: knowing(), publishedAt: Date.now() - 3_600_000 };
    expect(await local.plan(notification('OrderCreated'), {}, options)).toEqual([]);
  });
});
