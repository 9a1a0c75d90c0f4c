import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import { VARIABLES } from '../../../shared/config/variables.ts';
import type { Variables } from '../../doubles/environment.ts';
import { problemsIn } from '../support.ts';

const REQUIRED = {
  CT_API_URL: 'https://api.example.org',
  CT_AUTH_URL: 'https://auth.example.org',
  CT_PROJECT_ID: 'demo-shop',
  CT_SCOPE: 'view_orders:demo-shop view_products:demo-shop',
  CT_API_CLIENT: '{"clientId":"the-client","secret":"the-secret"}',
  KLAVIYO_AUTH_KEY: 'pk_secret',
};
const read = (variables: Variables = {}) => readConfiguration({ ...REQUIRED, ...variables });
const problemsOf = (variables: Variables) => problemsIn(() => read(variables));

describe('readConfiguration', () => {
  it('reads what is required', () => {
    expect(read()).toMatchObject({
      commercetools: {
        apiUrl: 'https://api.example.org',
        authUrl: 'https://auth.example.org',
        projectKey: 'demo-shop',
        scopes: ['view_orders:demo-shop', 'view_products:demo-shop'],
        clientId: 'the-client',
        clientSecret: 'the-secret',
      },
      klaviyo: { apiKey: 'pk_secret' },
      skipBase64Encoding: false,
      logLevel: 'info',
    });
  });

  it('reads what is optional', () => {
    const configuration = read({
      KLAVIYO_API_URL: 'http://127.0.0.1:9000/',
      APP_TYPE: 'EVENT',
      PORT: '8080',
      PUB_SUB_PORT: '8081',
      PRODUCT_URL_TEMPLATE: 'https://shop.example.org/{{sku}}',
      PREFERRED_LOCALE: 'de-DE',
      PREFERRED_CURRENCY: 'EUR',
      LOG_LEVEL: 'debug',
      GOOGLE_CLOUD_PROJECT: 'my-project',
    });
    expect(configuration).toMatchObject({
      klaviyo: { apiUrl: 'http://127.0.0.1:9000' },
      logLevel: 'debug',
      googleCloudProject: 'my-project',
      settings: {
        locale: 'de-DE',
        productUrlTemplate: 'https://shop.example.org/{{sku}}',
        prices: { currency: 'EUR' },
      },
    });
  });

  it('takes CT_SCOPES for CT_SCOPE, which wins when both are set', () => {
    expect(read({ CT_SCOPE: undefined, CT_SCOPES: 'a  b\n' }).commercetools.scopes).toEqual(['a', 'b']);
    expect(read({ CT_SCOPE: 'a', CT_SCOPES: 'b' }).commercetools.scopes).toEqual(['a']);
  });

  it.each([
    [undefined, false],
    ['', false],
    ['false', false],
    ['FALSE', false],
    ['0', false],
    ['no', false],
    ['off', false],
    ['true', true],
    ['1', true],
    ['anything', true],
    ['disabled', true],
  ])('takes SKIP_BASE64_ENCODING=%s for %s', (value, expected) => {
    expect(read({ SKIP_BASE64_ENCODING: value }).skipBase64Encoding).toBe(expected);
  });

  it('reports every problem at once, by name', () => {
    const variables = Object.fromEntries(Object.keys(REQUIRED).map((name) => [name, '']));
    const problems = problemsOf({
      ...variables,
      LOG_LEVEL: 'loud',
      PORT: 'http',
      KLAVIYO_SYNC_SETTINGS: '{"metrics":{"placed":"x"},"prices":{"country":"x","currency":"EUR"}}',
    });
    for (const name of [...Object.keys(REQUIRED), 'LOG_LEVEL', 'PORT', 'placed', 'prices.country']) {
      expect(problems.filter((problem) => problem.includes(name))).toHaveLength(1);
    }
  });

  it('reports what is wrong together beside what is missing', () => {
    const settings = '{"prices":{"country":"DE","watchDates":true}}';
    const problems = problemsOf({ CT_API_URL: '', PUSH_AUDIENCE: 'x', KLAVIYO_SYNC_SETTINGS: settings });
    expect(problems).toHaveLength(4);
    for (const name of ['CT_API_URL', 'PUSH_SERVICE_ACCOUNT', 'prices.country', 'prices.watchDates'])
      expect(problems.join('\n')).toContain(`${name}: `);
  });

  it.each([
    ['CT_API_URL', 'api.example.org'],
    ['CT_AUTH_URL', 'ftp://auth.example.org'],
    ['CT_SCOPE', '  '],
    ['CT_API_CLIENT', 'not json'],
    ['CT_API_CLIENT', '{"clientId":"the-client"}'],
    ['CT_API_CLIENT', '"the-client"'],
    ['KLAVIYO_API_URL', 'localhost'],
    ['HTTPS_PROXY', 'proxy.example.org:3128'],
    ['HTTP_PROXY', 'socks5://proxy.example.org'],
    ['APP_TYPE', 'BULK_IMPORT'],
    ['PORT', '70000'],
    ['PUB_SUB_PORT', 'x'],
    ['PRODUCT_URL_TEMPLATE', 'https://shop.example.org/{{id}}'],
    ['PRODUCT_URL_TEMPLATE', 'https://shop.example.org/{{sku'],
    ['PREFERRED_LOCALE', 'x'],
    ['PREFERRED_CURRENCY', 'euro'],
    ['LOG_LEVEL', 'loud'],
    ['KLAVIYO_SYNC_SETTINGS', '{"metrics":'],
    ['KLAVIYO_SYNC_SETTINGS', '{"prices":null}'],
    ['KLAVIYO_SYNC_SETTINGS', '{"prices":7}'],
    ['KLAVIYO_SYNC_SETTINGS', '/no/such/file.json'],
  ])('refuses %s=%s', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}`));
  });

  it('takes who may push only with what the token is for, and the other way round', () => {
    const pusher = {
      PUSH_AUDIENCE: 'https://sync.example.org',
      PUSH_SERVICE_ACCOUNT: 'push@demo.iam.gserviceaccount.com',
    };
    for (const [name, value] of Object.entries(pusher)) {
      const [problem] = problemsOf({ [name]: value });
      for (const either of Object.keys(pusher)) expect(problem).toContain(either);
    }
    const { PUSH_AUDIENCE: audience, PUSH_SERVICE_ACCOUNT: serviceAccount } = pusher;
    expect(read(pusher).pusher).toEqual({ audience, serviceAccount });
  });

  it.each(['country', 'channel'])('refuses the %s of prices without a currency, which may be either’s', (name) => {
    const prices = { [name]: 'DE' };
    expect(problemsOf({ KLAVIYO_SYNC_SETTINGS: JSON.stringify({ prices }) })).toEqual([
      expect.stringMatching(new RegExp(`^KLAVIYO_SYNC_SETTINGS\\.prices\\.${name}: .*PREFERRED_CURRENCY`)),
    ]);
    const settings = JSON.stringify({ prices: { ...prices, currency: 'EUR' } });
    expect(problemsOf({ KLAVIYO_SYNC_SETTINGS: settings })).toEqual([]);
    expect(problemsOf({ KLAVIYO_SYNC_SETTINGS: JSON.stringify({ prices }), PREFERRED_CURRENCY: 'EUR' })).toEqual([]);
  });

  it('never repeats a value that it refuses', () => {
    const secret = 'pk_0123456789';
    const problems = VARIABLES.flatMap((name) => problemsOf({ [name]: secret }));
    expect(problems.length).toBeGreaterThan(5);
    expect(problems.join('\n')).not.toContain(secret);
  });

  it('gives settings that nobody can change, as an extension gets them', () => {
    const { settings } = read();
    expect(() => settings.orders.placedStates.push('Complete')).toThrow(TypeError);
  });

  it('says in its message what is wrong', () => {
    const variables = { ...REQUIRED, CT_PROJECT_ID: undefined };
    expect(() => readConfiguration(variables)).toThrow(/CT_PROJECT_ID: is required: the project key/);
  });

  it('reads the environment of the process unless told otherwise', () => {
    for (const [name, value] of Object.entries(REQUIRED)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(readConfiguration().commercetools.projectKey).toBe('demo-shop');
  });
});
