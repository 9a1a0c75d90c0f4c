import * as z from 'zod';
import { json, jsonOrPath, port, requiredText, url } from './schemas.ts';
import { settingsSchema } from './settings.ts';

const { locale, productUrlTemplate, prices, deadLetters } = settingsSchema.shape;

/** The variables that are read, each with its description. `npm run docs` writes the README's table from this schema. */
export const environmentSchema = z.object({
  CT_API_URL: url.describe('API of the commercetools region; also read as `CTP_API_URL`'),
  CT_AUTH_URL: url.describe('authorization server of the commercetools region; also read as `CTP_AUTH_URL`'),
  CT_PROJECT_ID: requiredText('the project key')
    .regex(/^[\w-]+$/, 'expected the project key: letters, digits, _ and -')
    .describe('key of the commercetools project; also read as `CTP_PROJECT_KEY`'),
  CT_SCOPE: requiredText('scopes separated by spaces')
    .transform((scopes) => scopes.split(/\s+/))
    .describe('scopes of the API client, separated by spaces; also read as `CT_SCOPES` or `CTP_SCOPE`'),
  CT_API_CLIENT: json
    .pipe(
      z.object(
        { clientId: requiredText('the id'), secret: requiredText('the secret') },
        'expected {"clientId":"…","secret":"…"}',
      ),
    )
    .describe(
      'API client of commercetools: `{"clientId":"…","secret":"…"}`; also read as `CTP_CLIENT_ID` and `CTP_CLIENT_SECRET`',
    ),
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
  DEAD_LETTER_CONTAINER: deadLetters
    .unwrap()
    .shape.container.describe(
      'container of custom objects that keeps what [commercetools Connect](docs/connect.md) gives up; nothing is kept when unset',
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
    .describe('the settings below, as JSON, as `base64:` and its Base64, or as the path of a JSON file'),
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
