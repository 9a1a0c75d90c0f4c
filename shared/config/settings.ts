import * as z from 'zod';
import { clash, STANDARD_PROPERTIES } from './names.ts';
import { currency, knownValues, refuse, seconds, selection, urlTemplate } from './schemas.ts';

/** The handlers, by which the log and the setting `handlers.disabled` name them. */
export const HANDLER_NAMES = [
  'customer',
  'order-placed',
  'order-state',
  'refund',
  'category',
  'product',
  'standalone-price',
  'inventory',
] as const;

/** The name of a handler. */
export type HandlerName = (typeof HANDLER_NAMES)[number];

const PLACING_MESSAGES = [
  ...['OrderCreated', 'OrderCreatedFromRecurringOrder', 'OrderImported'],
  ...['OrderCustomerSet', 'OrderCustomerEmailSet'],
];
/** https://docs.commercetools.com/api/projects/orders#orderstate */
const ORDER_STATES = ['Open', 'Confirmed', 'Complete', 'Cancelled'];
/** https://docs.commercetools.com/api/projects/payments#transactionstate */
const TRANSACTION_STATES = ['Initial', 'Pending', 'Success', 'Failure'];

/** Klaviyo refuses names of more than 127 characters. */
const metric = (value: string) => z.string().min(1).max(127).default(value).describe(`name of the metric \`${value}\``);

const URL_PLACEHOLDERS = ['productSlug', 'productId', 'productKey', 'sku', 'locale'] as const;

const REQUEST_SECONDS = 10;

/**
 * What is synced and how. Unknown keys are refused, missing ones have the defaults given here. Every setting's description
 * and default stand here only: `npm run docs` writes the README's table from this schema.
 */
export const settingsSchema = z.strictObject({
  handlers: z
    .strictObject({
      disabled: z
        .array(z.enum(HANDLER_NAMES))
        .default([])
        .describe('handlers that are switched off; their messages are acknowledged as ignored'),
    })
    .prefault({}),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/, 'expected a locale such as de-DE')
    .optional()
    .describe('preferred locale of names and texts; `PREFERRED_LOCALE` when unset'),
  productUrlTemplate: urlTemplate(URL_PLACEHOLDERS)
    .optional()
    .describe('URL of a product; `PRODUCT_URL_TEMPLATE` when unset'),
  customers: z
    .strictObject({
      linkByEmail: z
        .boolean()
        .default(true)
        .describe(
          'when another profile holds the e-mail of a customer, one without a customer id is merged into the customer’s, and one of another customer gives the e-mail up; `false` leaves both profiles unchanged, and the message ends in the dead-letter topic',
        ),
      customFields: selection('custom fields of customers'),
    })
    .superRefine(({ customFields }, context) => refuse(context, ['customFields', 'map'], clash([customFields])))
    .prefault({}),
  orders: z
    .strictObject({
      placedOn: knownValues('messages that place an order', PLACING_MESSAGES, PLACING_MESSAGES),
      placedStates: knownValues('order states that count as placed', ORDER_STATES, ['Open', 'Confirmed']),
      fulfilledStates: knownValues('order states that mean fulfilled', ORDER_STATES, ['Complete']),
      cancelledStates: knownValues('order states that mean cancelled', ORDER_STATES, ['Cancelled']),
      refundedStates: knownValues('states of a refund transaction that mean refunded', TRANSACTION_STATES, ['Success']),
      backfillAfterHours: z
        .number()
        .nonnegative()
        .default(24)
        .describe(
          'what happened so many hours before its message, such as an imported order, is history: recorded without firing flows',
        ),
      properties: selection('properties of orders'),
      customFields: selection('custom fields of orders'),
      brandAttribute: z.string().min(1).default('brand').describe('product attribute that holds the brand'),
    })
    .refine(
      ({ fulfilledStates, cancelledStates }) => !fulfilledStates.some((state) => cancelledStates.includes(state)),
      'a state cannot mean both fulfilled and cancelled',
    )
    .superRefine(({ properties, customFields }, context) =>
      refuse(context, ['properties', 'map'], clash([properties, customFields], STANDARD_PROPERTIES)),
    )
    .prefault({}),
  events: z
    .strictObject({
      bulk: z
        .enum(['when limited', 'never'])
        .default('when limited')
        .describe(
          '`when limited`: events go in bulk while Klaviyo refuses more single calls, as bulk has a limit of its own, 30 to 40 times as wide; `never`: each event waits for a single call',
        ),
    })
    .prefault({}),
  metrics: z
    .strictObject({
      placedOrder: metric('Placed Order'),
      orderedProduct: metric('Ordered Product'),
      fulfilledOrder: metric('Fulfilled Order'),
      cancelledOrder: metric('Cancelled Order'),
      refundedOrder: metric('Refunded Order'),
    })
    // Klaviyo would take one event for a repetition of the other.
    .refine(
      (metrics) => new Set(Object.values(metrics)).size === Object.keys(metrics).length,
      'each needs a name of its own',
    )
    .prefault({}),
  prices: z
    .strictObject({
      currency: currency
        .optional()
        .describe('currency of catalog prices, needed for Standalone prices; `PREFERRED_CURRENCY` when unset'),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code such as DE')
        .optional()
        .describe('country of catalog prices; needs a currency'),
      channel: z
        .string()
        .min(1)
        .optional()
        .describe('id of the distribution channel of catalog prices; needs a currency'),
    })
    .prefault({}),
  catalog: z
    .strictObject({
      onUnpublish: z
        .enum(['hide', 'delete'])
        .default('hide')
        .describe('`hide` or `delete`: what becomes of the item of an unpublished product'),
      categoryCacheSeconds: z
        .number()
        .nonnegative()
        .max(3600)
        .default(10)
        .describe(
          'how old the categories in the events of orders may be, in seconds: each process remembers those of a product that long',
        ),
      inventoryChannel: z
        .string()
        .min(1)
        .optional()
        .describe(
          'id of the supply channel whose stock counts; unset takes the stock without a channel, else the sum of all',
        ),
    })
    .prefault({}),
  limits: z
    .strictObject({
      attemptSeconds: seconds("one attempt at a message; keep it under the function's timeout", 50, 590),
      requestSeconds: seconds('one try of an HTTP call, no longer than an attempt', REQUEST_SECONDS, 60),
    })
    // The default may be longer: a try ends with its attempt anyway.
    .refine(({ attemptSeconds, requestSeconds }) => requestSeconds <= Math.max(attemptSeconds, REQUEST_SECONDS), {
      path: ['requestSeconds'],
      error: 'expected no more than attemptSeconds',
    })
    .prefault({}),
});

/** The settings with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;
