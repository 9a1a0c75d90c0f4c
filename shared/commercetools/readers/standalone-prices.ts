import type { Window } from '../../platform-format/tick.ts';
import type { CommercetoolsClient } from '../client.ts';
import { type StandalonePrice, standalonePriceSchema } from '../resources/standalone-price.ts';
import { eachPage } from './pages.ts';

/** Prices a page: the products of all of them are in memory at once. */
const PAGE = 50;

/** What everybody may pay. */
const PUBLIC = 'active=true and customerGroup is not defined';
const TURNS = '(validFrom > :from and validFrom <= :to) or (validUntil > :from and validUntil <= :to)';

/** Reads Standalone prices. */
export const standalonePriceReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the price as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<StandalonePrice | undefined> =>
    read(`standalone price ${ID}`, standalonePriceSchema, api.standalonePrices().withId({ ID }).get()),

  /** Yields the public prices, page by page, that begin or end within a window. */
  turning: ({ from, to }: Window): AsyncIterable<StandalonePrice[]> =>
    eachPage(
      [PUBLIC, TURNS],
      (page) => {
        const window = { 'var.from': new Date(from).toISOString(), 'var.to': new Date(to).toISOString() };
        const queryArgs = { ...page, ...window, withTotal: false };
        return query('standalone prices', standalonePriceSchema, api.standalonePrices().get({ queryArgs }));
      },
      PAGE,
    ),
});
