import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createCommercetools } from '../../shared/commercetools/index.ts';
import { type Configuration, readConfiguration } from '../../shared/config/environment.ts';
import { CHANNELS } from '../../shared/config/settings/consent.ts';
import { SyncError } from '../../shared/errors.ts';
import type { Write } from '../../shared/klaviyo/writes.ts';
import { createLogger } from '../../shared/log/logger.ts';
import { createPlanner } from '../../shared/planner.ts';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import { createSync } from '../../shared/sync.ts';
import { pushBody } from '../doubles/delivery.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { startShop } from '../doubles/shop/index.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture, fixtureNames } from '../fixtures/index.ts';
import { environmentFor } from '../integration/support.ts';
import { mutatedNotification, writtenOut } from './hostile.ts';
import { runs } from './runs.ts';

const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

const FIELDS = ['newsletter', 'floor'];
const field = fc.option(fc.constantFrom(...FIELDS), { nil: undefined, freq: 3 });
const channel = fc.option(
  fc
    .record({ customerField: field, orderField: field, list: fc.constantFrom(undefined, 'L1') })
    .filter(({ customerField, orderField }) => Boolean(customerField ?? orderField)),
  { nil: undefined },
);

/** Any settings of erasure, consent and stores. A message of a year ago may subscribe, so that fixtures can. */
const anySettings = fc.record({
  customers: fc.record({ onDelete: fc.constantFrom('keep', 'erase-on-request', 'erase') }),
  stores: fc.constantFrom({}, {}, {}, { include: ['summit'] }, { include: ['valley'], withoutStore: false }),
  consent: fc.record({ email: channel, sms: channel, withinHours: fc.constantFrom(24, 24 * 400) }),
  catalog: fc.constant({ categoryCacheSeconds: 0 }),
});
type Given = typeof anySettings extends fc.Arbitrary<infer T> ? T : never;

/** Those that are meant to, and their neighbours. */
const TELLING = fixtureNames().filter((name) =>
  /^Customer(Created|Custom)|^OrderCreated|^ResourceDeleted.customer/.test(name),
);

/** A fixture as it is, with something unexpected in it, or with a yes or a no in every place that may hold one. */
const anyNotification = fc.oneof(
  fc.constantFrom(...fixtureNames()).map((name) => JSON.stringify(fixture(name))),
  mutatedNotification.map(writtenOut),
  fc
    .tuple(fc.constantFrom(...TELLING), fc.constantFrom(...FIELDS), fc.constantFrom(true, false, 'true', 1, null))
    .map(([name, key, value]) => {
      const told = fixture(name);
      for (const one of [told.customer, told.order]) if (one) Object(one).custom = { fields: { [key]: value } };
      const customFields = { fields: { [key]: value } };
      return JSON.stringify({ ...told, dataErasure: value, name: key, value, previousValue: !value, customFields });
    }),
);

/** One of each kind, as chance may pass them over. */
const EXAMPLES = [
  { ...fixture('ResourceDeleted.customer'), dataErasure: true },
  { ...fixture('CustomerCustomFieldAdded'), name: 'newsletter', value: true, createdAt: new Date().toISOString() },
  { ...fixture('CustomerCustomFieldRemoved'), name: 'newsletter' },
].map((told): [Given, string] => [
  {
    customers: { onDelete: 'erase-on-request' },
    stores: {},
    consent: {
      email: { customerField: 'newsletter', orderField: undefined, list: 'L1' },
      sms: undefined,
      withinHours: 24,
    },
    catalog: { categoryCacheSeconds: 0 },
  },
  JSON.stringify(told),
]);

const environmentOf = (given: Given) => environmentFor(shop, klaviyo, { KLAVIYO_SYNC_SETTINGS: JSON.stringify(given) });

const DANGEROUS = ['eraseProfile', 'subscribe', 'unsubscribe'];

/** Whether the rows of the design allow a dangerous write, told from the notification alone. */
function isAllowed({ kind }: Write, notification: Record<string, unknown>, given: Given): boolean {
  const { notificationType, resource, dataErasure } = notification;
  if (kind !== 'eraseProfile') return notificationType === 'Message' && isAllowedConsent(kind, notification, given);
  const { onDelete } = given.customers;
  const isAsked = onDelete === 'erase' || (onDelete === 'erase-on-request' && dataErasure === true);
  return notificationType === 'ResourceDeleted' && Object(resource).typeId === 'customer' && isAsked;
}

function isAllowedConsent(kind: string, notification: Record<string, unknown>, { consent }: Given): boolean {
  const { type = Object(notification.payloadNotIncluded).payloadType, name, value } = notification;
  const fields = CHANNELS.map((channel) => consent[channel]);
  const names = fields.flatMap((one) => one?.customerField ?? []);
  const isField = names.some((one) => one === name);
  switch (type) {
    case 'OrderCreated':
      return kind === 'subscribe' && fields.some((one) => one?.orderField);
    case 'CustomerCreated':
      return kind === 'subscribe' && names.length > 0;
    case 'CustomerCustomTypeSet':
      return names.length > 0;
    case 'CustomerCustomFieldAdded':
      return kind === 'subscribe' && isField && value === true;
    case 'CustomerCustomFieldChanged':
      return isField && value === (kind === 'subscribe');
    default:
      return kind === 'unsubscribe' && isField && type === 'CustomerCustomFieldRemoved';
  }
}

const dangerousCalls = () =>
  klaviyo.requests.filter(({ path }) => /data-privacy|profile-subscription|suppression/.test(path));

/** Lets every customer of the shop say yes, or no, in each field. */
async function letAllSay(says: boolean): Promise<void> {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, says]));
  for (const customer of seeded('customer'))
    await shop.put('customer', { ...customer, custom: { type: { typeId: 'type', id: 'any' }, fields } });
}

/** What is planned of a notification, to an account that knows nobody; nothing of what is refused. */
async function plannedFor(text: string, configuration: Configuration): Promise<Write[]> {
  const nobody = async () => undefined;
  const profiles = { byEmail: nobody, byExternalId: nobody };
  const { match, plan } = createPlanner(configuration, createCommercetools(configuration), profiles);
  try {
    const notification = parseNotification(openEnvelope(pushBody(text)));
    const handler = match(notification);
    return handler ? await plan(handler, { notification }) : [];
  } catch (error) {
    if (error instanceof SyncError) return [];
    throw error;
  }
}

test.each([
  [true, ['eraseProfile', 'subscribe']],
  [false, ['eraseProfile', 'unsubscribe']],
])('nothing but what is meant to erases, subscribes or unsubscribes anybody, while all say %s', async (says, kinds) => {
  await letAllSay(says);
  const seen = new Set<string>();

  const property = fc.asyncProperty(anySettings, anyNotification, async (given, text) => {
    klaviyo.reset();
    const configuration = readConfiguration(environmentOf(given));
    const dangerous = (await plannedFor(text, configuration)).filter(({ kind }) => DANGEROUS.includes(kind));
    const told = dangerous.length > 0 ? JSON.parse(text) : {};
    const notification = 'specversion' in told ? told.data : told;
    expect(dangerous.filter((write) => !isAllowed(write, notification, given))).toEqual([]);
    for (const { kind } of dangerous) seen.add(kind);

    await createSync(configuration, createLogger('silent'))(openEnvelope(pushBody(text))).catch(() => {});
    if (dangerous.length === 0) expect(dangerousCalls()).toEqual([]);
  });
  await fc.assert(property, { ...runs(80), seed: 12, examples: EXAMPLES });
  // The property looks at something. An order may say yes whatever the customers say.
  expect([...seen]).toEqual(expect.arrayContaining(kinds));
});
