import { describe, expect, test } from 'vitest';
import { inCloudEventsFormat } from '../doubles/delivery.ts';
import { fixture, fixtureText, invalidFixtureFiles } from '../fixtures/index.ts';
import { functionForAll } from './support.ts';

const posting = await functionForAll({ SKIP_BASE64_ENCODING: 'true' });
const sync = await functionForAll();

describe('a malformed notification is never acknowledged, and nothing is written', () => {
  test.each(invalidFixtureFiles())('%s', async (file) => {
    const text = fixtureText(file);

    expect(await sync.push(text)).toBe(500);
    expect(await sync.eventarc(text)).toBe(500);
    expect(sync.klaviyo.requests).toEqual([]);
    expect(sync.log).toMatchObject([{ error: { class: 'InvalidMessageError' } }, { severity: 'ERROR' }]);
  });

  test.each(invalidFixtureFiles())('%s, posted directly', async (file) => {
    expect(await posting.post(fixtureText(file))).toBeGreaterThanOrEqual(400);
    expect(posting.klaviyo.requests).toEqual([]);
  });
});

describe('a body that is nothing is never acknowledged, and the next message is', () => {
  const message = (part: object) => ({ message: { messageId: '1', ...part }, subscription: 's' });
  const BODIES: [string, unknown, Record<string, string>?][] = [
    ['{}', {}],
    ['[]', []],
    ['null', 'null'],
    ['a number', '1'],
    ['nothing', ''],
    ['not JSON', '{"message":'],
    ['text', 'hello', { 'content-type': 'text/plain' }],
    ['bytes', 'hello', { 'content-type': 'application/octet-stream' }],
    ['a message without data', message({ attributes: {} })],
    ['a message with empty data', message({ data: '' })],
    ['data that is no text', message({ data: {} })],
    ['data that is no Base64', message({ data: '%%%' })],
    ['data that is JSON null', message({ data: Buffer.from('null').toString('base64') })],
    ['data that is a JSON text', message({ data: Buffer.from('"OrderCreated"').toString('base64') })],
    ['a message that is null', { message: null, subscription: 's' }],
    ['a form', 'notificationType=Message', { 'content-type': 'application/x-www-form-urlencoded' }],
  ];
  test.each(BODIES)('%s', async (_, body, headers) => {
    for (const one of [sync, posting]) {
      expect(await one.post(body, headers)).toBeGreaterThanOrEqual(400);
      expect(one.klaviyo.requests).toEqual([]);
      expect(await one.push(fixture('Event'))).toBe(204);
    }
  });

  test('a payload that is posted directly without SKIP_BASE64_ENCODING', async () => {
    expect(await sync.post(fixture('OrderCreated'))).toBe(500);
    expect(await sync.post(inCloudEventsFormat(fixture('OrderCreated')))).toBe(500);
    expect(sync.klaviyo.requests).toEqual([]);
  });
});
