import * as z from 'zod';
import { InvalidMessageError } from '../../errors.ts';
import type { OnMalformed, Patience } from '../../history/history.ts';
import { validate } from '../../validate.ts';
import { eachPage, type PageQuery } from '../readers/pages.ts';
import { text } from '../resources/common.ts';
import type { Predicate } from './predicates.ts';
import { sideBySide } from './side-by-side.ts';
import { createThrottle } from './throttle.ts';

/** Parts of one scan that are read at once: each has a page in memory. */
const PARTS_AT_ONCE = 4;

/** What a query has found: one that is malformed is not to keep the others of its page from being read. */
export const foundSchema = z.looseObject({ id: text });

type Found = z.output<typeof foundSchema>;

/** What a query of one page says. */
type PageArguments = PageQuery & Predicate['variables'] & { withTotal: false };

/** A kind of resource that is read page by page. */
export interface Kind<T> {
  /** Names the resource in errors. */
  what: string;
  /** Resources a page, at most: a page is in memory at once. */
  size: number;
  schema: z.ZodType<T>;
  /** Reads a page, of which each result is still to be validated. */
  read(page: PageArguments): Promise<Found[]>;
}

/** How scans go on when something fails. */
export interface ScanOptions {
  patience: Patience;
  /** Called with a resource that lacks what the mapping needs; without this function it ends the scan. */
  onMalformed?: OnMalformed | undefined;
}

/** Returns what asks commercetools on behalf of all scans of a run: together they are as many as commercetools bears. */
export function createScanner({ patience, onMalformed }: ScanOptions) {
  const throttle = createThrottle();

  /** Makes a call when there is room for it, again and again while it fails with what may pass. */
  const ask = <T>(call: () => Promise<T>): Promise<T> => patience.persist(() => throttle(call));

  function valid<T>({ what, schema }: Kind<T>, found: Found): T[] {
    try {
      return [validate(schema, found, () => `The ${what} ${found.id} in commercetools`)];
    } catch (error) {
      if (!onMalformed || !(error instanceof InvalidMessageError)) throw error;
      onMalformed(error, found.id);
      return [];
    }
  }

  async function* pages<T>(kind: Kind<T>, { where, variables }: Predicate): AsyncGenerator<T[], void> {
    const read = (page: PageQuery) => ask(() => kind.read({ ...page, ...variables, withTotal: false }));
    for await (const page of eachPage(where, read, kind.size)) {
      const resources = page.flatMap((found) => valid(kind, found));
      if (resources.length > 0) yield resources;
    }
  }

  return {
    ask,
    /** Yields the resources of each predicate page by page, some predicates side by side, and each a page ahead. */
    scan: <T>(kind: Kind<T>, ...predicates: readonly Predicate[]): AsyncGenerator<T[], void> =>
      sideBySide(
        predicates.map((predicate) => pages(kind, predicate)),
        PARTS_AT_ONCE,
      ),
  };
}
