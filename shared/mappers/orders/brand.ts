import type { LineItem } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import { attributeText } from '../attribute-text.ts';

/** Returns the brands of a line item: one, or several of an attribute that is a set. */
export const brandsOf = ({ variant }: Pick<LineItem, 'variant'>, { orders, locale }: Settings): string[] =>
  variant.attributes
    .filter(({ name }) => name === orders.brandAttribute)
    .flatMap(({ value }) => value)
    .flatMap((value) => attributeText(value, locale) ?? []);
