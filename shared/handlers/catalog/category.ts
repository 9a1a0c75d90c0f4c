import * as z from 'zod';
import { type Category, categorySchema } from '../../commercetools/resources/category.ts';
import { toCatalogCategory } from '../../mappers/catalog/category.ts';
import { isChange, isMessage, messagePayload } from '../../platform-format/message.ts';
import type { Change, Message, Notification } from '../../platform-format/schema.ts';
import { defineHandler } from '../handler.ts';
import { categoriesSince } from './left-behind.ts';

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
  context.commercetools.products.forgetCategories();
  if (notification.notificationType === 'ResourceDeleted') return [{ kind: 'deleteCategory', id }];
  if (notification.notificationType === 'Message') messagePayload(notification, createdSchema);
  const { categories } = context.commercetools;
  const [current, below] = await Promise.all([
    categories.byId(id),
    notification.notificationType === 'ResourceUpdated' ? categories.descendants(id) : [],
  ]);
  if (!current) return [{ kind: 'deleteCategory', id }, ...(await categoriesSince(context, [id]))];
  const toCategory = (one: Category) => toCatalogCategory(one, context.settings.locale);
  return [
    { kind: 'upsertCategory', category: toCategory(current), descendants: below.map(toCategory) },
    ...(await categoriesSince(context, [id, ...below.map((one) => one.id)])),
  ];
});
