import { expect, onTestFinished, test } from 'vitest';
import { eventBridgeEvent, snsEvent, snsMessage, sqsEvent, sqsRecord } from '../../doubles/aws-events.ts';
import { functionVariables } from '../../doubles/environment.ts';
import { eventually } from '../../doubles/eventually.ts';
import { startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { startShop } from '../../doubles/shop/index.ts';
import { fixture, fixtureText } from '../../fixtures/index.ts';
import { queuesForAll } from './support.ts';

const { klaviyo, started, placed } = await queuesForAll('aws');
const order = fixture('OrderCreated');
const category = fixture('CategoryCreated');
const malformed = fixtureText('invalid/OrderCreated.wrong-money.json');

test('syncs what comes by SQS, SNS and EventBridge', async () => {
  const { call, lines } = await started('aws');
  for (const event of [
    sqsEvent(sqsRecord(order, { messageId: 'raw', receiveCount: 2 })),
    sqsEvent(sqsRecord(snsMessage(order)), sqsRecord(eventBridgeEvent(order))),
  ])
    expect(await call('handler', event)).toEqual({ result: { batchItemFailures: [] } });
  for (const event of [snsEvent(order), eventBridgeEvent(order)]) expect(await call('handler', event)).toEqual({});

  expect(placed()).toHaveLength(1);
  await expect.poll(() => lines).toHaveLength(6);
  expect(lines).toMatchObject([
    { message: 'serving demo-shop', projectKey: 'demo-shop' },
    { severity: 'INFO', outcome: 'synced', messageId: 'raw', deliveryAttempt: 2 },
    ...Array.from({ length: 4 }, () => ({ outcome: 'synced' })),
  ]);
});

test('fails the messages of a batch that failed, and no other', async () => {
  klaviyo.faults.add({
    match: ({ path }) => path.includes('categor'),
    times: Infinity,
    effect: { kind: 'status', status: 400 },
  });
  const { call, lines } = await started('aws');
  const bodies = { good: order, malformed, refused: category, base64: btoa(fixtureText('OrderCreated.json')) };
  const records = Object.entries(bodies).map(([messageId, body]) => sqsRecord(body, { messageId }));

  const { result } = await call('handler', sqsEvent(...records));
  const failures = Object(result).batchItemFailures.map(
    ({ itemIdentifier }: { itemIdentifier: string }) => itemIdentifier,
  );
  expect(failures.sort()).toEqual(['base64', 'malformed', 'refused']);
  expect(placed()).toHaveLength(1);
  expect(klaviyo.state.categories).toHaveLength(0);
  await expect.poll(() => lines.filter((line) => Object(line).outcome === 'failed')).toHaveLength(3);
  expect(lines).toContainEqual(expect.objectContaining({ messageId: 'base64', severity: 'ERROR', outcome: 'failed' }));
  expect(JSON.stringify(lines)).not.toMatch(/lena|brandt|pk_sandbox|demo-secret/i);
});

test('ends an attempt before the call does, and says that it failed', async () => {
  klaviyo.faults.add({ times: Infinity, effect: { kind: 'hang' } });
  const limits = { limits: { attemptSeconds: 590, requestSeconds: 60 } };
  const { call, lines } = await started('aws', { KLAVIYO_SYNC_SETTINGS: JSON.stringify(limits) });

  expect(await call('handler', sqsEvent(sqsRecord(order)), 1500)).toMatchObject({
    error: { name: 'RetryableError' },
  });
  const line = await eventually(() => lines.find((line) => Object(line).outcome === 'failed'), 'the log line');
  expect(Object(line).milliseconds).toBeLessThan(60_000);
});

test('goes on after it was frozen, although its connections are gone', async () => {
  const [ownShop, account] = await Promise.all([startShop(), startKlaviyo()]);
  const { call, kill } = await started('aws', functionVariables(ownShop, account));
  const both = Array.from({ length: 10 }, () => [sqsRecord(order), sqsRecord(category)]).flat();
  expect(await call('handler', sqsEvent(...both))).toEqual({ result: { batchItemFailures: [] } });

  kill('SIGSTOP');
  await Promise.all([ownShop.stop(), account.stop()]);
  const portOf = ({ url }: { url: string }) => Number(new URL(url).port);
  const [shopAgain, accountAgain] = await Promise.all([
    startShop({ port: portOf(ownShop) }),
    startKlaviyo({ port: portOf(account) }),
  ]);
  onTestFinished(() => Promise.all([shopAgain.stop(), accountAgain.stop()]).then(() => {}));
  kill('SIGCONT');

  expect(await call('handler', sqsEvent(...both))).toEqual({ result: { batchItemFailures: [] } });
  expect(accountAgain.eventsOf('Placed Order')).toHaveLength(1);
});

test('finishes what is in flight when it is told to stop', async () => {
  klaviyo.faults.add({ effect: { kind: 'slow', milliseconds: 1500 } });
  const { call, kill, exit } = await started('aws');
  const answer = call('handler', sqsEvent(sqsRecord(category)));
  await expect.poll(() => klaviyo.requests).not.toEqual([]);
  kill('SIGTERM');

  expect(await answer).toEqual({ result: { batchItemFailures: [] } });
  expect(await exit).toBe(0);
  expect(klaviyo.state.categories).toHaveLength(1);
});
