import type { Price, Variant } from '../../commercetools/resources/product.ts';
import type { Settings } from '../../config/settings.ts';
import { majorUnits } from '../money.ts';

/** Returns what is paid, in major units: the discounted value where there is one. */
export const amountOf = ({ value, discounted }: Price): number => majorUnits(discounted?.value ?? value);

/**
 * Returns the prices that everybody pays now, in the order of commercetools: without customer group, channel or recurrence
 * policy, which only subscribers pay.
 *
 * @param now milliseconds since the epoch
 */
export const publicPrices = ({ prices }: Variant, now: number): Price[] =>
  prices.filter(
    ({ customerGroup, channel, recurrencePolicy, validFrom, validUntil }) =>
      !customerGroup &&
      !channel &&
      !recurrencePolicy &&
      (!validFrom || Date.parse(validFrom) <= now) &&
      (!validUntil || now < Date.parse(validUntil)),
  );

/**
 * Returns the price of a variant in major units: what commercetools selected for the currency, country and channel of the
 * settings; when nothing is selected, the first public price, in the currency if one is set; 0 when there is none.
 */
export function catalogPrice(variant: Variant, { prices: { currency } }: Settings, now: number): number {
  const price =
    variant.price ?? publicPrices(variant, now).find(({ value }) => !currency || value.currencyCode === currency);
  return price ? amountOf(price) : 0;
}
