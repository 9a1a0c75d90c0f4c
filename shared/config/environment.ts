import { ConfigurationError } from '../errors.ts';
import { explain } from '../validate.ts';
import { withoutAliases } from './aliases.ts';
import { givenOf, type Variables } from './given.ts';
import type { Settings } from './settings.ts';
import { checkTogether } from './together.ts';
import { environmentSchema } from './variables.ts';

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
  const { variables: named, problems } = withoutAliases(givenOf(variables));
  const { success, data: env, error } = checkedSchema.safeParse(named);
  if (!success) throw new ConfigurationError([...problems, ...explain(error)]);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const { KLAVIYO_SYNC_SETTINGS: settings, CT_API_CLIENT: apiClient } = env;
  const container = settings.deadLetters.container ?? env.DEAD_LETTER_CONTAINER;
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
    settings: frozen({
      ...settings,
      locale: settings.locale ?? env.PREFERRED_LOCALE,
      productUrlTemplate: settings.productUrlTemplate ?? env.PRODUCT_URL_TEMPLATE,
      prices: { ...settings.prices, currency: settings.prices.currency ?? env.PREFERRED_CURRENCY },
      deadLetters: container === undefined ? {} : { container },
    }),
  };
}

/** Returns a value that nobody can change, however deep: an extension gets the settings of the whole process. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
}
