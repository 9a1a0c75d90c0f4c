import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { explain } from '../validate.ts';
import { type Configuration, readConfiguration } from './environment.ts';
import { givenOf, type Variables } from './given.ts';
import { maybeEncoded } from './schemas.ts';

/**
 * Seconds. Connect waits ten for an acknowledgement; an attempt ends before, with time left to keep what is given up.
 * https://docs.commercetools.com/connect/deployment-behavior-and-environments
 */
const LONGEST = { attemptSeconds: 7, requestSeconds: 4 };

const topicOf = (what: string) => z.string().optional().describe(`${what}, from Connect to its scripts`);

/** Variables that only an application of commercetools Connect reads, each with its description. */
export const connectSchema = z.object({
  SUBSCRIPTION_PREFIX: z
    .string()
    .regex(/^[\w-]{2,200}$/, 'expected 2 to 200 letters, digits, _ and -')
    .default('klaviyo-connect')
    .describe('what the keys of the subscriptions begin with; each deployment to the same project needs its own'),
  RECONCILE_OPTIONS: maybeEncoded
    .transform((options) => options.split(/\s+/).filter(Boolean))
    .prefault('--since 2d')
    .describe('options of reconcile; where commas and blanks do not survive, as `base64:` and their Base64'),
  RECONCILE_MINUTES: z.coerce
    .number('expected minutes, more than 0 and at most 27')
    .positive()
    .max(27)
    .default(25)
    .describe('how long a run of reconcile may take, in minutes, 27 at most, as Connect gives thirty'),
  CONNECT_SUBSCRIPTION_DESTINATION: z
    .enum(['GoogleCloudPubSub', 'SNS'])
    .optional()
    .describe('which kind of topic the deployment has, from Connect to its scripts'),
  CONNECT_GCP_TOPIC_NAME: topicOf('topic on Google'),
  CONNECT_GCP_PROJECT_ID: topicOf('project of the topic on Google'),
  CONNECT_AWS_TOPIC_ARN: topicOf('topic on AWS'),
});

/** What Connect tells the scripts and the job. */
export type ConnectVariables = z.output<typeof connectSchema>;

/**
 * Reads what Connect alone tells. An empty variable counts as unset.
 *
 * @throws ConfigurationError with every problem at once, by name and without values
 */
export function readConnectVariables(variables: Variables = process.env): ConnectVariables {
  const { success, data, error } = connectSchema.safeParse(givenOf(variables));
  if (!success) throw new ConfigurationError(explain(error));
  return data;
}

/**
 * Reads the configuration of a function that Connect calls: its attempts end in Connect's time, whatever the settings say.
 *
 * @throws ConfigurationError with every problem at once
 */
export function readConnectConfiguration(variables: Variables = process.env): Configuration {
  const configuration = readConfiguration(variables);
  const { attemptSeconds, requestSeconds } = configuration.settings.limits;
  const limits = {
    attemptSeconds: Math.min(attemptSeconds, LONGEST.attemptSeconds),
    requestSeconds: Math.min(requestSeconds, LONGEST.requestSeconds),
  };
  return { ...configuration, settings: { ...configuration.settings, limits } };
}

/** Returns what the settings ask for and Connect, or its API client, cannot do: a line each. */
export const undoable = ({
  commercetools: { scopes },
  settings: { checkouts, prices, deadLetters },
}: Configuration): string[] => [
  ...(checkouts.urlTemplate === undefined ? [] : [`checkouts.urlTemplate ${NO_TICKS}`]),
  ...(prices.watchDates ? [`prices.watchDates ${NO_TICKS}`] : []),
  ...(deadLetters.container !== undefined && !scopes.some((scope) => KEEPS.test(scope)) ? [NOT_KEPT] : []),
];

const KEEPS = /^manage_(key_value_documents|project)\b/;
const NOT_KEPT = 'DEAD_LETTER_CONTAINER keeps nothing: the API client lacks the scope manage_key_value_documents';

const NO_TICKS = 'does nothing here: it needs the ticks of a schedule, and commercetools Connect sends none';
