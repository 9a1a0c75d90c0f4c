import { describe, expect, it } from 'vitest';
import type { Write } from '../../../../shared/klaviyo/writes.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification } from '../../support.ts';

const local = localShop();
const LENA = ids.customer(1);

/** What a plan writes of Lena's order after an earlier plan told these facts of her. */
async function plannedAfter(facts: object, settings: Fields = {}): Promise<Write[]> {
  const told = (await local.plan(notification('OrderCreated'))).map((write) =>
    write.kind === 'createEvent'
      ? { ...write, event: { ...write.event, profile: { ...write.event.profile, ...facts } } }
      : write,
  );
  return local.plan(notification('OrderCreated'), settings, { previous: told });
}
const profilesOf = (writes: Write[]) => writes.filter(({ kind }) => kind === 'upsertProfile');

describe('the profile of a customer of whom an event told', () => {
  it('is written again, as the customer’s record tells it', async () => {
    const profile = { externalId: LENA, firstName: 'Lena', location: { city: 'München' } };
    expect(profilesOf(await plannedAfter({ location: { city: 'Ulm' } }))).toMatchObject([{ profile }]);
  });

  it('is left alone when the event told identifiers only', async () => {
    expect(profilesOf(await plannedAfter({ location: {} }))).toEqual([]);
  });

  it('is left alone where customers are not synced', async () => {
    const settings = { handlers: { disabled: ['customer'] } };
    expect(profilesOf(await plannedAfter({ location: { city: 'Ulm' } }, settings))).toEqual([]);
  });
});
