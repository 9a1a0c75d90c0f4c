import type { Money } from '../commercetools/resources/common.ts';

/**
 * Returns an amount in major units (euros, not cents). JPY has no minor unit; a highPrecision amount comes from preciseAmount.
 *
 * Source: https://docs.commercetools.com/api/types#money
 */
export function majorUnits(money: Money): number {
  const digits = money.fractionDigits ?? currencyDigits(money.currencyCode);
  if (money.type === 'highPrecision' && money.preciseAmount !== undefined) return money.preciseAmount / 10 ** digits;
  return money.centAmount / 10 ** digits;
}

/**
 * Returns what some of a row's pieces are worth, of the row's total: all of it for all pieces, else rounded down to the currency's
 * digits, so that parts are never worth more than the whole.
 *
 * @param pieces how many of them
 * @param quantity how many the row has
 */
export function shareOf(total: Money, pieces: number, quantity: number): Money {
  if (pieces === quantity) return total;
  const { type, currencyCode, centAmount, fractionDigits } = total;
  return {
    currencyCode,
    centAmount: Math.floor((centAmount * pieces) / quantity),
    fractionDigits: type === 'highPrecision' ? undefined : fractionDigits,
  };
}

/** Returns so many times an amount. */
export const times = (count: number, { centAmount, preciseAmount, ...money }: Money): Money => ({
  ...money,
  centAmount: centAmount * count,
  ...(preciseAmount !== undefined && { preciseAmount: preciseAmount * count }),
});

/** Returns the sum of amounts of one currency, in major units. */
export function sumOf(amounts: readonly Money[]): number {
  const digits = Math.max(
    0,
    ...amounts.map(({ currencyCode, fractionDigits }) => fractionDigits ?? currencyDigits(currencyCode)),
  );
  return amounts.reduce((sum, amount) => sum + Math.round(majorUnits(amount) * 10 ** digits), 0) / 10 ** digits;
}

const currencyDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
