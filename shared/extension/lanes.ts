import type { Handler } from '../handlers/handler.ts';
import { type Lane, lanes } from '../handlers/index.ts';
import type { Extension } from './extension.ts';

/** Returns the lanes with the handlers of an extension: each in the lane of its resource, in the first where we have none of it. */
export function lanesWith(extension: Extension | undefined): Record<Lane, readonly Handler[]> {
  const more = extension?.handlers ?? [];
  const isOfCatalog = ({ resource }: Handler) => lanes.catalog.some((ours) => ours.resource === resource);
  return {
    orders: [...lanes.orders, ...more.filter((handler) => !isOfCatalog(handler))],
    catalog: [...lanes.catalog, ...more.filter(isOfCatalog)],
  };
}
