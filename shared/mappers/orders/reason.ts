import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import { attributeText } from '../attribute-text.ts';

/** Returns `Reason`, from the first of the custom fields that has the field of the setting `orders.reasonField`. */
export function reasonOf(customs: readonly Order['custom'][], { orders, locale }: Settings): { Reason?: string } {
  const { reasonField } = orders;
  const values = customs.map((custom) => attributeText(reasonField && custom?.fields[reasonField], locale));
  return { Reason: values.find((value) => value) };
}
