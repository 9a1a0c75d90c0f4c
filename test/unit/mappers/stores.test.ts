import { expect, it } from 'vitest';
import { isServed } from '../../../shared/mappers/stores.ts';
import { settings } from '../support.ts';

it.each([
  [{}, [], true],
  [{}, ['valley'], true],
  [{ include: ['summit'] }, ['summit'], true],
  [{ include: ['summit'] }, ['valley', 'summit'], true],
  [{ include: ['summit'] }, ['valley'], false],
  [{ include: ['summit'] }, [], true],
  [{ include: ['summit'], withoutStore: false }, [], false],
  [{ include: [] }, ['summit'], false],
])('with the stores %j somebody of the stores %j is synced: %s', (stores, keys, expected) => {
  expect(
    isServed(
      keys.map((key) => ({ key })),
      settings({ stores }),
    ),
  ).toBe(expected);
});
