import * as z from 'zod';
import { maybe, text } from '../../commercetools/resources/common.ts';
import { trackingData } from '../../commercetools/resources/delivery.ts';
import { contentsOf, deliveriesOf, isTracked, type Shipment, tracked } from '../../mappers/orders/deliveries.ts';
import { toConfirmedShipment } from '../../mappers/orders/shipment.ts';
import { occurredAt } from '../../platform-format/message.ts';
import { defineHandler } from '../handler.ts';
import { orderEvents } from './events.ts';
import { aboutIn, linesOf, orderOf } from './parts.ts';

/** A parcel can be tracked on its way to the customer: one event a parcel. */
export const shipment = defineHandler({
  name: 'shipment',
  resource: 'order',
  messages: {
    ParcelAddedToDelivery: z.looseObject({ parcel: z.looseObject({ id: text, trackingData: maybe(trackingData) }) }),
    ParcelTrackingDataUpdated: z.looseObject({ parcelId: text, trackingData: maybe(trackingData) }),
  },
  becomes: '`Confirmed Shipment` of a parcel with a tracking id that is no return, with what the parcel holds',
  async plan({ type, notification, payload }, context) {
    const parcel = type === 'ParcelAddedToDelivery' ? payload?.parcel : payload && { ...payload, id: payload.parcelId };
    if (parcel && !isTracked(parcel)) return [];
    const order = await orderOf(notification, context);
    const isNamed = parcel && ((one: Shipment) => one.parcel.id === parcel.id);
    const shipments = aboutIn(tracked(deliveriesOf(order)), isNamed, 'tracked parcel', order, notification);
    if (shipments.length === 0) return [];
    const time = occurredAt(notification);
    const shipped = (one: Shipment) => {
      const { items, isCounted } = contentsOf(one);
      return { lines: linesOf(order, items, notification, context), time, ...(!isCounted && { value: 0 }) };
    };
    const facts = shipments.map((one) => [one.parcel, shipped(one)] as const);
    return orderEvents(order, notification, context, (sources) =>
      facts.map(([one, about]) => toConfirmedShipment(order, one, about, sources.profile, sources.context)),
    );
  },
});
