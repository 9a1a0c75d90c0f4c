import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createCommercetools } from '../../shared/commercetools/index.ts';
import { type Configuration, readConfiguration } from '../../shared/config/environment.ts';
import { type Settings, settingsSchema } from '../../shared/config/settings.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import type { ProfileLookup } from '../../shared/klaviyo/profiles.ts';
import type { Event, Write } from '../../shared/klaviyo/writes.ts';
import { createLogger } from '../../shared/log/logger.ts';
import { createPlanner } from '../../shared/planner.ts';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import type { Notification } from '../../shared/platform-format/schema.ts';
import { dataOf } from '../doubles/delivery.ts';
import { shopVariables } from '../doubles/environment.ts';
import { type Shop, startShop } from '../doubles/shop/index.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import type { Fields } from './factories.ts';

/** Settings with every default but for what is given. Throws when what is given is not allowed. */
export const settings = (given: Fields = {}): Settings => settingsSchema.parse(given);

/** What Pub/Sub pushes for a payload. */
export const push = (payload: unknown, message: Fields = {}): Fields => ({
  message: { data: dataOf(JSON.stringify(payload)), messageId: 'message-1', ...message },
});

/** Opens and parses what the functions-framework hands over. */
export function decode(event: unknown, mayBePosted?: boolean) {
  const { content, ...envelope } = openEnvelope(event, mayBePosted);
  return { ...envelope, notification: parseNotification({ content }) };
}

/** A fixture, with other fields where they are given, as a decoded notification. */
export const notification = (name: string, fields: Fields = {}): Notification =>
  decode(push({ ...fixture(name), ...fields })).notification;

/** The configuration that reads from a shop. */
export const configurationOf = (shop: Shop, given: Fields = {}): Configuration =>
  readConfiguration({
    ...shopVariables(shop),
    KLAVIYO_AUTH_KEY: 'pk_test',
    KLAVIYO_SYNC_SETTINGS: JSON.stringify(given),
  });

/** The settings under which handlers are tested unless a test says otherwise. */
const USUAL = {
  locale: 'en-GB',
  productUrlTemplate: 'https://shop.example.org/{{locale}}/{{productSlug}}',
  prices: { currency: 'EUR', country: 'DE' },
};

/** What Klaviyo does not know of a profile. */
export const UNTOLD = { phoneNumber: undefined, hasName: false, hasPlace: false };

/** Klaviyo knows every customer of the seed, and nobody else. */
const known = seeded('customer').map(({ id, email }) => ({ id: `profile of ${id}`, externalId: id, email, ...UNTOLD }));
const knownProfiles: ProfileLookup = {
  byEmail: async (wanted) => known.find(({ email }) => email === wanted),
  byExternalId: async (wanted) => known.find(({ externalId }) => externalId === wanted),
};

/** When the message was published, what was written before, and whom Klaviyo knows; by default the customers. */
interface PlanOptions {
  publishedAt?: number;
  previous?: Write[];
  profiles?: ProfileLookup;
}

/** A planner that reads from a shop. */
export function plannerOf(shop: Shop, given: Fields = {}, profiles = knownProfiles) {
  const configuration = configurationOf(shop, given);
  return createPlanner(configuration, createCommercetools(configuration), profiles);
}

/** A running local shop, back to its seed before each test of the file. */
export function localShop() {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  beforeEach(() => shop.reset());
  afterAll(() => shop.stop());

  return {
    get shop() {
      return shop;
    },
    /** The readers of the shop. */
    reader: (given: Fields = {}) => createCommercetools(configurationOf(shop, given)),
    /** What is planned for a notification; nothing without a handler. */
    async plan(
      notification: Notification,
      given: Fields = {},
      { publishedAt, previous, profiles = knownProfiles }: PlanOptions = {},
    ): Promise<Write[]> {
      const { match, plan } = plannerOf(shop, { ...USUAL, ...given }, profiles);
      const handler = match(notification);
      return handler ? plan(handler, { notification, publishedAt }, previous) : [];
    },
  };
}

/** The events of a plan. */
export const eventsOf = (writes: Write[]): Event[] =>
  writes.flatMap((write) => (write.kind === 'createEvent' ? [write.event] : []));

/** What a promise rejects with. Throws when it does not reject. */
export const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => error,
  );

/** A logger, and the lines that it has written so far. */
export function recordingLogger(level = 'trace') {
  const texts: string[] = [];
  const logger = createLogger(level, { write: (text) => texts.push(text) });
  return { logger, texts, lines: () => texts.map((text): Fields => JSON.parse(text)) };
}

/** Returns what is wrong with a configuration that is read; nothing for one that can be used. */
export function problemsIn(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return error instanceof ConfigurationError ? error.problems : expect.unreachable();
  }
}
