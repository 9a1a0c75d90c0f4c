import { expect, it } from 'vitest';
import { HANDLER_NAMES } from '../../../shared/config/settings.ts';
import { takes } from '../../../shared/handlers/handler.ts';
import { handlers } from '../../../shared/handlers/index.ts';
import { fixtureNames } from '../../fixtures/index.ts';
import { notification } from '../support.ts';

const takersOf = (name: string): string[] =>
  handlers.filter((handler) => takes(handler, notification(name))).map((handler) => handler.name);

it.each(fixtureNames())('%s is for one handler at most', (name) => {
  expect(takersOf(name).length).toBeLessThanOrEqual(1);
});

it.each(handlers.flatMap(({ name, messages }) => Object.keys(messages).map((type) => [type, name])))(
  'the message %s has fixtures, with and without its payload',
  (type, name) => {
    const files = fixtureNames().filter((file) => file.startsWith(type) && takersOf(file).includes(name));
    expect(files.some((file) => file.endsWith('.payloadNotIncluded'))).toBe(true);
    expect(files.some((file) => !file.endsWith('.payloadNotIncluded'))).toBe(true);
  },
);

it.each(handlers.flatMap(({ name, resource, changes }) => changes.map((change) => [change, resource, name])))(
  'the change %s of %s has a fixture',
  (change, resource, name) => {
    expect(takersOf(`${change}.${resource}`)).toEqual([name]);
  },
);

it('a malformed payload is for the same handler as a good one, so that it is an error and not ignored', () => {
  expect(takersOf('invalid/OrderCreated.without-line-items')).toEqual(takersOf('OrderCreated'));
});

it('every handler has a name of its own, and no others are known', () => {
  expect(handlers.map(({ name }) => name).sort()).toEqual(HANDLER_NAMES.toSorted());
});
