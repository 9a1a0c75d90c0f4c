import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKeeper } from '../../../shared/dead-letters/keeper.ts';
import { keepingGivenUp } from '../../../shared/dead-letters/keeping.ts';
import { PermanentError } from '../../../shared/errors.ts';
import { openEnvelope } from '../../../shared/platform-format/envelope.ts';
import { openKept } from '../../../tools/operator/dead-letter/custom-objects.ts';
import { StillRefusedError } from '../../../tools/operator/dead-letter/replay.ts';
import { UsageError } from '../../../tools/operator/support/cli.ts';
import { klaviyoVariables, shopVariables, UNSET } from '../../doubles/environment.ts';
import { fixture } from '../../fixtures/index.ts';
import { configurationOf, localShop, push, recordingLogger, rejectionOf } from '../support.ts';

const local = localShop();
const container = 'letters';

/** Opens the container with the environment of whoever runs the tool. */
function openWith(settings: object, options: { container?: string } = { container }) {
  const nobody = { url: 'http://127.0.0.1:1', apiKey: 'pk_test' };
  const variables = { ...UNSET, ...shopVariables(local.shop), ...klaviyoVariables(nobody) };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.stubEnv('KLAVIYO_SYNC_SETTINGS', JSON.stringify(settings));
  return openKept({ ...options, replays: true });
}

async function keep(payload: unknown) {
  const keeper = createKeeper(configurationOf(local.shop, { deadLetters: { container } }), 60_000);
  const fail = () => Promise.reject(new PermanentError('Klaviyo refuses the event', { status: 400 }));
  await keepingGivenUp(fail, { keeper, logger: recordingLogger().logger })(openEnvelope(push(payload)));
}

describe('dead letters in custom objects', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test('stay where they are when nothing would be written with the settings of this machine', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    await keep(fixture('OrderCreated'));
    const { queue, publish } = openWith({ handlers: { disabled: ['order-placed'] } });

    const { value: [letter] = [] } = await queue.batches().next();

    expect(await rejectionOf(publish(letter))).toBeInstanceOf(StillRefusedError);
    expect(said.mock.calls).toEqual([[expect.stringMatching(/^message-1: .*ignored.*drop/)]]);
  });

  test.each(['no container', '../orders', 'a'])('are in no container with the name %s', (name) => {
    expect(() => openWith({}, { container: name })).toThrow(UsageError);
  });
});
