import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { doubtsOf } from '../../../shared/config/doubts.ts';
import { type Configuration, readConfiguration } from '../../../shared/config/environment.ts';
import { ConfigurationError } from '../../../shared/errors.ts';
import { messageOf } from '../support/cli.ts';
import { connect, type Google, ONE_TRY } from '../support/google.ts';
import type { LaneResources } from '../support/lanes.ts';
import { type Check, failed, ok, warning } from './check.ts';
import { checkCredentials, checkScopes, commercetoolsClient } from './commercetools.ts';
import type { Deployment } from './deployment.ts';
import { checkIam } from './iam.ts';
import { checkKlaviyo } from './klaviyo.ts';
import { checkDeadLetters, checkSource, checkTopic } from './pubsub.ts';
import { checkSchedules } from './schedule.ts';
import { checkSubscriptions } from './subscriptions.ts';
import { checkVersion } from './version.ts';
import { checkWaiting } from './waiting.ts';

/** However long a service asks us to wait, the doctor is done after this. */
const LIMIT_MILLISECONDS = 60_000;
/** Of an attempt where the settings cannot be read: their default. */
const ATTEMPT_SECONDS = 50;

/** Checks a deployment; writes nothing anywhere. */
export function diagnose(deployment: Deployment, configure = () => readConfiguration()): Promise<Check[]> {
  return runAttempt(newAttempt(LIMIT_MILLISECONDS), async () => {
    const { configuration, check } = environment(configure);
    const groups = await Promise.all([
      configuration ? commercetoolsChecks(configuration, deployment) : [],
      configuration ? Promise.all(checkKlaviyo(configuration)) : [],
      deployment.isConnect ? [] : googleChecks(deployment, configuration),
    ]);
    return [check, ...groups.flat()];
  });
}

function environment(configure: () => Configuration): { configuration?: Configuration; check: Check } {
  const name = 'environment and settings';
  try {
    const configuration = configure();
    const { disabled } = configuration.settings.handlers;
    const off = disabled.length > 0 ? [`switched off, their messages are ignored: ${disabled.join(', ')}`] : [];
    const doubts = [...off, ...doubtsOf(configuration)];
    return { configuration, check: doubts.length > 0 ? warning(name, doubts.join('; ')) : ok(name, 'valid') };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const advice =
      'Set the variables as the function has them, in your shell or in .env: see Environment in the README.';
    return { check: failed(name, error.problems.join('; '), advice) };
  }
}

/** Checks credentials, scopes and subscriptions; without credentials nothing else. */
export async function commercetoolsChecks(configuration: Configuration, deployment: Deployment): Promise<Check[]> {
  const credentials = await checkCredentials(configuration);
  if (credentials.status !== 'ok') return [credentials];
  const client = commercetoolsClient(configuration);
  const [scopes, subscriptions] = await Promise.all([
    Promise.all(checkScopes(client, configuration)),
    checkSubscriptions(client, deployment),
  ]);
  return [credentials, ...scopes, ...subscriptions];
}

async function googleChecks(deployment: Deployment, configuration: Configuration | undefined): Promise<Check[]> {
  let google: Google;
  try {
    google = await connect(deployment.project);
  } catch (error) {
    return [
      failed('Google credentials', messageOf(error), 'Sign in as somebody who may look at Pub/Sub in that project.'),
    ];
  }
  try {
    const groups = await Promise.all(
      deployment.lanes.map(async (lane) => {
        const checks = await laneChecks(google, deployment, lane, configuration);
        return deployment.lanes.length === 1 ? checks : checks.map((check) => named(check, lane));
      }),
    );
    const schedules = configuration ? checkSchedules(google, deployment, configuration.settings) : [];
    return [...groups.flat(), ...(await Promise.all(schedules))];
  } finally {
    await google.close();
  }
}

const named = (check: Check, { lane }: LaneResources): Check => ({ ...check, name: `${lane}: ${check.name}` });

async function laneChecks(
  google: Google,
  deployment: Deployment,
  lane: LaneResources,
  configuration: Configuration | undefined,
): Promise<Check[]> {
  const attemptSeconds = configuration?.settings.limits.attemptSeconds ?? ATTEMPT_SECONDS;
  const projectKey = configuration?.commercetools.projectKey;
  const groups = await Promise.all([
    checkTopic(google, lane),
    checkSource(readerOf(google), lane, { attemptSeconds, isEmulator: google.isEmulator }),
    deadLetterChecks(google, lane, { deployment: deployment.name, projectKey }),
    Promise.all(checkIam(google, lane)),
    checkVersion(google, deployment, lane),
  ]);
  return groups.flat();
}

async function deadLetterChecks(
  google: Google,
  lane: LaneResources,
  whose: Parameters<typeof checkWaiting>[2],
): Promise<Check[]> {
  const checks = await checkDeadLetters(readerOf(google), lane);
  const isThere = checks.every(({ status }) => status !== 'failed');
  return isThere ? [...checks, await checkWaiting(google, lane, whose)] : checks;
}

const readerOf =
  ({ subscriber }: Google) =>
  async (subscription: string) => {
    const [found] = await subscriber.getSubscription({ subscription }, ONE_TRY);
    return found;
  };
