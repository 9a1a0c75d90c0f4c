import type { LocalizedString } from '../commercetools/resources/common.ts';
import type { Settings } from '../config/settings.ts';
import { localeOf, localize } from './localized.ts';

const PLACEHOLDER = /{{(\w+)}}/g;

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
  const { productUrlTemplate: template } = settings;
  if (template?.matchAll(PLACEHOLDER).some(([, name = '']) => !parts[name])) return undefined;
  return template?.replace(PLACEHOLDER, (_, name) => encodeURIComponent(parts[name] ?? ''));
}
