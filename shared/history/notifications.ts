import type { Notification } from '../platform-format/schema.ts';
import type { History } from './history.ts';

type Of = Pick<History, 'projectKey'>;

/** Returns what has the handlers write a category or a customer as it is now, or delete a category that is gone. */
export const updateOf =
  (typeId: 'category' | 'customer', { projectKey }: Of) =>
  (id: string): Notification => ({ notificationType: 'ResourceUpdated', projectKey, resource: { typeId, id } });

/** Returns what has the handlers write all of a product with its stock, as it is published now, or hide or delete it. */
export const publicationOf =
  ({ projectKey }: Of) =>
  (id: string): Notification => ({
    notificationType: 'Message',
    type: 'ProductPublished',
    projectKey,
    resource: { typeId: 'product', id },
  });

/** Returns what has the handlers take out of Klaviyo what is gone, a customer with all personal data. */
export const deletionOf =
  (typeId: 'category' | 'customer' | 'product', { projectKey }: Of) =>
  (id: string): Notification => ({
    notificationType: 'ResourceDeleted',
    projectKey,
    resource: { typeId, id },
    dataErasure: true,
  });
