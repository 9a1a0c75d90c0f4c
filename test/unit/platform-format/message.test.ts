import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { InvalidMessageError } from '../../../shared/errors.ts';
import { messagePayload, messageType, occurredAt } from '../../../shared/platform-format/message.ts';
import { notification } from '../support.ts';

const message = (name: string, fields = {}) => {
  const about = notification(name, fields);
  return about.notificationType === 'Message' ? about : expect.unreachable();
};

describe('what a notification is', () => {
  it('is told by the type of the message', () => {
    expect(messageType(notification('OrderCreated'))).toBe('OrderCreated');
  });

  it('is told by payloadNotIncluded when the type is absent', () => {
    expect(messageType(notification('OrderStateChanged.Complete.payloadNotIncluded'))).toBe('OrderStateChanged');
  });

  it('is no message when it is a change or an event', () => {
    expect(['ResourceUpdated.customer', 'Event'].map((name) => messageType(notification(name)))).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('messagePayload', () => {
  const shape = z.looseObject({ orderState: z.string() });

  it('is what the message carries', () => {
    expect(messagePayload(message('OrderStateChanged.Complete'), shape)).toMatchObject({ orderState: 'Complete' });
  });

  it('is undefined when it was too large to be included', () => {
    expect(messagePayload(message('OrderStateChanged.Complete.payloadNotIncluded'), shape)).toBeUndefined();
  });

  it('is refused by path, type and resource when it is something else, without its value', () => {
    const read = () => messagePayload(message('OrderStateChanged.Complete', { orderState: [4711] }), shape);
    expect(read).toThrow(InvalidMessageError);
    expect(read).toThrow(/Message OrderStateChanged of order 0de50000-0000-4000-8000-000000000003 .*orderState/);
    expect(read).not.toThrow(/4711/);
  });
});

describe('occurredAt', () => {
  it('is when the message was created', () => {
    expect(occurredAt(message('OrderStateChanged.Complete'))).toBe('2026-05-20T10:30:00.000Z');
  });

  it('is refused when the message does not say', () => {
    expect(() => occurredAt(message('OrderStateChanged.Complete', { createdAt: undefined }))).toThrow(/createdAt/);
  });
});
