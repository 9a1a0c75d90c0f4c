import type { CommercetoolsClient } from '../client.ts';
import { type StandalonePrice, standalonePriceSchema } from '../resources/standalone-price.ts';

/** Reads Standalone prices. */
export const standalonePriceReader = ({ api, read }: CommercetoolsClient) => ({
  /** Returns the price as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<StandalonePrice | undefined> =>
    read(`standalone price ${ID}`, standalonePriceSchema, api.standalonePrices().withId({ ID }).get()),
});
