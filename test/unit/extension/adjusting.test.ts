import { expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import type { ExtensionDefinition } from '../../../shared/extension/extension.ts';
import { install } from '../../../shared/extension/install.ts';
import type { Write } from '../../../shared/klaviyo/writes.ts';
import { toProfile } from '../../../shared/mappers/customers/profile.ts';
import { settle } from '../../../shared/settle.ts';
import { customer, type Fields } from '../factories.ts';
import { settings } from '../support.ts';

const profileOf = (fields: Fields): Write => ({ kind: 'upsertProfile', ...toProfile(customer(fields), settings()) });

/** Settles plans that follow one another, each adjusted. Returns what was planned from, what was written, and what was noted. */
async function settling(hooks: Omit<ExtensionDefinition, 'name'>, plans: Write[][]) {
  const seen: (readonly Write[] | undefined)[] = [];
  const written: (readonly Write[])[] = [];
  const attempt = newAttempt(60_000);
  const planning = install(() => ({ name: 'acme', ...hooks })).adjusting(async (previous) => {
    seen.push(previous);
    return plans[Math.min(seen.length, plans.length) - 1] ?? [];
  }, settings());
  await runAttempt(attempt, async () =>
    settle(await planning(), planning, async (writes) => {
      written.push(writes);
      return writes;
    }),
  );
  return { seen, written, noted: [...(attempt.adjusted ?? [])] };
}

it('the handlers see what they planned, and not what was made of it', async () => {
  const planned = [profileOf({})];
  const { seen } = await settling({ profile: (one) => ({ ...one, title: 'Dr' }) }, [planned]);
  expect(seen).toEqual([undefined, planned]);
});

it('what is adjusted by the same rule is settled after one round', async () => {
  const { written } = await settling({ profile: (one) => ({ ...one, properties: { Tier: 'gold' } }) }, [
    [profileOf({})],
  ]);
  expect(written).toHaveLength(1);
});

it('what a hook gave a profile and gives no more is cleared', async () => {
  const tiered: Omit<ExtensionDefinition, 'name'> = {
    profile: (one) => ({ ...one, properties: one.firstName === 'Gold' ? { Tier: 'gold' } : {} }),
  };
  const { written } = await settling(tiered, [[profileOf({ firstName: 'Gold' })], [profileOf({ firstName: 'Tin' })]]);
  expect(written.map(([write]) => write)).toMatchObject([
    { profile: { properties: { Tier: 'gold' } } },
    { profile: { firstName: 'Tin', properties: { Tier: null } } },
  ]);
});

it('the attempt notes what was changed and what was dropped, once', async () => {
  const { noted, written } = await settling(
    { keep: ({ kind }) => kind !== 'deleteItem', profile: (one) => ({ ...one, title: 'Dr' }) },
    [[profileOf({ id: 'c1' }), { kind: 'deleteItem', id: 'p1' }, { kind: 'unpublishItem', id: 'p2' }]],
  );
  expect(noted).toEqual([
    ['upsertProfile c1', 'changed'],
    ['deleteItem p1', 'dropped'],
  ]);
  expect(written[0]?.map(({ kind }) => kind)).toEqual(['upsertProfile', 'unpublishItem']);
});
