import type { LocalizedString } from '../commercetools/resources/common.ts';
import type { Settings } from '../config/settings.ts';
import { localeOf, localize } from './localized.ts';
import { fillTemplate } from './url-template.ts';

/** The parts of a product URL. */
interface Product {
  id: string;
  key?: string;
  slug?: LocalizedString;
  sku?: string;
}

/** Returns the URL of a product by the template of the settings; undefined without a template or a part that it names. */
export function productUrl({ id, key, slug, sku }: Product, settings: Settings): string | undefined {
  const parts: Record<string, string | undefined> = {
    productId: id,
    productKey: key,
    productSlug: localize(slug, settings.locale),
    sku,
    locale: localeOf(slug, settings.locale) ?? settings.locale,
  };
  return fillTemplate(settings.productUrlTemplate, parts);
}
