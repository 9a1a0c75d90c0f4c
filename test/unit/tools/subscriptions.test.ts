import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { takes } from '../../../shared/handlers/handler.ts';
import { handlers, lanes } from '../../../shared/handlers/index.ts';
import { subscriptionsOf } from '../../../shared/handlers/subscriptions.ts';
import { fixture, fixtureNames } from '../../fixtures/index.ts';
import { notification } from '../support.ts';

/** What a pattern finds in a declaration file of commercetools' SDK. */
function declared(file: string, pattern: RegExp): string[] {
  const sdk = dirname(createRequire(import.meta.url).resolve('@commercetools/platform-sdk/package.json'));
  const text = readFileSync(join(sdk, 'dist/declarations/src/generated/models', file), 'utf8');
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

const subscriptions = subscriptionsOf(lanes);

describe('what has to be subscribed to', () => {
  test('are messages and resources that commercetools knows', () => {
    const messages = declared('message.d.ts', /readonly type: '([A-Z]\w+)';/g);
    const resources = declared('subscription.d.ts', /^ {4}[A-Z]\w+ = "([a-z-]+)"/gm);

    expect(messages).toEqual(expect.arrayContaining(Object.values(subscriptions).flatMap((one) => one.messages)));
    expect(resources).toEqual(expect.arrayContaining(Object.keys(subscriptions)));
  });

  // A fixture is what commercetools really sends: its resource is the one that has to be subscribed to.
  test.each(fixtureNames().filter((name) => handlers.some((handler) => takes(handler, notification(name)))))(
    'delivers %s, unless a schedule does',
    (name) => {
      const about = notification(name);
      const { typeId } = Object(about).resource;

      // A schedule may look at what is subscribed to as well.
      if (about.notificationType === 'Tick') return;
      if (about.notificationType !== 'Message') expect(subscriptions[typeId]).toMatchObject({ changes: true });
      else expect(subscriptions[typeId]?.messages).toContain(about.type ?? about.payloadNotIncluded?.payloadType);
    },
  );

  test('goes to the lane of the handlers, a resource to one only', () => {
    const { payment, product } = subscriptions;

    expect([payment?.lane, product?.lane]).toEqual(['orders', 'catalog']);
    expect(() => subscriptionsOf({ ...lanes, more: lanes.catalog })).toThrow(
      'category is in the lanes catalog and more',
    );
  });

  test('leaves out what a handler could not take', () => {
    expect(subscriptions).not.toHaveProperty('cart');
    expect(subscriptions.order).toMatchObject({ changes: false });
    expect(fixture('ResourceUpdated.order')).toMatchObject({ resource: { typeId: 'order' } });
  });
});
