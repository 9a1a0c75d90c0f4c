import * as z from 'zod';
import { defineExtension, type Event } from '#extension';

/** What an order and a line item of commercetools say of their taxes, in minor units. */
const taxed = z.looseObject({
  taxedPrice: z.looseObject({
    totalNet: z.looseObject({ centAmount: z.number() }),
    totalGross: z.looseObject({ centAmount: z.number().positive() }),
  }),
});

/** Which part of a gross amount is net; undefined where the event says nothing of taxes. */
function netShareOf({ properties }: Event): number | undefined {
  const { data } = taxed.safeParse(properties);
  return data && data.taxedPrice.totalNet.centAmount / data.taxedPrice.totalGross.centAmount;
}

/** Events are worth what is left without taxes. The gross value stays as a property. */
export default defineExtension({
  name: 'net-value',
  event(event) {
    const share = netShareOf(event);
    if (share === undefined || event.value === undefined) return event;
    const net = Math.round(event.value * share * 100) / 100;
    return { ...event, value: net, properties: { ...event.properties, GrossValue: event.value } };
  },
});
