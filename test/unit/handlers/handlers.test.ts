import { describe, expect, it } from 'vitest';
import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import { takes } from '../../../shared/handlers/handler.ts';
import { handlers } from '../../../shared/handlers/index.ts';
import { EFFECTS, IGNORED } from '../../fixtures/effects.ts';
import { effectsOf, fixtureNames } from '../../fixtures/index.ts';
import { notification } from '../support.ts';

const takersOf = (name: string): string[] =>
  handlers.filter((handler) => takes(handler, notification(name))).map((handler) => handler.name);

describe.each(fixtureNames())('the fixture %s', (name) => {
  it('is for one handler at most', () => {
    expect(takersOf(name).length).toBeLessThanOrEqual(1);
  });

  it('stands in one table of test/fixtures/effects.ts: what it does in Klaviyo, or that it is ignored', () => {
    expect([effectsOf(name) && 'EFFECTS', IGNORED.includes(name) && 'IGNORED'].filter(Boolean)).toHaveLength(1);
  });
});

it.each(handlers.flatMap(({ name, messages }) => Object.keys(messages).map((type) => [type, name])))(
  'the message %s has a fixture in test/fixtures/platform-format for the handler %s, and a line in effects.ts',
  (type, name) => {
    const isOfType = (file: string) => file === type || file.startsWith(`${type}.`);
    expect({
      takenBy: [...new Set(fixtureNames().filter(isOfType).flatMap(takersOf))],
      hasEffects: Object.keys(EFFECTS).some(isOfType),
    }).toEqual({ takenBy: [name], hasEffects: true });
  },
);

it.each(handlers.flatMap(({ name, resource, changes }) => changes.map((change) => [change, resource, name])))(
  'the change %s of %s has a fixture in test/fixtures/platform-format, for %s',
  (change, resource, name) => {
    expect(takersOf(`${change}.${resource}`)).toEqual([name]);
  },
);

it.each(handlers.flatMap(({ name, resource, tick }) => (tick ? [[resource, name] as const] : [])))(
  'the tick of %s has a fixture in test/fixtures/platform-format, for %s',
  (resource, name) => {
    expect(takersOf(`Tick.${resource}`)).toEqual([name]);
  },
);

it('a malformed payload is for the same handler as a good one, so that it is an error and not ignored', () => {
  expect(takersOf('invalid/OrderCreated.without-line-items')).toEqual(takersOf('OrderCreated'));
});

it('every handler has a name of its own, and no others are known', () => {
  expect(handlers.map(({ name }) => name).sort()).toEqual(HANDLER_NAMES.toSorted());
});
