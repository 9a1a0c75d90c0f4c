import * as z from 'zod';

/** Klaviyo refuses names of more than 127 characters. */
const metric = (value: string) => z.string().min(1).max(127).default(value).describe(`name of the metric \`${value}\``);

/** The names of the metrics. */
export const metrics = z
  .strictObject({
    placedOrder: metric('Placed Order'),
    orderedProduct: metric('Ordered Product'),
    fulfilledOrder: metric('Fulfilled Order'),
    cancelledOrder: metric('Cancelled Order'),
    refundedOrder: metric('Refunded Order'),
    confirmedShipment: metric('Confirmed Shipment'),
    fulfilledPartialOrder: metric('Fulfilled Partial Order'),
    deliveredShipment: metric('Delivered Shipment'),
    requestedReturn: metric('Requested Return'),
    receivedReturn: metric('Received Return'),
    startedCheckout: metric('Started Checkout'),
    submittedReview: metric('Submitted Review'),
  })
  // Klaviyo would take one event for a repetition of the other.
  .refine(
    (metrics) => new Set(Object.values(metrics)).size === Object.keys(metrics).length,
    'each needs a name of its own',
  )
  .prefault({});
