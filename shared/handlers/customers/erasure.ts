import { RetryableError } from '../../errors.ts';
import { defineHandler } from '../handler.ts';

/**
 * A customer was deleted: the profile is erased, if that was asked for. The message names no store, and erases in whichever
 * account the profile is.
 */
export const erasure = defineHandler({
  name: 'erasure',
  resource: 'customer',
  messages: {},
  changes: ['ResourceDeleted'],
  becomes:
    'the profile is **erased**, with its history and for good, when the customer was deleted with `dataErasure=true` (`customers.onDelete`)',
  async plan({ notification }, { commercetools, settings }) {
    const { onDelete } = settings.customers;
    const { resource, dataErasure } = notification;
    if (onDelete === 'keep' || (onDelete === 'erase-on-request' && dataErasure !== true)) return [];
    // Nothing brings a profile back that was erased by mistake.
    if (await commercetools.customers.byId(resource.id))
      throw new RetryableError(`customer ${resource.id} was deleted, and is still there`);
    return [{ kind: 'eraseProfile', externalId: resource.id }];
  },
});
