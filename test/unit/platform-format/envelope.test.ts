import { describe, expect, it } from 'vitest';
import { InvalidMessageError } from '../../../shared/errors.ts';
import { openEnvelope } from '../../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import { fixture, fixtureNames, fixtureText } from '../../fixtures/index.ts';
import { decode, push } from '../support.ts';

const order = fixture('OrderCreated');

describe('what the functions-framework hands over', () => {
  it('takes a replayed message for as old as it was when it was published first', () => {
    const attributes = { originalPublishTime: '2026-05-01T00:00:00Z' };
    const { publishedAt } = decode(push(order, { publishTime: '2026-05-04T18:21:09.000Z', attributes }));
    expect(publishedAt).toBe(Date.parse('2026-05-01T00:00:00Z'));
  });

  it.each([
    ['publishTime', { publishTime: 'yesterday' }],
    ['attributes', { attributes: null }],
    ['originalPublishTime', { attributes: { originalPublishTime: 'yesterday' } }],
  ])('reads a message whose %s cannot be read', (_, message) => {
    expect(decode(push(order, message))).toMatchObject({ notification: order, publishedAt: undefined });
  });

  it.each([{ data: '' }, { data: undefined }, { data: 5 }])('names the message that it refuses: %j', (message) => {
    const envelope = openEnvelope(push(order, message));
    expect(envelope).toMatchObject({ messageId: 'message-1' });
    expect(() => parseNotification(envelope)).toThrow(InvalidMessageError);
  });

  it('reads an Eventarc delivery', () => {
    const event = {
      specversion: '1.0',
      id: 'message-7',
      type: 'google.cloud.pubsub.topic.v1.messagePublished',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: {
        subscription: 'projects/p/subscriptions/s',
        deliveryAttempt: 3,
        ...push(order, { messageId: 'message-7', publishTime: '2026-05-04T18:21:09.000Z' }),
      },
    };
    expect(decode(event)).toEqual({
      notification: order,
      messageId: 'message-7',
      publishedAt: Date.parse('2026-05-04T18:21:09.000Z'),
      deliveryAttempt: 3,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
  });

  it('reads a push that the framework has converted', () => {
    const event = { specversion: '1.0', id: 'message-7', data: push(order, { attributes: {} }) };
    expect(decode(event)).toMatchObject({ notification: order, messageId: 'message-1' });
  });

  it('reads a push that the framework has left as it was', () => {
    expect(decode({ ...push(order), subscription: 's' })).toMatchObject({
      notification: order,
      messageId: 'message-1',
    });
  });

  it('reads a notification in the CloudEvents format of a subscription', () => {
    expect(decode(push(fixture('CloudEvents.OrderCreated'))).notification).toEqual(order);
  });

  it.each(fixtureNames())('reads %s', (name) => {
    const { data, ...own } = fixture(name);
    const expected = name.startsWith('CloudEvents') ? data : fixture(name);
    expect([decode(push(fixture(name))).notification, own]).toEqual([expected, own]);
  });

  it('reads UTF-8', () => {
    const text = { ...order, note: 'Straße 東京 😀' };
    expect(decode(push(text)).notification).toEqual(text);
  });

  describe('a posted payload', () => {
    it.each(['OrderCreated', 'CloudEvents.OrderCreated'])('%s is read with SKIP_BASE64_ENCODING', (name) => {
      expect(decode(fixture(name), true)).toEqual({ notification: order });
    });

    it('leaves pushes readable as well', () => {
      expect(decode({ data: push(order) }, true)).toMatchObject({ notification: order, messageId: 'message-1' });
    });

    it('is refused otherwise, with a hint', () => {
      expect(() => decode(order)).toThrow(/SKIP_BASE64_ENCODING/);
    });
  });

  it.each([
    ['null', null],
    ['a text', 'message'],
    ['a list', [order]],
    ['an empty object', {}],
    ['a message without data', { message: { messageId: 'm', attributes: { a: 'b' } } }],
    ['a message with empty data', { message: { data: '' } }],
    [
      'data that is not JSON',
      { message: { data: Buffer.from(fixtureText('invalid/not-json.txt')).toString('base64') } },
    ],
    ['JSON that was cut', { message: { data: Buffer.from(fixtureText('invalid/truncated.txt')).toString('base64') } }],
    ['JSON that is not base64', { message: { data: JSON.stringify(order) } }],
    ['an array as payload', push(fixture('invalid/array'))],
    ['no notificationType', push(fixture('invalid/no-notification-type'))],
    ['no resource', push(fixture('invalid/OrderCreated.without-resource'))],
    ['a Message without a type', push(fixture('invalid/Message.without-type'))],
    ['an unknown notificationType', push({ ...order, notificationType: 'ResourceMoved' })],
    ['a CloudEvent without data', push({ specversion: '1.0', type: 'com.commercetools' })],
  ])('refuses %s', (_, event) => {
    expect(() => decode(event)).toThrow(InvalidMessageError);
  });

  it.each([
    ['PlatformFormat', (payload: unknown) => payload],
    ['CloudEvents format', (data: unknown) => ({ specversion: '1.0', type: 'com.commercetools.x', data })],
  ])('names the path, the type and the resource of what it refuses, in %s', (_, format) => {
    const { projectKey, ...payload } = fixture('CustomerCreated');
    expect(() => decode(push(format({ ...payload, projectKey: 42 })))).toThrow(
      /Message CustomerCreated of customer c0500000-0000-4000-8000-000000000001.*projectKey/,
    );
  });

  it('never repeats a value of what it refuses', () => {
    const secret = 'lena.brandt@example.org';
    const { resource } = order;
    const malformed = [
      { ...order, notificationType: secret },
      { ...order, type: [secret] },
      { ...order, resource: secret },
      { ...order, resource: { typeId: secret, id: 1 } },
      { ...order, projectKey: { secret }, resource: { ...Object(resource), id: secret } },
      { ...order, createdAt: secret },
      secret,
      { [secret]: order },
    ];
    for (const payload of malformed) {
      expect(() => decode(push(payload))).toThrow(InvalidMessageError);
      expect(() => decode(push(payload))).not.toThrow(secret);
    }
  });
});
