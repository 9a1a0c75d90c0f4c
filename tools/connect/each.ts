import type { CommercetoolsClient } from '../../shared/commercetools/client.ts';
import { CredentialsError } from '../../shared/errors.ts';
import type { Destination } from './destination.ts';
import { adviceOn, remove } from './subscriptions.ts';

/**
 * Does something for each subscription, one after the other, and prints what. What fails is printed and keeps none of the others from
 * being done, unless the credentials are refused.
 *
 * @returns whether all is done
 */
export async function forEach<T extends { key: string }>(
  all: readonly T[],
  work: (one: T) => Promise<string>,
): Promise<boolean> {
  let isDone = true;
  for (const one of all) {
    try {
      console.log(`${one.key}: ${await work(one)}`);
    } catch (error) {
      isDone = false;
      console.error(`${one.key}: ${adviceOn(error)}`);
      if (error instanceof CredentialsError) break;
    }
  }
  return isDone;
}

/**
 * Deletes subscriptions by their keys, as `forEach` does something for each.
 *
 * @param owner the topic of the deployment, where only its own are to be deleted
 * @returns whether none of them is left
 */
export const removeEach = (
  client: CommercetoolsClient,
  keys: readonly string[],
  owner?: Destination,
): Promise<boolean> =>
  forEach(
    keys.map((key) => ({ key })),
    ({ key }) => remove(client, key, owner),
  );
