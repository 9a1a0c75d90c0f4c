import { CredentialsError } from '../../shared/errors.ts';
import { adviceOn } from './subscriptions.ts';

/**
 * Does something for each subscription, one after the other, and prints what. What fails is printed and keeps none of the others from
 * being done, unless the credentials are refused.
 *
 * @returns whether all is done
 */
export async function forEach<T extends { key: string }>(all: readonly T[], work: (one: T) => Promise<string>) {
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
