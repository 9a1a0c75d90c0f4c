import type {
  InventoryEntry,
  Price,
  ProductProjection,
  ProductVariant,
  ProductVariantAvailability,
  ProductVariantChannelAvailability,
  StandalonePrice,
} from '@commercetools/platform-sdk';

/** What the caller asks prices to be selected by; nothing is selected without a currency. */
export interface PriceSelector {
  currency?: string;
  country?: string;
  channel?: string;
  customerGroup?: string;
}

/** What a projection draws on besides the product itself. */
export interface ProjectionSources {
  selector: PriceSelector;
  inventory: InventoryEntry[];
  standalonePrices: StandalonePrice[];
}

/** Gives the projection with `availability` and the selected `price` on each variant, which the mock cannot do. */
export function completeProjection(projection: ProductProjection, sources: ProjectionSources): ProductProjection {
  const { masterVariant, variants, priceMode } = projection;
  const complete = (variant: ProductVariant) => completeVariant(variant, priceMode, sources);
  return { ...projection, masterVariant: complete(masterVariant), variants: variants.map(complete) };
}

/** The same for one variant. */
export function completeVariant(
  variant: ProductVariant,
  priceMode: string | undefined,
  { inventory, standalonePrices, selector }: ProjectionSources,
): ProductVariant {
  const ofVariant = <T extends { sku: string }>(list: T[]) => list.filter(({ sku }) => sku === variant.sku);
  const standalone = ofVariant(standalonePrices).filter(({ active }) => active);
  const prices = priceMode === 'Standalone' ? standalone : (variant.prices ?? []);
  return { ...variant, price: selectPrice(prices, selector), availability: availability(ofVariant(inventory)) };
}

/**
 * Gives the price that fits the selector best: valid now, in its currency, and for its customer group, channel and
 * country or for any. Prices with a recurrence policy are selected by `priceRecurrencePolicy` only, which nobody asks for.
 *
 * Source: https://docs.commercetools.com/api/pricing-and-discounts-overview#price-selection
 */
function selectPrice(prices: Price[], selector: PriceSelector, now = new Date()): Price | undefined {
  const fitting = prices.filter(
    (price) =>
      price.value.currencyCode === selector.currency &&
      [undefined, selector.country].includes(price.country) &&
      [undefined, selector.channel].includes(price.channel?.id) &&
      [undefined, selector.customerGroup].includes(price.customerGroup?.id) &&
      price.recurrencePolicy === undefined &&
      new Date(price.validFrom ?? 0) <= now &&
      (price.validUntil === undefined || now < new Date(price.validUntil)),
  );
  return fitting.sort((one, other) => specificity(other) - specificity(one))[0];
}

function specificity({ customerGroup, channel, country, validFrom, validUntil }: Price): number {
  const byWeight = [customerGroup, channel, country, validFrom ?? validUntil];
  return byWeight.reduce((sum, part) => sum * 2 + (part === undefined ? 0 : 1), 0);
}

/** Absent when there is no entry: the variant is untracked then, which is not the same as sold out. */
function availability(entries: InventoryEntry[]): ProductVariantAvailability | undefined {
  if (entries.length === 0) return undefined;
  const channels: Record<string, ProductVariantChannelAvailability> = {};
  let withoutChannel: ProductVariantAvailability = {};
  for (const { id, version, availableQuantity, restockableInDays, supplyChannel } of entries) {
    const stock = { id, version, isOnStock: availableQuantity > 0, availableQuantity, restockableInDays };
    if (supplyChannel === undefined) withoutChannel = stock;
    else channels[supplyChannel.id] = stock;
  }
  return Object.keys(channels).length === 0 ? withoutChannel : { ...withoutChannel, channels };
}
