import * as z from 'zod';
import { clash, STANDARD_PROPERTIES } from '../names.ts';
import { knownValues, refuse, selection, urlTemplate } from '../schemas.ts';

const PLACING_MESSAGES = [
  ...['OrderCreated', 'OrderCreatedFromRecurringOrder', 'OrderImported'],
  ...['OrderCustomerSet', 'OrderCustomerEmailSet'],
];
/** https://docs.commercetools.com/api/projects/orders#orderstate */
const ORDER_STATES = ['Open', 'Confirmed', 'Complete', 'Cancelled'];
/** https://docs.commercetools.com/api/projects/payments#transactionstate */
const TRANSACTION_STATES = ['Initial', 'Pending', 'Success', 'Failure'];
/** https://docs.commercetools.com/api/projects/orders#shipmentstate */
const SHIPMENT_STATES = [
  ...['Pending', 'Ready', 'Partial', 'Shipped', 'Delayed', 'Backorder', 'Delivered', 'Canceled'],
];
/** https://docs.commercetools.com/api/projects/orders#returnshipmentstate */
const RETURN_STATES = ['Advised', 'Returned', 'BackInStock', 'Unusable'];

/** What a tracking URL may be made of. */
const TRACKING_PLACEHOLDERS = ['trackingId', 'carrier', 'orderNumber'] as const;

/** What the events of orders are, and which properties they have. */
export const orders = z
  .strictObject({
    placedOn: knownValues('messages that place an order', PLACING_MESSAGES, PLACING_MESSAGES),
    placedStates: knownValues('order states that count as placed', ORDER_STATES, ['Open', 'Confirmed']),
    fulfilledStates: knownValues('order states that mean fulfilled', ORDER_STATES, ['Complete']),
    cancelledStates: knownValues('order states that mean cancelled', ORDER_STATES, ['Cancelled']),
    refundedStates: knownValues('states of a refund transaction that mean refunded', TRANSACTION_STATES, ['Success']),
    shippedStates: knownValues(
      'shipment states that mean fulfilled, as the order states of `orders.fulfilledStates` do; an order is fulfilled once',
      SHIPMENT_STATES,
      [],
    ),
    deliveredStates: knownValues('shipment states that mean delivered', SHIPMENT_STATES, ['Delivered']),
    returnedStates: knownValues('states of what is sent back that mean received', RETURN_STATES, ['Returned']),
    trackingUrls: z
      .record(z.string().min(1), urlTemplate(TRACKING_PLACEHOLDERS))
      .refine(
        (templates) =>
          new Set(Object.keys(templates).map((carrier) => carrier.toLowerCase())).size ===
          Object.keys(templates).length,
        'expected each carrier once, in whatever case',
      )
      .default({})
      .describe(
        'URL at which a parcel is tracked, by the name of its carrier in any case, `*` for any other: `{"DHL": "https://…/{{trackingId}}"}`; with `{{trackingId}}`, `{{carrier}}`, `{{orderNumber}}`',
      ),
    backfillAfterHours: z
      .number()
      .nonnegative()
      .default(24)
      .describe(
        'what happened so many hours before its message, such as an imported order, is history: recorded without firing flows',
      ),
    properties: selection('properties of orders'),
    customFields: selection('custom fields of orders'),
    addresses: z
      .boolean()
      .default(true)
      .describe(
        'whether events of orders have `BillingAddress` and `ShippingAddress`, as templates of Klaviyo read them',
      ),
    reasonField: z
      .string()
      .min(1)
      .optional()
      .describe(
        'custom field whose text is the `Reason` of a cancelled or refunded order: of the refund’s transaction, else of the order',
      ),
    refundUniqueId: z
      .enum(['order-first', 'transaction'])
      .default('order-first')
      .describe(
        '`order-first`: the first refund of the payment that was charged first has the order’s id, by which Klaviyo takes it off the customer’s lifetime value, and all others have their transaction’s; `transaction`: every refund has its transaction’s',
      ),
    brandAttribute: z.string().min(1).default('brand').describe('product attribute that holds the brand'),
  })
  .refine(
    ({ fulfilledStates, cancelledStates }) => !fulfilledStates.some((state) => cancelledStates.includes(state)),
    'a state cannot mean both fulfilled and cancelled',
  )
  .superRefine(({ properties, customFields }, context) =>
    refuse(context, ['properties', 'map'], clash([properties, customFields], STANDARD_PROPERTIES)),
  )
  .prefault({});
