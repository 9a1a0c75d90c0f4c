import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import * as original from 'klaviyo-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { bundle } from '../../tools/build/bundle.ts';
import { CALLS } from '../../tools/build/lazy-klaviyo.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../doubles/klaviyo/server.ts';

type Sdk = typeof original;

let folder: string;
let bundled: Sdk;
let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  await mkdir('build', { recursive: true });
  folder = await mkdtemp('build/bundled-klaviyo-');
  const outfile = resolve(folder, 'sdk.cjs');
  const contents = "module.exports = require('klaviyo-api');";
  await bundle({ stdin: { contents, resolveDir: process.cwd() }, outfile });
  bundled = createRequire(outfile)(outfile);
  klaviyo = await startKlaviyo({ openApi: '' });
});

afterAll(async () => {
  await klaviyo.stop();
  await rm(folder, { recursive: true });
});

const location = { address1: 'Beispielallee 7a', city: null, country: 'DE', latitude: '48.1' };
const profile = {
  email: 'lena@example.org',
  externalId: '1',
  firstName: null,
  location,
  properties: { points: 0, gone: null },
};
const entry = {
  ...{
    externalId: 'x',
    title: 'Jeans',
    name: 'Jeans',
    description: '',
    url: 'None',
    imageFullUrl: null,
    price: 1.5,
    sku: 'x',
  },
  ...{ customMetadata: { title_json: '{}' }, published: true, inventoryQuantity: 0, inventoryPolicy: 1 },
};

/** A request with every kind of attribute that any of our calls sends; what a call does not know is dropped. */
function query(
  {
    DataPrivacyDeletionJobEnum,
    EventBulkCreateEnum,
    EventBulkCreateJobEnum,
    EventEnum,
    MetricEnum,
    ProfileEnum,
    ProfileMergeEnum,
    ProfileSubscriptionBulkCreateJobEnum,
    ProfileSubscriptionBulkDeleteJobEnum,
    SubscriptionParameters,
    UnsubscriptionParameters,
    ListEnum,
    CatalogItemEnum,
    CatalogCategoryEnum,
    CatalogVariantEnum,
  }: Sdk,
  call: string,
) {
  const category = { type: CatalogCategoryEnum.CatalogCategory, id: 'c' };
  const item = { type: CatalogItemEnum.CatalogItem, id: 'i' };
  const relationships = { categories: { data: [category] }, item: { data: item } };
  if (call.startsWith('updateCategories')) return { data: [category] };
  if (call.includes('Category')) return { data: { ...category, attributes: entry } };
  if (call.includes('Variant'))
    return { data: { type: CatalogVariantEnum.CatalogVariant, id: 'v', attributes: entry, relationships } };
  if (call.includes('Item')) return { data: { ...item, attributes: entry, relationships } };
  if (call.startsWith('merge')) {
    const profiles = { data: [{ type: ProfileEnum.Profile, id: 'q' }] };
    return { data: { type: ProfileMergeEnum.ProfileMerge, id: 'p', relationships: { profiles } } };
  }
  const person = {
    type: ProfileEnum.Profile,
    id: 'p',
    attributes: { email: profile.email, phoneNumber: '+4930901820' },
  };
  if (call === 'requestProfileDeletion') {
    const data = { ...person, attributes: {} };
    return { data: { type: DataPrivacyDeletionJobEnum.DataPrivacyDeletionJob, attributes: { profile: { data } } } };
  }
  if (call.includes('bscribe')) {
    const isGiven = call === 'bulkSubscribeProfiles';
    const consent = isGiven
      ? SubscriptionParameters.ConsentEnum.Subscribed
      : UnsubscriptionParameters.ConsentEnum.Unsubscribed;
    const subscriptions = { email: { marketing: { consent } }, sms: { marketing: { consent } } };
    const data = [{ ...person, attributes: { ...person.attributes, subscriptions } }];
    const type = isGiven
      ? ProfileSubscriptionBulkCreateJobEnum.ProfileSubscriptionBulkCreateJob
      : ProfileSubscriptionBulkDeleteJobEnum.ProfileSubscriptionBulkDeleteJob;
    const list = { data: { type: ListEnum.List, id: 'L1' } };
    return { data: { type, attributes: { customSource: 'shop', profiles: { data } }, relationships: { list } } };
  }
  if (call.includes('Profile'))
    return { data: { type: ProfileEnum.Profile, id: 'p', attributes: { ...profile, phoneNumber: '+4930901820' } } };
  const told = {
    ...{
      properties: { Items: [{ SKU: 'x' }] },
      time: new Date(0),
      value: 1.5,
      valueCurrency: 'EUR',
      uniqueId: 'o',
      backfill: false,
    },
    metric: { data: { type: MetricEnum.Metric, attributes: { name: 'Placed Order' } } },
  };
  const buyer = { profile: { data: { type: ProfileEnum.Profile, attributes: profile } } };
  if (call.startsWith('bulk')) {
    const events = { data: [{ type: EventEnum.Event, attributes: told }] };
    const data = [{ type: EventBulkCreateEnum.EventBulkCreate, attributes: { ...buyer, events } }];
    return { data: { type: EventBulkCreateJobEnum.EventBulkCreateJob, attributes: { eventsBulkCreate: { data } } } };
  }
  return { data: { type: EventEnum.Event, attributes: { ...told, ...buyer } } };
}

const answered = z.looseObject({ body: z.unknown().optional() });

/** What a call sends and what it gives back. */
async function perform(sdk: Sdk, api: string, call: string) {
  klaviyo.reset();
  const name = `${api.charAt(0).toUpperCase()}${api.slice(1)}`;
  const client: Record<string, unknown> = Reflect.construct(Reflect.get(sdk, name), [
    new sdk.ApiKeySession(klaviyo.apiKey, new sdk.RetryWithExponentialBackoff({ numRetries: 1 })),
  ]);
  client.basePath = klaviyo.url;
  const options = {
    filter: 'equals(email,"lena@example.org")',
    fieldsCatalogVariant: ['external_id'],
    additionalFieldsProfile: ['subscriptions'],
    pageCursor: undefined,
  };
  const takesQuery = /^(create|update|merge|bulk|request)/.test(call);
  const takesId =
    /^(update|delete|getVariants|getCategoryIds|getListIds|get(Profile|CatalogItem|CatalogVariant)$)/.test(call);
  const parameters = [
    ...(takesId ? ['i'] : []),
    ...(takesQuery ? [query(sdk, call)] : []),
    ...(/^get/.test(call) ? [options] : []),
  ];
  const underWay: unknown = Reflect.apply(Object(client)[call], client, parameters);
  const answer = answered.parse(await Promise.resolve(underWay).catch(() => ({})));
  const [request] = klaviyo.requests;
  return {
    method: request?.method,
    path: request?.path,
    sent: request?.body,
    given: forget(answer.body),
    status: request?.status,
  };
}

/** Without what differs from one run to the next. */
const forget = (body: unknown) =>
  JSON.parse(JSON.stringify(body ?? null), (key, value) =>
    ['id', 'self', 'created', 'updated'].includes(key) ? undefined : value,
  );

test.each(Object.entries(CALLS).flatMap(([api, calls]) => calls.map((call) => [api, call] as const)))(
  'the bundled %s.%s sends and gives what the original does',
  async (api, call) => {
    const expected = await perform(original, api, call);
    expect(expected.path).toBeDefined();
    expect(await perform(bundled, api, call)).toEqual(expected);
  },
);

test('the calls are those that the function makes', async () => {
  const { inputs } = await bundle({ outfile: resolve(folder, 'index.cjs') });
  const klaviyos = Object.keys(inputs).filter((path) => path.startsWith('shared/klaviyo/'));
  const source = klaviyos.map((path) => readFileSync(path, 'utf8'));
  const made = source.flatMap((text) => [...text.matchAll(/\bapi\.(\w+)\(/g)].map(([, call]) => call));
  expect([...new Set(made)].sort()).toEqual(Object.values(CALLS).flat().sort());
});

test('what our calls do not need is still there', () => {
  expect(typeof bundled.Klaviyo.AccountsApi).toBe('function');
  expect(Object.keys(new bundled.TagsApi(new bundled.ApiKeySession('pk_test')))).not.toEqual([]);
});
