import type { Span } from '../commercetools/scans/scans.ts';
import type { Options } from './history.ts';

/** Returns when resources must have been changed to be looked at; undefined for all of them. */
export const changedWithin = ({ since, until }: Options): Span | undefined =>
  since === undefined ? undefined : { from: since, until };
