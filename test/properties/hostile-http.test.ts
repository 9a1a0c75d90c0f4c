import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { functionForTest } from '../integration/support.ts';
import { expectHarmlessLog } from './harmless-log.ts';
import { mutatedNotification, nonsense, writtenOut } from './hostile.ts';
import { runs } from './runs.ts';

test('behind the real framework, what is not synced is answered 500, and the next message is taken', async () => {
  const { klaviyo, shop, log, push, eventarc, reset } = await functionForTest();
  const lines: string[] = [];
  const delivery = fc.record({
    text: fc.oneof(mutatedNotification, nonsense),
    deliver: fc.constantFrom(push, eventarc),
  });
  const property = fc.asyncProperty(delivery, async ({ text, deliver }) => {
    const status = await deliver(writtenOut(text));

    expect(log).toHaveLength(1);
    const { outcome, error } = log[0] ?? expect.unreachable();
    expect(status).toBe(outcome === 'failed' ? 500 : 204);
    if (outcome === 'failed') {
      expect(error).toMatchObject({ class: expect.stringMatching(/^(InvalidMessage|Permanent|Retryable)Error$/) });
    }
    expect(await push(fixture('Event'))).toBe(204);
    lines.push(...log.map((line) => JSON.stringify(line)));
  });
  // Klaviyo may have to refuse what a message asks for, which is forgotten with the rest.
  await fc.assert(property.beforeEach(reset).afterEach(reset), runs(60));
  expectHarmlessLog(lines, [klaviyo.apiKey, shop.clientSecret]);
});
