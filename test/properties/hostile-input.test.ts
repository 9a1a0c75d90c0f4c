import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCommercetools } from '../../shared/commercetools/index.ts';
import { GoneError, InvalidMessageError, PermanentError, RetryableError } from '../../shared/errors.ts';
import type { Write } from '../../shared/klaviyo/writes.ts';
import { createPlanner } from '../../shared/planner.ts';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import { pushBody } from '../doubles/delivery.ts';
import { isApplied } from './applied.ts';
import { mutatedNotification, nonsense, writtenOut } from './hostile.ts';
import { runs } from './runs.ts';
import { worldForAll } from './world.ts';

const { klaviyo, deliver, log, configuration } = await worldForAll({ isHostile: true });
const nobody = async () => undefined;
const { match, plan } = createPlanner(configuration, createCommercetools(configuration), {
  byEmail: nobody,
  byExternalId: nobody,
});

/** What a payload asks for, as the shop is now. */
async function asked(text: string): Promise<Write[]> {
  const notification = parseNotification(openEnvelope(pushBody(text)));
  const handler = match(notification);
  try {
    return handler ? await plan(handler, { notification }) : [];
  } catch (error) {
    if (error instanceof GoneError) return [];
    throw error;
  }
}

/** What commercetools may show later, or never. */
const NOT_YET = [
  /^no order has payment/,
  /^(payment|order) .* does not (show|know) /,
  /^customer .* (was deleted, and is still there|is gone, or cannot be read yet)$/,
  /^the statistics of product .* do not count/,
  /^product .* is published, but cannot be queried/,
];

/** A refusal that says what is wrong: the message, what one of the services was asked, or what cannot be found yet. */
function isClear(error: unknown): boolean {
  if (error instanceof RetryableError) return NOT_YET.some((words) => words.test(error.message));
  return error instanceof InvalidMessageError || error instanceof PermanentError;
}

test('a notification with something unexpected in it is applied, or refused for a reason', async () => {
  const property = fc.asyncProperty(mutatedNotification, async (mutated) => {
    const text = writtenOut(mutated);
    klaviyo.state.clear();
    klaviyo.requests.length = 0;
    const before = log.length;
    const error = await deliver(text).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );

    expect(log.length - before).toBe(1);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    if (error) expect(error).toSatisfy(isClear);
    else expect((await asked(text)).filter((write) => !isApplied(write, klaviyo))).toEqual([]);
  });
  await fc.assert(property, runs(150));
});

test('what is no notification is refused, and nothing is written', async () => {
  klaviyo.requests.length = 0;
  const property = fc.asyncProperty(nonsense, async (text) => {
    await expect(deliver(writtenOut(text))).rejects.toBeInstanceOf(InvalidMessageError);
  });
  await fc.assert(property, runs(200));
  expect(klaviyo.requests).toEqual([]);
});

test('whatever the framework hands over is parsed, or refused', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.anything(),
    fc.record({ data: fc.anything() }),
    fc.record({ message: fc.anything() }),
  );
  fc.assert(
    fc.property(anything, fc.boolean(), (event, posted) => {
      expect(() => parseNotification(openEnvelope(event, posted))).toThrow(InvalidMessageError);
    }),
    runs(1000),
  );
});
