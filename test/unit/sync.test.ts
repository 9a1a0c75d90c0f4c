import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { createSync } from '../../shared/sync.ts';
import { fixture } from '../fixtures/index.ts';
import { configurationOf, localShop, push, recordingLogger, rejectionOf } from './support.ts';

const local = localShop();

function syncing(given = {}) {
  const { logger, lines, texts } = recordingLogger();
  const sync = createSync(configurationOf(local.shop, given), logger);
  return { sync: (event: unknown) => sync(openEnvelope(event)), lines, texts };
}

describe('a message that asks for nothing is acknowledged and logged once', () => {
  it.each(['ResourceCreated.subscription', 'Event', 'CustomerEmailVerified', 'ResourceUpdated.order'])(
    '%s is ignored',
    async (name) => {
      const { sync, lines } = syncing();
      await sync(push(fixture(name)));
      expect(lines()).toMatchObject([{ severity: 'INFO', outcome: 'ignored', messageId: 'message-1' }]);
    },
  );

  it('one of a handler that is switched off is ignored', async () => {
    const { sync, lines } = syncing({ handlers: { disabled: ['customer'] } });
    await sync(push(fixture('ResourceUpdated.customer')));
    expect(lines()).toMatchObject([{ outcome: 'ignored', calls: { commercetools: 0 } }]);
    expect(lines()[0]).not.toHaveProperty('handler');
  });

  it('one about a resource that is gone is acknowledged as gone', async () => {
    const { id } = Object(fixture('ResourceUpdated.customer').resource);
    await local.shop.remove('customer', id);
    const { sync, lines } = syncing();
    await sync(push(fixture('ResourceUpdated.customer')));
    expect(lines()).toMatchObject([{ severity: 'INFO', outcome: 'gone', handler: 'customer', resource: { id } }]);
  });
});

describe('a message that fails is thrown and logged once', () => {
  const MALFORMED = {
    'data that is not JSON': { message: { data: 'bm90IEpTT04=', messageId: 'message-1' } },
    'a payload that is no notification': push(fixture('invalid/no-notification-type')),
    'a payload that lacks what is needed': push(fixture('invalid/OrderCreated.without-line-items')),
  };

  it.each(Object.entries(MALFORMED))('%s is an error that its messageId finds', async (_, event) => {
    const { sync, lines } = syncing();
    const error = await rejectionOf(sync({ data: event }));
    expect(error).toMatchObject({ name: 'InvalidMessageError' });
    expect(lines()).toMatchObject([{ severity: 'ERROR', outcome: 'failed', messageId: 'message-1' }]);
  });

  it('what commercetools cannot show now is thrown as it may pass', async () => {
    local.shop.faults.add({ times: Number.POSITIVE_INFINITY, effect: { kind: 'status', status: 503 } });
    const { sync, lines } = syncing();
    const error = await rejectionOf(sync(push(fixture('ResourceUpdated.customer'))));
    expect(error).toMatchObject({ name: 'RetryableError' });
    expect(lines()).toMatchObject([{ severity: 'WARNING', outcome: 'failed', handler: 'customer' }]);
  });
});
