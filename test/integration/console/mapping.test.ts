import { expect, it } from 'vitest';
import type { FixtureText, MappingAnswer, MappingStart } from '../../../tools/console/api.ts';
import { fixtureText } from '../../fixtures/index.ts';
import { consoleForAll } from './support.ts';

const { api, ask, world } = consoleForAll();

const tried = (settings: string, notification = fixtureText('OrderCreated.json')) =>
  api<MappingAnswer>('POST', '/api/mapping', { notification, settings });
const metricsOf = ({ after }: MappingAnswer) => after?.writes.map(({ fields }) => fields.metric).filter(Boolean);

it('begins with every notification that there is, the settings of the function, and their schema', async () => {
  const { fixtures, settings, schema } = await api<MappingStart>('GET', '/api/mapping');
  expect(fixtures).toEqual(expect.arrayContaining(['OrderCreated', 'Tick.cart', 'invalid/OrderCreated.wrong-money']));
  expect(JSON.parse(settings)).toMatchObject({ prices: { watchDates: true } });
  expect(Object.keys(Object(schema.properties))).toEqual(expect.arrayContaining(['metrics', 'orders', 'limits']));
  for (const name of ['OrderCreated', 'invalid/OrderCreated.wrong-money', 'OrderCreated.payloadNotIncluded']) {
    const { text } = await api<FixtureText>('GET', `/api/mapping/fixtures/${encodeURIComponent(name)}`);
    expect(JSON.parse(text).notificationType).toBe('Message');
  }
  expect(await ask('GET', '/api/mapping/fixtures/..%2F..%2Fpackage')).toMatchObject({ status: 404 });
});

it('shows the plan by the settings of now and by those that are typed', async () => {
  const answer = await tried('{"metrics": {"placedOrder": "Bought"}}');
  expect(answer.problems).toEqual([]);
  expect(answer.before?.writes.map(({ fields }) => fields.metric)).toContain('Placed Order');
  expect(metricsOf(answer)).toContain('Bought');
  expect(metricsOf(answer)).not.toContain('Placed Order');
  expect(await tried('{"handlers": {"disabled": ["order-placed"]}}')).toMatchObject({ after: { outcome: 'ignored' } });
});

it('says what is wrong with settings in the words of the schema, each where it belongs', async () => {
  const { problems, before, after } = await tried('{"limits": {"attemptSeconds": "soon"}, "metrix": {}}');
  expect(problems).toEqual(
    expect.arrayContaining([
      { in: 'settings', path: 'limits.attemptSeconds', message: expect.stringContaining('expected number') },
      { in: 'settings', path: '', message: expect.stringContaining('metrix') },
    ]),
  );
  expect([before?.outcome, after]).toEqual(['writes', undefined]);
});

it('says where settings or a notification are not JSON', async () => {
  expect((await tried('{\n  "orders": {,}\n}')).problems).toEqual([
    { in: 'settings', path: '', message: expect.stringContaining('not JSON'), line: 2, column: 14 },
  ]);
  expect((await tried('{}', '{"a": 1')).problems).toEqual([
    { in: 'notification', path: '', message: expect.stringContaining('not JSON'), line: 1, column: 8 },
  ]);
  expect((await tried('{"x": 1}', 'nope')).problems.map((problem) => problem.in)).toEqual(['notification', 'settings']);
});

it('says why a notification cannot be planned', async () => {
  const { after } = await tried('{}', fixtureText('invalid/OrderCreated.wrong-money.json'));
  expect(after).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('InvalidMessageError') });
  const empty = await tried('{}', '{}');
  expect(empty).toMatchObject({ problems: [], before: { outcome: 'failed' }, after: { outcome: 'failed' } });
});

it('writes nothing', () => {
  const { profiles, events } = world().klaviyo.state;
  expect([profiles.size, events.length]).toEqual([0, 0]);
});
