/** A row of the mapping: what comes in and what it becomes. */
export interface Row {
  notification: string;
  /** Name of the handler as logged; undefined where none is needed. */
  handler: string | undefined;
  /** What is written to Klaviyo. */
  becomes: string;
  /** What an attempt is to end with. */
  outcome: 'synced' | 'ignored' | 'failed';
}

/** The mapping's table, row by row. */
export const ROWS = {
  profile: {
    notification: 'Message CustomerCreated; ResourceUpdated customer',
    handler: 'customer',
    becomes: 'profile',
    outcome: 'synced',
  },
  placed: {
    notification: 'Message OrderCreated, OrderImported, OrderCustomerSet',
    handler: 'order-placed',
    becomes: 'Placed Order, Ordered Product',
    outcome: 'synced',
  },
  fulfilled: {
    notification: 'Message OrderStateChanged → Complete',
    handler: 'order-state',
    becomes: 'Fulfilled Order',
    outcome: 'synced',
  },
  cancelled: {
    notification: 'Message OrderStateChanged → Cancelled',
    handler: 'order-state',
    becomes: 'Cancelled Order',
    outcome: 'synced',
  },
  refunded: {
    notification: 'Message PaymentTransactionAdded, PaymentTransactionStateChanged: a Refund in Success',
    handler: 'refund',
    becomes: 'Refunded Order',
    outcome: 'synced',
  },
  category: {
    notification: 'Message CategoryCreated; ResourceCreated, ResourceUpdated category',
    handler: 'category',
    becomes: 'category and descendants',
    outcome: 'synced',
  },
  categoryDeleted: {
    notification: 'ResourceDeleted category',
    handler: 'category',
    becomes: 'category deleted',
    outcome: 'synced',
  },
  published: {
    notification: 'Message ProductPublished',
    handler: 'product',
    becomes: 'item with its variants',
    outcome: 'synced',
  },
  unpublished: {
    notification: 'Message ProductUnpublished',
    handler: 'product',
    becomes: 'item hidden',
    outcome: 'synced',
  },
  productDeleted: {
    notification: 'ResourceDeleted product',
    handler: 'product',
    becomes: 'item deleted',
    outcome: 'synced',
  },
  inventory: {
    notification: 'ResourceCreated, ResourceUpdated, ResourceDeleted inventory-entry',
    handler: 'inventory',
    becomes: 'stock of the variant',
    outcome: 'synced',
  },
  ignored: {
    notification: 'ResourceCreated subscription (the test) · anything else well formed',
    handler: undefined,
    becomes: 'nothing',
    outcome: 'ignored',
  },
  malformed: {
    notification: 'malformed',
    handler: 'order-placed',
    becomes: 'dead letter',
    outcome: 'failed',
  },
} satisfies Record<string, Row>;

/** Names a row. */
export type RowName = keyof typeof ROWS;
