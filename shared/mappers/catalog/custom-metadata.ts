import countryToCurrency from 'country-to-currency';
import type { LocalizedString } from '../../commercetools/resources/common.ts';
import type { Price, Product, Variant } from '../../commercetools/resources/product.ts';
import { amountOf, publicPrices } from './price.ts';

/** "May not exceed 100kb": https://developers.klaviyo.com/en/reference/create_catalog_item. The rating needs some of it. */
const BYTES = 100_000 - 100;

type Metadata = Record<string, string>;

/** Metadata that keeps Klaviyo's limit, and the names of what was left out for it. */
interface FittedMetadata {
  customMetadata: Metadata;
  trimmed: readonly string[];
}

/** Returns texts of every locale and prices of every currency and country, for templates that pick one; each a JSON text. */
export function customMetadata({ name, slug }: Product, variant: Variant, now: number): FittedMetadata {
  const prices = pricesOf(variant, now);
  const byCountry = pricesByCountry(prices);
  return fit({
    title_json: JSON.stringify(byLocale('title', name)),
    slug_json: JSON.stringify(byLocale('slug', slug)),
    price_json: JSON.stringify({
      ...prefixed('price', pricesByCurrency(prices), amountOf),
      ...prefixed('price', byCountry, amountOf),
    }),
    currency_json: JSON.stringify(prefixed('currency', byCountry, ({ value }) => value.currencyCode)),
  });
}

/** Standalone prices are not listed in a projection: of these there is the selected one only. */
function pricesOf(variant: Variant, now: number): Price[] {
  const listed = publicPrices(variant, now);
  return listed.length === 0 && variant.price ? [variant.price] : listed;
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Leaves out the largest text until the rest is small enough. */
function fit(metadata: Metadata, trimmed: readonly string[] = []): FittedMetadata {
  if (bytesOf(metadata) <= BYTES) return { customMetadata: metadata, trimmed };
  const [largest = ''] = Object.keys(metadata).sort((a, b) => bytesOf(metadata[b]) - bytesOf(metadata[a]));
  const { [largest]: _, ...rest } = metadata;
  return fit(rest, [...trimmed, largest]);
}

const byLocale = (prefix: string, texts: LocalizedString) => prefixed(prefix, new Map(Object.entries(texts)), String);

const prefixed = <T>(prefix: string, entries: ReadonlyMap<string, T>, read: (entry: T) => unknown) =>
  Object.fromEntries([...entries].map(([key, entry]) => [`${prefix}_${key}`, read(entry)]));

/** The price of a currency: the one without a country, else the first. */
function pricesByCurrency(prices: Price[]): Map<string, Price> {
  const found = new Map<string, Price>();
  for (const price of [...prices.filter(({ country }) => !country), ...prices])
    addFirst(found, price.value.currencyCode, price);
  return found;
}

/** The price of a country: its own, first in its own currency, else one without a country in its currency. */
function pricesByCountry(prices: Price[]): Map<string, Price> {
  const found = new Map<string, Price>();
  const own = prices.filter(({ country }) => country);
  for (const price of own.filter(({ country, value }) => currencies[country ?? ''] === value.currencyCode)) {
    addFirst(found, price.country ?? '', price);
  }
  for (const price of own) addFirst(found, price.country ?? '', price);
  for (const price of prices.filter(({ country }) => !country)) {
    for (const [country, currency] of Object.entries(currencies)) {
      if (currency === price.value.currencyCode) addFirst(found, country, price);
    }
  }
  return found;
}

const currencies: Record<string, string> = countryToCurrency;

const addFirst = (found: Map<string, Price>, key: string, price: Price) => {
  if (!found.has(key)) found.set(key, price);
};
