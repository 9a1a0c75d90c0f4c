import { type CommercetoolsClient, createCommercetoolsClient } from '../../shared/commercetools/client.ts';
import type { Configuration } from '../../shared/config/environment.ts';
import { CredentialsError, PermanentError } from '../../shared/errors.ts';
import { messageOf, ToolError } from '../operator/support/cli.ts';
import type { Destination } from './destination.ts';
import { differences, placeOf, type Subscription, subscription } from './differences.ts';
import type { Wanted } from './wanted.ts';

/** How often a change is tried that somebody else was quicker with. */
const ROUNDS = 5;
const CONFLICT = 409;
const DUPLICATE = 'DuplicateField';

/** Returns a client that may change subscriptions. */
export const subscriptionsClient = ({ commercetools, settings }: Configuration): CommercetoolsClient =>
  createCommercetoolsClient(commercetools, settings.limits.requestSeconds * 1000, [200, 201]);

/**
 * Makes a subscription what it is to be, in place: what is reported meanwhile is not lost. Returns what was done, in words.
 *
 * @throws what commercetools refuses, and ToolError where somebody else changes it all the time
 */
export const bring = (client: CommercetoolsClient, wanted: Wanted): Promise<string> =>
  inRounds(client, wanted.key, async (current) => {
    const { api, write } = client;
    if (!current) {
      await write(nameOf(wanted.key), subscription, api.subscriptions().post({ body: wanted }));
      return 'created';
    }
    const actions = differences(current, wanted);
    if (actions.length === 0) return 'is as it should be';
    const request = api.subscriptions().withKey({ key: wanted.key });
    const body = { version: current.version, actions };
    await write(nameOf(wanted.key), subscription, request.post({ body }));
    const updated = `updated: ${actions.map(({ action }) => action).join(', ')}`;
    const other = elsewhere(current, wanted.destination);
    return other ? `${updated}; until now it reported to ${other}` : updated;
  });

/**
 * Deletes a subscription. Returns what was done, in words; one that is not there is done.
 *
 * @param owner the topic of the deployment: a subscription that reports to another is left alone
 */
export const remove = (client: CommercetoolsClient, key: string, owner?: Destination): Promise<string> =>
  inRounds(client, key, async (current) => {
    if (!current) return 'is not there';
    const other = owner && elsewhere(current, owner);
    if (other) return `is left alone, as it reports to ${other}`;
    const request = client.api.subscriptions().withKey({ key });
    await client.write(nameOf(key), subscription, request.delete({ queryArgs: { version: current.version } }));
    return 'deleted';
  });

/** Does something with a subscription as it is now, and again where it was another by then. */
async function inRounds(
  client: CommercetoolsClient,
  key: string,
  step: (current: Subscription | undefined) => Promise<string>,
): Promise<string> {
  for (let round = 1; round <= ROUNDS; round++) {
    const request = client.api.subscriptions().withKey({ key }).get();
    const current = await client.read(nameOf(key), subscription, request);
    try {
      return await step(current);
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
  }
  throw new ToolError(`somebody else changes it all the time: deploy again when nobody does`);
}

/** Whether the subscription was changed, made or deleted after it was read. */
const isOutdated = (error: unknown): boolean =>
  error instanceof PermanentError &&
  (error.status === CONFLICT || error.status === 404 || (error.status === 400 && error.code === DUPLICATE));

/** Where a subscription reports to and what to do about it; undefined where that is the topic of the deployment. */
function elsewhere({ destination }: Subscription, own: Destination): string | undefined {
  if (placeOf(destination) === placeOf({ ...own })) return undefined;
  return `${placeOf(destination)}: if that is another deployment, give each a SUBSCRIPTION_PREFIX of its own`;
}

const nameOf = (key: string) => `subscription ${key}`;

/** What went wrong with a subscription, and what to do about it. */
export function adviceOn(error: unknown): string {
  const text = messageOf(error);
  if (error instanceof CredentialsError && error.status === 403)
    return `${text}. The API client needs manage_subscriptions: inheritAs.apiClient.scopes in connect.yaml names it.`;
  if (error instanceof PermanentError && error.status === 400)
    return `${text} (400, ${error.code}). commercetools sends a test message to the topic first: is it the topic of this deployment, which still exists?`;
  return text;
}
