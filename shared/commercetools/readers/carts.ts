import type { Window } from '../../platform-format/tick.ts';
import type { CommercetoolsClient } from '../client.ts';
import { type FoundCart, foundCartSchema } from '../resources/cart.ts';
import { eachPage } from './pages.ts';

/** Carts a page: one with all its line items may take 15 KB, and a page is in memory at once. */
const PAGE = 200;

/** What a shopper left: it can still be bought, nobody of the shop made it, and it has an address to write to. */
const LEFT = 'cartState = "Active" and origin = "Customer" and customerEmail is defined';

/** Reads carts. */
export const cartReader = ({ api, query }: CommercetoolsClient) => ({
  /** Yields the carts, page by page, that a shopper has left alone since a time of the window; each is still to be validated. */
  left: ({ from, to }: Window): AsyncIterable<FoundCart[]> =>
    eachPage(
      [LEFT, 'lastModifiedAt > :from and lastModifiedAt <= :to'],
      (page) => {
        const window = { 'var.from': new Date(from).toISOString(), 'var.to': new Date(to).toISOString() };
        return query(
          'carts',
          foundCartSchema,
          api.carts().get({ queryArgs: { ...page, ...window, withTotal: false } }),
        );
      },
      PAGE,
    ),
});
