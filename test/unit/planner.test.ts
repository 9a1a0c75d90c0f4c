import { describe, expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../shared/attempt.ts';
import { localShop, notification, plannerOf } from './support.ts';

const local = localShop();
const created = notification('CustomerCreated');

describe('a planner', () => {
  it('finds the handler of a notification', () => {
    const { match } = plannerOf(local.shop);
    expect(match(created)?.name).toBe('customer');
    expect(match(notification('Event'))).toBeUndefined();
  });

  it('does not find one that is switched off', () => {
    const { match } = plannerOf(local.shop, { handlers: { disabled: ['customer'] } });
    expect(match(created)).toBeUndefined();
    expect(match(notification('OrderCreated'))?.name).toBe('order-placed');
  });

  it.each(['CustomerCreated', 'OrderCreated', 'ResourceUpdated.product', 'Event'])(
    'finds none for %s of another project, and warns with both keys',
    async (name) => {
      const { match } = plannerOf(local.shop);
      const attempt = newAttempt(1000);
      await runAttempt(attempt, async () => {
        expect(match(notification(name, { projectKey: 'other-shop' }))).toBeUndefined();
      });
      expect(attempt.warnings).toEqual([expect.stringMatching(/other-shop.*demo-shop/)]);
    },
  );

  it.each([
    ['just published', 0, 'createProfile'],
    ['younger than a minute', 55_000, 'createProfile'],
    ['older than a minute', 61_000, 'upsertProfile'],
    ['of unknown age', undefined, 'createProfile'],
  ])('takes the payload of a customer that is %s accordingly', async (_, age, kind) => {
    const { match, plan } = plannerOf(local.shop);
    const publishedAt = age === undefined ? undefined : Date.now() - age;
    const handler = match(created) ?? expect.unreachable();
    expect(await plan(handler, { notification: created, publishedAt })).toMatchObject([{ kind }]);
  });

  it('does not create again what it planned before', async () => {
    const { match, plan } = plannerOf(local.shop);
    const handler = match(created) ?? expect.unreachable();
    expect(await plan(handler, { notification: created }, [])).toMatchObject([{ kind: 'upsertProfile' }]);
  });
});
