import { type Google, ONE_TRY } from '../support/google.ts';

/** Returns the region of a deployment, in which Terraform stores its messages; undefined when the topic does not say. */
export async function regionOf(publisher: Google['publisher'], topic: string): Promise<string | undefined> {
  const [{ messageStoragePolicy }] = await publisher.getTopic({ topic }, ONE_TRY);
  return messageStoragePolicy?.allowedPersistenceRegions?.[0];
}
