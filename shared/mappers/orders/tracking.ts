import type { Parcel } from '../../commercetools/resources/delivery.ts';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Settings } from '../../config/settings.ts';
import { fillTemplate } from '../url-template.ts';
import { orderId } from './context.ts';

/** What a carrier knows a parcel by. */
type TrackingData = Pick<NonNullable<Parcel['trackingData']>, 'trackingId' | 'carrier'>;

/**
 * Returns the URL at which a parcel is tracked, by the template of its carrier, else by the one for any; undefined without a
 * template, or without a part that the template names: a wrong URL is worse than none.
 */
export function trackingUrl(
  { trackingId, carrier }: TrackingData,
  order: Order,
  settings: Settings,
): string | undefined {
  const templates = Object.entries(settings.orders.trackingUrls);
  const named = (name: string | undefined) => templates.find(([key]) => key.toLowerCase() === name?.toLowerCase())?.[1];
  const template = named(carrier) ?? named('*');
  return fillTemplate(template, { trackingId, carrier, orderNumber: orderId(order) });
}

/**
 * Returns what templates read of parcels: as Klaviyo's own integrations name it, and as `Fulfillment`. Of several parcels the first
 * is told, and all are listed in `TrackingNumbers`; nothing without a tracking id.
 */
export function trackingOf(
  parcels: readonly TrackingData[],
  order: Order,
  settings: Settings,
): Record<string, unknown> {
  const [first] = parcels.filter(({ trackingId }) => trackingId);
  if (!first) return {};
  const url = trackingUrl(first, order, settings);
  return {
    TrackingCompany: first.carrier,
    TrackingNumber: first.trackingId,
    TrackingNumbers: parcels.flatMap(({ trackingId }) => trackingId || []),
    TrackingURL: url,
    Fulfillment: { carrier: first.carrier, trackingCode: first.trackingId, trackingURL: url },
  };
}
