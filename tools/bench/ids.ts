/** Stands for the number of a resource in a template; no id has a 12-digit group like it otherwise. */
export const NUMBER = '888888888888';

/** Stands for the number of a group of products in a template of an order. */
export const GROUP = '777777777';

/** Stands for the number of a buyer in a template of an order. */
export const BUYER = '666666666666';

/** Stands for the time of an order in a template of it. */
export const PLACED = '2001-01-01T00:00:00.000Z';

/** Groups of products that orders share. */
export const GROUPS = 10;

const TAGS = {
  customer: 'c057',
  order: '0de5',
  lineItem: '11e5',
  product: 'd0d5',
  payment: '9a45',
  entry: '1055',
  transaction: '7a55',
} as const;

/** A number as the last group of an id. */
export const digits = (number: number, length = NUMBER.length): string => String(number).padStart(length, '0');

/**
 * An id that tells how to make its resource, so that the stand-ins need no data: a size (line items, variants, `CUSTOMERS`), and
 * the digits of a number.
 */
export const benchId = (tag: keyof typeof TAGS, size: number, number: string): string =>
  `${digits(size, 8)}-${TAGS[tag]}-4000-8000-${number}`;

/** In place of a size: nobody, customers who sign up, who order for the first time, and whom Klaviyo has known all along. */
export const CUSTOMERS = { guest: 0, new: 1, strange: 2, known: 3 } as const;

/** The line items or variants that an id asks for. */
export const sizeOf = (id: string): number => Number(id.slice(0, 8));

/** The digits of an id's number. */
export const numberOf = (id: string): string => id.slice(-NUMBER.length);

/** The SKU of a variant, which tells its product. */
export const skuOf = (product: string, variant: number): string => `${product}.${variant}`;

/** The e-mail of a customer. */
export const emailOf = (customer: string): string => `shopper-${numberOf(customer)}@example.org`;
