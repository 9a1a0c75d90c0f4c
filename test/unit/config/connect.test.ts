import { describe, expect, test } from 'vitest';
import { readConnectConfiguration, readConnectVariables, undoable } from '../../../shared/config/connect.ts';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Variables } from '../../doubles/environment.ts';
import { problemsIn } from '../support.ts';

/** What Connect gives an application. */
const CONNECTS = {
  CTP_API_URL: 'https://api.example.org',
  CTP_AUTH_URL: 'https://auth.example.org',
  CTP_PROJECT_KEY: 'demo-shop',
  CTP_SCOPE: 'view_orders:demo-shop view_products:demo-shop',
  CTP_CLIENT_ID: 'the-client',
  CTP_CLIENT_SECRET: 'the-secret',
  KLAVIYO_AUTH_KEY: 'pk_secret',
};
const problemsOf = (variables: Variables) => problemsIn(() => readConfiguration({ ...CONNECTS, ...variables }));
const base64 = (text: string) => `base64:${Buffer.from(text).toString('base64')}`;

describe('the names of commercetools Connect', () => {
  test('are as good as ours', () => {
    expect(readConfiguration(CONNECTS).commercetools).toEqual({
      apiUrl: 'https://api.example.org',
      authUrl: 'https://auth.example.org',
      projectKey: 'demo-shop',
      scopes: ['view_orders:demo-shop', 'view_products:demo-shop'],
      clientId: 'the-client',
      clientSecret: 'the-secret',
    });
  });

  test.each([
    ['CT_API_URL', 'https://api.example.org/'],
    ['CT_AUTH_URL', 'https://auth.example.org'],
    ['CT_PROJECT_ID', 'demo-shop'],
    ['CT_SCOPE', 'view_products:demo-shop  view_orders:demo-shop'],
    ['CT_SCOPES', 'view_products:demo-shop view_orders:demo-shop'],
    ['CT_API_CLIENT', '{"secret": "the-secret", "clientId": "the-client"}'],
  ])('may stand beside %s that says the same', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([]);
  });

  test.each([
    ['CT_API_URL', 'https://other.example.org', 'CTP_API_URL'],
    ['CT_PROJECT_ID', 'other-shop', 'CTP_PROJECT_KEY'],
    ['CT_SCOPE', 'view_orders:demo-shop', 'CTP_SCOPE'],
    ['CT_API_CLIENT', '{"clientId":"other","secret":"other-secret"}', 'CTP_CLIENT_ID and CTP_CLIENT_SECRET'],
  ])('beside %s that says something else are a problem that names both and no value', (name, value, other) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name}: says something else than ${other}: unset one of them`]);
  });

  test('of a client come in twos, and what is wrong is told with the rest', () => {
    expect(problemsOf({ CTP_CLIENT_SECRET: '', KLAVIYO_AUTH_KEY: '' })).toEqual([
      'CTP_CLIENT_SECRET: is needed with CTP_CLIENT_ID',
      expect.stringMatching(/^CT_API_CLIENT: is required/),
      expect.stringMatching(/^KLAVIYO_AUTH_KEY: is required/),
    ]);
  });
});

describe('settings in Base64', () => {
  const read = (value: string) => readConfiguration({ ...CONNECTS, KLAVIYO_SYNC_SETTINGS: value }).settings;

  test('are those that were encoded, in one line or in several', () => {
    const encoded = base64('{"reviews":{"events":true},"customers":{"customFields":{"include":["größe","b"]}}}');

    expect(read(encoded)).toMatchObject({
      reviews: { events: true },
      customers: { customFields: { include: ['größe', 'b'] } },
    });
    expect(read(encoded.replace(/(.{40})/g, '$1\n'))).toEqual(read(encoded));
  });

  test.each([
    ['what is no Base64', 'base64:{"a":1}'],
    ['nothing', 'base64:'],
    [
      'what is cut within a letter',
      `${base64('{"reviews":{}}')
        .replace(/=+$/, '')
        .slice(0, 8 + 4)}A`.slice(0, 12),
    ],
    ['bytes that are no text', `base64:${Buffer.from([0x7b, 0xff, 0xfe]).toString('base64')}`],
  ])('are refused in words when they are %s', (_, value) => {
    expect(problemsOf({ KLAVIYO_SYNC_SETTINGS: value })).toEqual([
      'KLAVIYO_SYNC_SETTINGS: expected the Base64 of a text after base64:',
    ]);
  });

  test.each([
    ['cut', base64('{"reviews":{"events":true}}').slice(0, -8)],
    ['not closed', base64('{"reviews":')],
  ])('whose JSON is %s are no JSON', (_, value) => {
    expect(problemsOf({ KLAVIYO_SYNC_SETTINGS: value })).toEqual(['KLAVIYO_SYNC_SETTINGS: expected JSON']);
  });
});

describe('a function that Connect calls', () => {
  const limitsOf = (limits: object) => {
    const variables = { ...CONNECTS, KLAVIYO_SYNC_SETTINGS: JSON.stringify({ limits }) };
    return readConnectConfiguration(variables).settings.limits;
  };

  test('ends its attempts before the ten seconds of acknowledgement, whatever the settings say', () => {
    expect(limitsOf({})).toEqual({ attemptSeconds: 7, requestSeconds: 4 });
    expect(limitsOf({ attemptSeconds: 60, requestSeconds: 20 })).toEqual({ attemptSeconds: 7, requestSeconds: 4 });
    expect(limitsOf({ attemptSeconds: 5, requestSeconds: 2 })).toEqual({ attemptSeconds: 5, requestSeconds: 2 });
  });

  test('has no limits of its own elsewhere', () => {
    expect(readConfiguration(CONNECTS).settings.limits).toEqual({ attemptSeconds: 50, requestSeconds: 10 });
  });

  test('keeps what it gives up where a variable or a setting says', () => {
    const containerOf = (variables: Variables) =>
      readConnectConfiguration({ ...CONNECTS, ...variables }).settings.deadLetters.container;

    expect(containerOf({})).toBeUndefined();
    expect(containerOf({ DEAD_LETTER_CONTAINER: 'letters' })).toBe('letters');
    expect(containerOf({ KLAVIYO_SYNC_SETTINGS: '{"deadLetters":{"container":"others"}}' })).toBe('others');
    expect(problemsOf({ DEAD_LETTER_CONTAINER: 'no container' })).toEqual([
      expect.stringMatching(/^DEAD_LETTER_CONTAINER: expected 2 to 256 letters/),
    ]);
  });
});

describe('what needs the ticks of a schedule', () => {
  test('is named, as Connect sends none', () => {
    const told = (given = {}) =>
      undoable(readConnectConfiguration({ ...CONNECTS, KLAVIYO_SYNC_SETTINGS: JSON.stringify(given) }));
    const wanted = { checkouts: { urlTemplate: 'https://shop.example.org/{{cartId}}' } };

    expect(told()).toEqual([]);
    expect(told(wanted)).toEqual([expect.stringMatching(/^checkouts\.urlTemplate does nothing here/)]);
    expect(told({ prices: { currency: 'EUR', watchDates: true } })).toEqual([
      expect.stringMatching(/^prices\.watchDates does nothing here/),
    ]);
  });
});

describe('what the API client may not do', () => {
  const container = { DEAD_LETTER_CONTAINER: 'letters' };
  const told = (variables: Variables) => undoable(readConnectConfiguration({ ...CONNECTS, ...variables }));

  test.each([
    ['nothing is to be kept', {}],
    ['it may', { ...container, CTP_SCOPE: 'view_orders:demo-shop manage_key_value_documents:demo-shop' }],
    ['it may do everything', { ...container, CTP_SCOPE: 'manage_project:demo-shop' }],
  ])('is nothing where %s', (_, variables) => {
    expect(told(variables)).toEqual([]);
  });

  test('is to keep dead letters, which is said before there is one', () => {
    expect(told(container)).toEqual([
      expect.stringMatching(/^DEAD_LETTER_CONTAINER keeps nothing.*manage_key_value_documents/),
    ]);
  });
});

describe('what Connect alone tells', () => {
  test('has defaults', () => {
    expect(readConnectVariables({ RECONCILE_OPTIONS: '' })).toEqual({
      SUBSCRIPTION_PREFIX: 'klaviyo-connect',
      RECONCILE_OPTIONS: ['--since', '2d'],
      RECONCILE_MINUTES: 25,
    });
  });

  test('takes options with commas in Base64', () => {
    expect(
      readConnectVariables({ RECONCILE_OPTIONS: base64('--only orders,customers --repair') }).RECONCILE_OPTIONS,
    ).toEqual(['--only', 'orders,customers', '--repair']);
  });

  test('is refused with every problem at once', () => {
    const wrong = { RECONCILE_MINUTES: '45', SUBSCRIPTION_PREFIX: 'a b', CONNECT_SUBSCRIPTION_DESTINATION: 'SQS' };

    expect(() => readConnectVariables(wrong)).toThrow(
      /SUBSCRIPTION_PREFIX: [\s\S]*RECONCILE_MINUTES: .* at most 27\n[\s\S]*CONNECT_SUBSCRIPTION_DESTINATION: /,
    );
  });
});
