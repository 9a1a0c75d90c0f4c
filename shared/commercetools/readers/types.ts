import type { CommercetoolsClient } from '../client.ts';
import { type Type, typeSchema } from '../resources/type.ts';

/** Reads types of custom fields. */
export const typeReader = ({ api, read }: CommercetoolsClient) => ({
  /** Returns the type as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Type | undefined> => read(`type ${ID}`, typeSchema, api.types().withId({ ID }).get()),
});
