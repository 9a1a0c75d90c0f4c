import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { explain } from '../validate.ts';
import { json, jsonOrPath, port, requiredText, url } from './schemas.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { checkTogether } from './together.ts';

type Variables = Record<string, string | undefined>;

const { locale, productUrlTemplate, prices } = settingsSchema.shape;

/** The variables that are read, each with its description. `npm run docs` writes the README's table from this schema. */
export const environmentSchema = z.object({
  CT_API_URL: url.describe('API of the commercetools region'),
  CT_AUTH_URL: url.describe('authorization server of the commercetools region'),
  CT_PROJECT_ID: requiredText('the project key')
    .regex(/^[\w-]+$/, 'expected the project key: letters, digits, _ and -')
    .describe('key of the commercetools project'),
  CT_SCOPE: requiredText('scopes separated by spaces')
    .transform((scopes) => scopes.split(/\s+/))
    .describe('scopes of the API client, separated by spaces; also read as `CT_SCOPES`'),
  CT_API_CLIENT: json
    .pipe(
      z.object(
        { clientId: requiredText('the id'), secret: requiredText('the secret') },
        'expected {"clientId":"…","secret":"…"}',
      ),
    )
    .describe('API client of commercetools: `{"clientId":"…","secret":"…"}`'),
  KLAVIYO_AUTH_KEY: requiredText('a private API key of Klaviyo').describe(
    'private API key of Klaviyo with full access to profiles, events, catalogs and data privacy; with consent, lists and subscriptions too',
  ),
  KLAVIYO_API_URL: url.optional().describe('another address of Klaviyo, for tests'),
  APP_TYPE: z
    .literal('EVENT', 'only EVENT (or unset): this project has the real-time module only')
    .optional()
    .describe('`EVENT` or unset: there is the real-time module only'),
  PORT: port.describe('port that `npm start` listens on; wins over `PUB_SUB_PORT`'),
  PUB_SUB_PORT: port.describe('port that `npm start` listens on; 8080 when unset'),
  HOST: z
    .string()
    .optional()
    .describe('address to listen on, such as `0.0.0.0`; when unset, `npm start` listens to this machine only'),
  PUSH_AUDIENCE: z
    .string()
    .optional()
    .describe('audience of the token that Pub/Sub sends with each push; when set, nobody else is let in'),
  PUSH_SERVICE_ACCOUNT: z
    .email('expected the address of a service account')
    .optional()
    .describe('service account that the push subscription signs its tokens with; needed with `PUSH_AUDIENCE`'),
  SKIP_BASE64_ENCODING: z
    .stringbool({ falsy: ['false', '0', 'no', 'off'] })
    .catch(true)
    .default(false)
    .describe(
      'when set, a PlatformFormat payload may be posted as the body itself; `false`, `0`, `no` and `off` count as unset',
    ),
  PRODUCT_URL_TEMPLATE: productUrlTemplate.describe(
    'URL of a product, with `{{productSlug}}`, `{{productId}}`, `{{productKey}}`, `{{sku}}`, `{{locale}}`',
  ),
  PREFERRED_LOCALE: locale.describe(
    'locale of names and texts, in any case; then its language (`de-DE` for `de` and `de-AT`), then the first there is',
  ),
  PREFERRED_CURRENCY: prices
    .unwrap()
    .shape.currency.describe(
      'currency of catalog prices, needed for Standalone prices; the first price there is when unset',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe(
      'least level that is logged: `trace`, `debug`, `info` (when unset), `warn`, `error`, `fatal` or `silent`',
    ),
  KLAVIYO_SYNC_SETTINGS: jsonOrPath
    .pipe(json)
    .pipe(settingsSchema)
    .prefault('{}')
    .describe('the settings below, as JSON or as the path of a JSON file'),
  HTTPS_PROXY: url.optional().describe('proxy for calls over https, as a URL; `https_proxy` wins'),
  HTTP_PROXY: url.optional().describe('proxy for calls over http, as a URL; `http_proxy` wins'),
  NO_PROXY: z
    .string()
    .optional()
    .describe('hosts that are called without a proxy, with commas between; `no_proxy` wins'),
  GOOGLE_CLOUD_PROJECT: z.string().optional().describe('project id, for links from the log to traces'),
});

/** The names of the variables. */
export const VARIABLES = Object.keys(environmentSchema.shape);

/** Looks also where another variable is missing, so that nobody mends one problem to hear of the next. */
const checkedSchema = environmentSchema.superRefine(checkTogether, { when: () => true });

/** Everything that the process reads from its environment. */
export interface Configuration {
  commercetools: {
    apiUrl: string;
    authUrl: string;
    projectKey: string;
    scopes: string[];
    clientId: string;
    clientSecret: string;
  };
  klaviyo: { apiKey: string; apiUrl?: string };
  /** Address to listen on; the framework's choice, all of them, when undefined. */
  host?: string;
  /** Whose pushes are let in, and what their tokens are for; anybody's when undefined. */
  pusher?: { audience: string; serviceAccount: string };
  /** Whether a PlatformFormat payload may be posted as the body itself. */
  skipBase64Encoding: boolean;
  logLevel: string;
  /** Google Cloud project, for trace links in the log. */
  googleCloudProject?: string;
  settings: Settings;
}

/**
 * Reads and checks the environment. With `early.ts` the one place that knows `process.env`. An empty variable counts as
 * unset.
 *
 * @throws ConfigurationError with every problem at once, by name and without values
 */
export function readConfiguration(variables: Variables = process.env): Configuration {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
  const { success, data: env, error } = checkedSchema.safeParse({ CT_SCOPE: given.CT_SCOPES, ...given });
  if (!success) throw new ConfigurationError(explain(error));
  const { KLAVIYO_SYNC_SETTINGS: settings, CT_API_CLIENT: apiClient } = env;
  const { PUSH_AUDIENCE: audience, PUSH_SERVICE_ACCOUNT: serviceAccount } = env;
  return {
    commercetools: {
      apiUrl: env.CT_API_URL,
      authUrl: env.CT_AUTH_URL,
      projectKey: env.CT_PROJECT_ID,
      scopes: env.CT_SCOPE,
      clientId: apiClient.clientId,
      clientSecret: apiClient.secret,
    },
    klaviyo: { apiKey: env.KLAVIYO_AUTH_KEY, apiUrl: env.KLAVIYO_API_URL },
    host: env.HOST,
    pusher: audience && serviceAccount ? { audience, serviceAccount } : undefined,
    skipBase64Encoding: env.SKIP_BASE64_ENCODING,
    logLevel: env.LOG_LEVEL,
    googleCloudProject: env.GOOGLE_CLOUD_PROJECT,
    settings: {
      ...settings,
      locale: settings.locale ?? env.PREFERRED_LOCALE,
      productUrlTemplate: settings.productUrlTemplate ?? env.PRODUCT_URL_TEMPLATE,
      prices: { ...settings.prices, currency: settings.prices.currency ?? env.PREFERRED_CURRENCY },
    },
  };
}
