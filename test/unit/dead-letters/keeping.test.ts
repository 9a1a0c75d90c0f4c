import { describe, expect, test } from 'vitest';
import { createKeeper, openContainer } from '../../../shared/dead-letters/keeper.ts';
import { keepingGivenUp } from '../../../shared/dead-letters/keeping.ts';
import { contentOf, keptMessage, toKept } from '../../../shared/dead-letters/kept-message.ts';
import { PermanentError, RetryableError, type SyncError } from '../../../shared/errors.ts';
import { openEnvelope } from '../../../shared/platform-format/envelope.ts';
import { fixture } from '../../fixtures/index.ts';
import type { Fields } from '../factories.ts';
import { configurationOf, localShop, push, recordingLogger, rejectionOf } from '../support.ts';

const DAY = 86_400_000;
const local = localShop();
const refused = new PermanentError('Klaviyo refuses the event', { status: 400, code: 'invalid' });
const passing = new RetryableError('Klaviyo could not be asked', { status: 503 });

/** A function that fails with an error, in a deployment that keeps what it gives up, or none. */
function failing(error: SyncError, { container }: { container?: string } = { container: 'letters' }) {
  const configuration = configurationOf(local.shop, { deadLetters: { container } });
  const { logger, lines } = recordingLogger();
  const options = { keeper: createKeeper(configuration, 60_000), logger };
  const handle = keepingGivenUp(() => Promise.reject(error), options);
  return { handle: (event: unknown) => handle(openEnvelope(event)), lines };
}

async function kept(container = 'letters') {
  const pages = [];
  for await (const page of openContainer(configurationOf(local.shop), container, 10_000).pages()) pages.push(...page);
  return pages.map(({ key, value }) => ({ key, ...keptMessage.parse(value) }));
}

const published = (age: number) => new Date(Date.now() - age).toISOString();
const message = (fields: Fields = {}) => push(fixture('OrderCreated'), fields);

describe('a message that would fail again', () => {
  test('is acknowledged once it is kept, with the message, the error and the times', async () => {
    const { handle, lines } = failing(refused);

    await handle(message({ publishTime: '2026-11-01T00:00:00.000Z' }));

    const [one] = await kept();
    expect(one).toMatchObject({
      key: 'message-1',
      messageId: 'message-1',
      publishedAt: '2026-11-01T00:00:00.000Z',
      error: { class: 'PermanentError', message: 'Klaviyo refuses the event', status: 400, code: 'invalid' },
    });
    expect(JSON.parse(contentOf(keptMessage.parse(one)).toString())).toEqual(fixture('OrderCreated'));
    expect(lines()).toMatchObject([{ severity: 'ERROR', outcome: 'kept', container: 'letters', key: 'message-1' }]);
  });

  test('is kept once, however often it is delivered', async () => {
    const { handle } = failing(refused);

    await handle(message());
    await handle(message());

    expect(await kept()).toHaveLength(1);
  });

  test('is delivered again when it could not be kept', async () => {
    local.shop.faults.add({
      match: ({ path }) => path.includes('custom-objects'),
      times: 9,
      effect: { kind: 'status', status: 503 },
    });
    const { handle, lines } = failing(refused);

    expect(await rejectionOf(handle(message()))).toBe(refused);
    local.shop.faults.clear();
    expect(await kept()).toEqual([]);
    expect(lines()).toMatchObject([
      { severity: 'ERROR', outcome: 'failed', message: expect.stringMatching(/^not kept, so it is delivered again/) },
    ]);
  });

  test('wakes somebody when the client may not keep it', async () => {
    local.shop.faults.add({
      match: ({ path }) => path.includes('custom-objects'),
      effect: { kind: 'status', status: 403 },
    });
    const { handle, lines } = failing(refused);

    await rejectionOf(handle(message()));

    expect(lines()).toMatchObject([
      { severity: 'CRITICAL', message: expect.stringMatching(/manage_key_value_documents$/) },
    ]);
  });

  test('is delivered again where nothing keeps it, and the log says until when', async () => {
    const { handle, lines } = failing(refused, {});

    expect(await rejectionOf(handle(message({ publishTime: '2026-11-01T00:00:00.000Z' })))).toBe(refused);
    expect(lines()).toMatchObject([
      { severity: 'WARNING', message: expect.stringMatching(/seven days after it was published a message is gone/) },
      { severity: 'ERROR', messageId: 'message-1', goneAt: '2026-11-08T00:00:00.000Z' },
    ]);
  });
});

describe('a message that may pass', () => {
  test.each([
    ['is delivered again for six days', 5.9 * DAY, 0],
    ['is kept on the seventh day', 6.1 * DAY, 1],
  ])('%s', async (_, age, count) => {
    const { handle } = failing(passing);

    const outcome = await handle(message({ publishTime: published(age) })).then(
      () => 'acknowledged',
      () => 'delivered again',
    );

    expect(outcome).toBe(count === 1 ? 'acknowledged' : 'delivered again');
    expect(await kept()).toHaveLength(count);
  });

  test('is delivered again when nobody knows its age', async () => {
    expect(await rejectionOf(failing(passing).handle(message()))).toBe(passing);
  });
});

describe('what is kept', () => {
  const of = (event: unknown, mayBePosted = false) => toKept(openEnvelope(event, mayBePosted), refused, 0);
  const contentIn = (event: unknown, mayBePosted = false) => contentOf(keptMessage.parse(of(event, mayBePosted).value));

  test('is the message as it was published, with its attributes', () => {
    const bytes = Buffer.from('größer');
    const event = { message: { data: bytes.toString('base64'), messageId: '42', attributes: { origin: 'test' } } };

    expect(contentIn(event)).toEqual(bytes);
    expect(of(event)).toMatchObject({ key: '42', value: { payload: 'größer', attributes: { origin: 'test' } } });
  });

  test('is the same where it is no text', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe]);

    expect(contentIn({ message: { data: bytes.toString('base64') } })).toEqual(bytes);
  });

  test.each(['{"notificationType":"Message","resource":{"typeId":"order"}}', 'größer', 'a'])(
    'is the data as it came where that is no Base64: %s',
    (data) => {
      expect(contentIn({ message: { data } }).toString()).toBe(data);
    },
  );

  test('has a key of its content where its id can be none', () => {
    const one = of({ message: { data: 'YQ==', messageId: 'a/b' } }).key;

    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(of({ message: { data: 'YQ==' } }).key).toBe(one);
    expect(of({ message: { data: 'Yg==' } }).key).not.toBe(one);
  });

  test('is the whole body where there is no message in it', () => {
    expect(JSON.parse(contentIn({ nothing: 'of ours' }).toString())).toEqual({ nothing: 'of ours' });
  });
});
