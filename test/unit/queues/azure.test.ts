import { afterEach, describe, expect, it, vi } from 'vitest';
import { azureHandlers } from '../../../shared/queues/azure/handlers.ts';
import { azureLog } from '../../../shared/queues/azure/log.ts';
import type { QueueMessage } from '../../../shared/queues/message.ts';
import { invocation, serviceBusInvocation } from '../../doubles/azure-events.ts';
import { inCloudEventsFormat } from '../../doubles/delivery.ts';
import { fixture } from '../../fixtures/index.ts';

const order = fixture('OrderCreated');
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const NOON = new Date('2026-06-01T12:00:00Z');

function receiving(failure?: Error) {
  const got: QueueMessage[] = [];
  const handlers = azureHandlers(async (message) => {
    got.push(message);
    if (failure) throw failure;
  });
  return { got, ...handlers };
}

describe('a message of Service Bus', () => {
  it.each([
    ['as an object', order],
    ['as a text', 'no JSON'],
  ])('is opened %s', async (_, body) => {
    const { serviceBus, got } = receiving();
    const about = { messageId: 'm', deliveryCount: 3, enqueuedAt: NOON, traceparent: TRACE };
    await serviceBus(body, serviceBusInvocation(about).context);
    expect(got).toEqual([{ id: 'm', attempt: 3, publishedAt: NOON.getTime(), traceparent: TRACE, payload: body }]);
  });

  it('is opened where nothing is said of it', async () => {
    const { serviceBus, got } = receiving();
    await serviceBus(order, invocation().context);
    expect(got).toEqual([{ payload: order }]);
  });
});

describe('an event of Event Grid', () => {
  it('is opened', async () => {
    const { eventGrid, got } = receiving();
    const event = { ...inCloudEventsFormat(order), time: NOON.toISOString() };
    await eventGrid(event, invocation({}, TRACE).context);
    expect(got).toEqual([{ id: order.id, publishedAt: NOON.getTime(), traceparent: TRACE, payload: event }]);
  });

  it('is handed on where it is no event', async () => {
    const { eventGrid, got } = receiving();
    await eventGrid('text', invocation().context);
    expect(got).toEqual([{ payload: 'text' }]);
  });
});

it('what failed is thrown', async () => {
  const { serviceBus, eventGrid } = receiving(new Error('failed'));
  for (const handle of [serviceBus, eventGrid])
    await expect(handle(order, invocation().context)).rejects.toThrow('failed');
});

describe('a line of the log', () => {
  afterEach(() => vi.restoreAllMocks());
  const write = (severity: string) => azureLog.write(`{"severity":"${severity}","message":"m"}\n`);

  it('is written by the invocation that it is about, with a level of Azure’s', async () => {
    const one = invocation();
    const other = invocation();
    const { serviceBus } = azureHandlers(async ({ payload }) => {
      await Promise.resolve();
      write(String(payload));
    });
    await Promise.all(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'].map((text) => serviceBus(text, one.context)));
    await serviceBus('INFO', other.context);

    expect(one.lines.map(({ level }) => level)).toEqual(['debug', 'information', 'warning', 'error', 'error']);
    expect(other.lines).toEqual([{ level: 'information', text: '{"severity":"INFO","message":"m"}' }]);
  });

  it('is written by the console outside of an invocation', () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => {});
    write('INFO');
    expect(info).toHaveBeenCalledExactlyOnceWith('{"severity":"INFO","message":"m"}');
  });
});
