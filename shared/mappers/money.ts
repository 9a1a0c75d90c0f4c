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

const currencyDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
