import { currentAttempt, newAttempt, runAttempt } from './attempt.ts';
import { createCommercetools } from './commercetools/index.ts';
import type { Configuration } from './config/environment.ts';
import { GoneError, SyncError } from './errors.ts';
import type { Handler } from './handlers/handler.ts';
import { overwrittenCheck } from './handlers/orders/overwritten.ts';
import { createApply } from './klaviyo/apply.ts';
import { createKlaviyoClient } from './klaviyo/client.ts';
import type { Consent } from './klaviyo/person-writes.ts';
import { profileLookup } from './klaviyo/profiles.ts';
import type { Write } from './klaviyo/writes.ts';
import { saysYes } from './mappers/consent.ts';
import { createPlanner, type Delivery, type Part, type Planner } from './planner.ts';
import { settle } from './settle.ts';

/** What became of a message that is acknowledged. */
type Outcome = 'synced' | 'ignored' | 'gone';

/** The way that live traffic takes, without a message. */
export interface LiveWay {
  /** Plans what a notification asks for and carries it out, as one attempt. Throws what the function would throw. */
  carryOut(delivery: Delivery): Promise<Outcome>;
  /**
   * Makes writes that are planned already, as one attempt.
   *
   * @throws RetryableError, CredentialsError and PermanentError when Klaviyo does not take a write; StalePlanError when what they
   *   were planned from has changed
   */
  apply(writes: readonly Write[]): Promise<void>;
}

/** The same in the attempt that is under way. */
interface Way {
  match: Planner['match'];
  /**
   * Plans what a delivery asks for and carries it out; nothing without a handler. When it returns, everything is in Klaviyo.
   *
   * @throws RetryableError, CredentialsError and PermanentError, and InvalidMessageError for what lacks what the mapping needs
   */
  carryOut(handler: Handler | undefined, delivery: Delivery): Promise<Outcome>;
  apply: ReturnType<typeof createApply>;
}

/** Makes of a write that was planned the one that is made. */
type Edit = (write: Write) => Write;

/**
 * Returns the way from a notification into Klaviyo. Both clients connect on their first call.
 *
 * @param edit makes of each write that is planned the one that is made
 */
export function createWay(configuration: Configuration, edit?: Edit): Way {
  const { settings } = configuration;
  const commercetools = createCommercetools(configuration);
  const klaviyo = createKlaviyoClient(configuration);
  const profiles = profileLookup(klaviyo.profiles);
  const { match, parts } = createPlanner(configuration, commercetools, profiles);
  const emailOf = async (customerId: string) => (await commercetools.customers.byId(customerId))?.email;
  const { linkByEmail } = settings.customers;
  const isOverwritten = overwrittenCheck(commercetools, profiles);
  const saysStill = async ({ externalId, customerField }: Consent) => {
    if (!externalId || !customerField) return true;
    const customer = await commercetools.customers.byId(externalId);
    return customer !== undefined && saysYes(customer, customerField);
  };
  const options = { linkByEmail, emailOf, isOverwritten, saysStill, events: settings.events };
  const apply = createApply(klaviyo, profiles, options);

  /** Returns whether there was anything to write. */
  async function carryOutPart(part: Part): Promise<boolean> {
    const plan: Part = edit ? async (previous) => (await part(previous)).map(edit) : part;
    const writes = await plan();
    await settle(writes, plan, apply);
    return writes.length > 0;
  }

  /** What is refused of one part keeps none of the others from being carried out; what may pass ends the attempt at once. */
  async function carryOutAll(pages: AsyncIterable<Part[]>): Promise<Outcome> {
    const refusals: unknown[] = [];
    let outcome: Outcome = 'ignored';
    for await (const page of pages) {
      const results = await Promise.allSettled(page.map(carryOutPart));
      if (results.some((result) => result.status === 'fulfilled' && result.value)) outcome = 'synced';
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      const passing = failures.find((error) => !isRefusal(error));
      if (passing) throw passing;
      refusals.push(...failures);
    }
    const refusal = refusals.find((error) => !(error instanceof GoneError));
    if (refusal) throw refusal;
    if (outcome === 'ignored' && refusals.length > 0) return 'gone';
    return outcome;
  }

  const carryOut: Way['carryOut'] = async (handler, delivery) => {
    const outcome = handler ? await carryOutAll(parts(handler, delivery)) : 'ignored';
    const { stray } = currentAttempt();
    if (stray) throw stray;
    return outcome;
  };
  return { match, carryOut, apply };
}

/**
 * Returns the way that live traffic takes, for whoever has no message. Each call is an attempt with the time of a message's.
 *
 * @param edit makes of each write that is planned the one that is made
 */
export function createLive(configuration: Configuration, edit?: Edit): LiveWay {
  const { match, carryOut, apply } = createWay(configuration, edit);
  const attempting = <T>(work: () => Promise<T>): Promise<T> =>
    runAttempt(newAttempt(configuration.settings.limits.attemptSeconds * 1000), work);
  return {
    carryOut: (delivery) => attempting(() => carryOut(match(delivery.notification), delivery)),
    apply: (writes) =>
      attempting(async () => {
        await apply(writes);
      }),
  };
}

const isRefusal = (error: unknown): boolean => error instanceof SyncError && error.retry === 'never';
