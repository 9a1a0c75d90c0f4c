import * as z from 'zod';
import { type Category, categorySchema } from '../commercetools/resources.ts';
import type { Write } from '../klaviyo/writes.ts';
import { toCatalogCategory } from '../mappers/category.ts';
import { isChange, isMessage, messagePayload } from '../platform-format/notification.ts';
import type { Change, Message, Notification } from '../platform-format/schema.ts';
import { defineHandler, type PlanContext } from './handler.ts';

const accepts = (notification: Notification): notification is Message | Change =>
  isMessage(notification, 'CategoryCreated') ||
  isChange(notification, 'category', 'ResourceCreated', 'ResourceUpdated', 'ResourceDeleted');

const createdSchema = z.looseObject({ category: categorySchema });

/**
 * A category came, changed or went. Its name is part of its descendants' breadcrumbs, so they are looked after too. One
 * that has gone is deleted whatever the notification says, as an earlier attempt at it may have written it.
 */
export const category = defineHandler('category', accepts, async (notification, context) => {
  const { id } = notification.resource;
  if (notification.notificationType === 'ResourceDeleted') return [{ kind: 'deleteCategory', id }];
  if (notification.notificationType === 'Message') messagePayload(notification, createdSchema);
  const { categories } = context.commercetools;
  const [current, below] = await Promise.all([
    categories.byId(id),
    notification.notificationType === 'ResourceUpdated' ? categories.descendants(id) : [],
  ]);
  if (!current) return [{ kind: 'deleteCategory', id }];
  const toCategory = (one: Category) => toCatalogCategory(one, context.settings.locale);
  return [
    { kind: 'upsertCategory', category: toCategory(current), descendants: below.map(toCategory) },
    ...(await goneSince(context, below)),
  ];
});

/** Descendants that an earlier plan of this attempt wrote and that have been deleted meanwhile. */
async function goneSince({ previous, commercetools }: PlanContext, below: Category[]): Promise<Write[]> {
  const written = previous.flatMap((write) => (write.kind === 'upsertCategory' ? write.descendants : []));
  const missing = written.filter(({ id }) => !below.some((one) => one.id === id));
  const current = await Promise.all(missing.map(({ id }) => commercetools.categories.byId(id)));
  return missing.filter((_, index) => !current[index]).map(({ id }) => ({ kind: 'deleteCategory', id }));
}
