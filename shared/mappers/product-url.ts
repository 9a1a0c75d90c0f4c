import type { LocalizedString } from '../commercetools/resources/common.ts';
import type { Settings } from '../config/settings.ts';
import { localize } from './localized.ts';

/** What a product URL is made of. */
interface Product {
  id: string;
  key?: string;
  slug?: LocalizedString;
  sku?: string;
}

/** The URL of a product by the template of the settings; undefined when there is no template. */
export function productUrl({ id, key, slug, sku }: Product, settings: Settings): string | undefined {
  const parts: Record<string, string | undefined> = {
    productId: id,
    productKey: key,
    productSlug: localize(slug, settings.locale),
    sku,
    locale: settings.locale ?? Object.keys(slug ?? {})[0],
  };
  return settings.productUrlTemplate?.replace(/{{(\w+)}}/g, (_, name) => encodeURIComponent(parts[name] ?? ''));
}
