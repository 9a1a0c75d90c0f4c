import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { handlers } from '../../../shared/handlers/index.ts';
import { type Notification, notificationSchema } from '../../../shared/platform-format/schema.ts';
import needs from '../../../terraform/subscriptions.json' with { type: 'json' };
import { fixture, fixtureNames } from '../../fixtures/index.ts';

/** What a pattern finds in a declaration file of commercetools' SDK. */
function declared(file: string, pattern: RegExp): string[] {
  const sdk = dirname(createRequire(import.meta.url).resolve('@commercetools/platform-sdk/package.json'));
  const text = readFileSync(join(sdk, 'dist/declarations/src/generated/models', file), 'utf8');
  return [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
}

/** Every type of message that commercetools knows. */
const messageTypes = () => declared('message.d.ts', /readonly type: '([A-Z]\w+)';/g);
/** Every type of resource whose messages or changes can be subscribed to, and a few more. */
const resourceTypes = () => declared('subscription.d.ts', /^ {4}[A-Z]\w+ = "([a-z-]+)"/gm);

const about = (typeId: string) => ({ projectKey: 'demo-shop', resource: { typeId, id: 'id' } });
const accepted = (notification: unknown) =>
  handlers.filter(({ accepts }) => accepts(notificationSchema.parse(notification))).map(({ name }) => name);
const acceptedMessage = (type: string) => accepted({ notificationType: 'Message', type, ...about('any') });

const CHANGES = ['ResourceCreated', 'ResourceUpdated', 'ResourceDeleted'];
const acceptsChangesOf = (typeId: string) =>
  CHANGES.some((notificationType) => accepted({ notificationType, ...about(typeId) }).length > 0);

const needed = Object.values(needs).flatMap(({ messages }): string[] => messages);
const notifications = fixtureNames().map((name) => notificationSchema.safeParse(fixture(name)).data);

describe('terraform/subscriptions.json and the handlers', () => {
  test.each(needed)('agree on %s: one handler takes it', (type) => {
    expect(acceptedMessage(type)).toHaveLength(1);
  });

  test('agree on all other messages: nobody takes them', () => {
    const others = messageTypes().filter((type) => !needed.includes(type));

    expect(others.length).toBeGreaterThan(100);
    expect(others.filter((type) => acceptedMessage(type).length > 0)).toEqual([]);
  });

  test.each(Object.entries(needs))('agree on the changes of %s', (typeId, { changes }) => {
    expect(acceptsChangesOf(typeId)).toBe(changes);
  });

  test('agree on the changes of everything else: nobody takes them', () => {
    const others = resourceTypes().filter((typeId) => !(typeId in needs));

    expect(others).toContain('cart');
    expect(others.filter(acceptsChangesOf)).toEqual([]);
  });

  test('agree on every fixture: what a handler takes is subscribed to', () => {
    const isSubscribed = (notification: Notification) => {
      if (notification.notificationType === 'Event') return false;
      const need = Object.entries(needs).find(([typeId]) => typeId === notification.resource.typeId)?.[1];
      if (notification.notificationType !== 'Message') return need?.changes === true;
      const type = notification.type ?? notification.payloadNotIncluded?.payloadType ?? '';
      return need?.messages.some((one) => one === type) === true;
    };
    const taken = notifications.filter((one) => one !== undefined).filter((one) => accepted(one).length > 0);

    expect(taken.length).toBeGreaterThan(20);
    expect(taken.filter((one) => !isSubscribed(one))).toEqual([]);
  });
});
