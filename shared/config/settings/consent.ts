import * as z from 'zod';

/** The channels of marketing whose consent is synced. */
export const CHANNELS = ['email', 'sms'] as const;

/** One of these channels. */
export type Channel = (typeof CHANNELS)[number];

const text = z.string().trim().min(1);

const channel = (name: string) =>
  z
    .strictObject({
      customerField: text
        .optional()
        .describe(
          `boolean custom field of customers: ${name} is subscribed when the field becomes \`true\`, and unsubscribed when it was \`true\``,
        ),
      orderField: text
        .optional()
        .describe(`boolean custom field of orders: ${name} is subscribed when an order is created with \`true\``),
      list: text
        .optional()
        .describe(
          `id of Klaviyo’s list that ${name} is subscribed to and unsubscribed from; unset unsubscribes from everything`,
        ),
      source: text
        .default('commercetools')
        .describe(`what Klaviyo shows as the source of the consent; by it our own consent is known again`),
    })
    .refine(({ customerField, orderField }) => customerField || orderField, 'needs customerField or orderField')
    .optional();

/** Who is subscribed, and unsubscribed. Nobody by default. */
export const consent = z
  .strictObject({
    email: channel('the e-mail address'),
    sms: channel('the phone number'),
    withinHours: z
      .number()
      .positive()
      .default(24)
      .describe(
        'how old a message may be that subscribes somebody, in hours: an old letter that is replayed never does',
      ),
  })
  .prefault({});
