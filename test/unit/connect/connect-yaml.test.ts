import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { ALIASES } from '../../../shared/config/aliases.ts';
import { connectSchema } from '../../../shared/config/connect.ts';
import { environmentSchema } from '../../../shared/config/variables.ts';
import { FEATURES } from '../../../tools/operator/doctor/features.ts';

const variable = z.strictObject({
  key: z.string(),
  description: z.string().min(10),
  required: z.boolean(),
  default: z.string().optional(),
});
const configuration = z.strictObject({
  standardConfiguration: z.array(variable).default([]),
  securedConfiguration: z.array(variable).default([]),
});
/** What the documentation knows: https://docs.commercetools.com/connect/development#connectyaml */
const connectYaml = z.strictObject({
  deployAs: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z-]+$/),
      applicationType: z.enum(['event', 'job']),
      endpoint: z.string().startsWith('/'),
      scripts: z.strictObject({ postDeploy: z.string(), preUndeploy: z.string() }).optional(),
      properties: z.strictObject({ schedule: z.string().regex(/^(\S+ ){4}\S+$/) }).optional(),
      configuration: configuration.optional(),
    }),
  ),
  inheritAs: z.strictObject({ apiClient: z.strictObject({ scopes: z.array(z.string()) }), configuration }),
});

const { deployAs, inheritAs } = connectYaml.parse(parse(readFileSync('connect.yaml', 'utf8')));
const standard = [
  ...inheritAs.configuration.standardConfiguration,
  ...deployAs.flatMap((application) => application.configuration?.standardConfiguration ?? []),
];
const secured = inheritAs.configuration.securedConfiguration;
const keys = [...standard, ...secured].map(({ key }) => key);
const guide = readFileSync('docs/connect.md', 'utf8');

describe('connect.yaml', () => {
  test('asks for nothing that is not read, and for nothing twice', () => {
    const read = [...Object.keys(environmentSchema.shape), ...Object.keys(connectSchema.shape)];

    expect(keys.filter((key) => !read.includes(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('asks for all that is required and that Connect does not bring', () => {
    const required = Object.entries<z.ZodType>(environmentSchema.shape).filter(
      ([, schema]) => !schema.safeParse(undefined).success,
    );
    const brought = ['CT_API_URL', 'CT_AUTH_URL', 'CT_PROJECT_ID', 'CT_SCOPE', 'CT_API_CLIENT'];

    expect([...standard, ...secured].filter((one) => one.required).map(({ key }) => key)).toEqual(
      required.map(([name]) => name).filter((name) => !brought.includes(name)),
    );
    expect(ALIASES).toEqual(expect.arrayContaining(['CTP_API_URL', 'CTP_CLIENT_ID', 'CTP_CLIENT_SECRET']));
  });

  test('names the defaults that there are', () => {
    const { SUBSCRIPTION_PREFIX, RECONCILE_OPTIONS, RECONCILE_MINUTES } = connectSchema.parse({});
    const defaults = Object.fromEntries(
      standard.flatMap(({ key, default: value }) => (value === undefined ? [] : [[key, value]])),
    );

    expect(defaults).toEqual({
      SUBSCRIPTION_PREFIX,
      RECONCILE_OPTIONS: RECONCILE_OPTIONS.join(' '),
      RECONCILE_MINUTES: String(RECONCILE_MINUTES),
    });
  });

  test('keeps the key of Klaviyo among the secrets', () => {
    expect(secured.map(({ key }) => key)).toEqual(['KLAVIYO_AUTH_KEY']);
  });

  test('has the scopes that the doctor looks for, and those of the scripts', () => {
    const needed = FEATURES.flatMap(({ commercetools, optional = [] }) => [
      ...commercetools,
      ...optional.map(({ scope }) => scope),
    ]);

    expect([...inheritAs.apiClient.scopes].sort()).toEqual([...new Set([...needed, 'manage_subscriptions'])].sort());
  });

  test('reads what Terraform’s client reads', () => {
    const terraform = readFileSync('terraform/commercetools.tf', 'utf8').match(/"view_\w+"/g) ?? [];
    // To manage custom objects, as Connect does for its dead letters, is to view them.
    const views = inheritAs.apiClient.scopes
      .map((scope) => scope.replace('manage_key_value_documents', 'view_key_value_documents'))
      .filter((scope) => scope.startsWith('view_'));

    expect(views.sort()).toEqual([...new Set(terraform)].map((scope) => scope.slice(1, -1)).sort());
  });

  test('has an event application with both scripts, and a job with a schedule', () => {
    expect(
      deployAs.map(({ applicationType, scripts, properties }) => [applicationType, !scripts, !properties]),
    ).toEqual([
      ['event', false, true],
      ['job', true, false],
    ]);
  });
});

describe('the guide to Connect', () => {
  test('names every variable', () => {
    const all = [...keys, ...Object.keys(connectSchema.shape), ...ALIASES.filter((name) => name.startsWith('CTP_'))];

    expect(all.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  test('gives variables as the command line takes them', () => {
    const given = [...guide.matchAll(/\b(?:([a-z-]+)\.)?([A-Z_]{4,})=(\S*)/g)].map(([, application, key, value]) => ({
      takenBy: (application ? deployAs.find(({ name }) => name === application) : inheritAs)?.configuration,
      key,
      value,
    }));
    const keysOf = (one: z.output<typeof configuration> | undefined) =>
      [...(one?.standardConfiguration ?? []), ...(one?.securedConfiguration ?? [])].map(({ key }) => key);

    expect(given.length).toBeGreaterThan(3);
    expect(given.filter(({ takenBy, key, value }) => !keysOf(takenBy).includes(String(key)) || !value)).toEqual([]);
  });
});
