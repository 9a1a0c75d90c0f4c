import * as z from 'zod';
import { PermanentError, RetryableError } from '../../errors.ts';

/** Returns Klaviyo's id of a catalog object that we made: https://developers.klaviyo.com/en/reference/catalogs_api_overview */
export const catalogId = (externalId: string): string => OURS + externalId;

/** Returns the id that we gave a catalog object of Klaviyo's; undefined when it is not one of ours. */
export const externalIdOf = (id: string): string | undefined =>
  id.startsWith(OURS) ? id.slice(OURS.length) : undefined;

/** How Klaviyo's ids of catalog objects begin that came by the API. */
const OURS = '$custom:::$default:::';

/**
 * Returns whether a call was accepted; false when Klaviyo refused it with one of the given statuses.
 *
 * @throws any other error of the call
 */
export const accepted = (call: Promise<unknown>, ...refusals: number[]): Promise<boolean> =>
  unlessRefused(
    call.then(() => true),
    false,
    ...refusals,
  );

/**
 * Returns what a call answers; `otherwise` when Klaviyo refused it with one of the given statuses.
 *
 * @throws any other error of the call
 */
export async function unlessRefused<T>(call: Promise<T>, otherwise: T, ...refusals: number[]): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PermanentError && refusals.some((status) => status === error.status)) return otherwise;
    throw error;
  }
}

/** Updates an object; creates it if it does not exist (404); updates it if it was created in between (409). */
export async function upsert(update: () => Promise<unknown>, create: () => Promise<unknown>): Promise<void> {
  if (await accepted(update(), 404)) return;
  if (await accepted(create(), 409)) return;
  await update();
}

/**
 * Returns the validated part of a response.
 *
 * @throws RetryableError when the response has another shape, as only Klaviyo or a proxy can be at fault
 */
export function answered<S extends z.ZodType>(schema: S, { response }: { response: { data: unknown } }): z.output<S> {
  const { success, data } = schema.safeParse(response.data);
  if (!success) throw new RetryableError('Klaviyo answered with something unexpected');
  return data;
}

/** A position in the list of a request: `3` of `/data/attributes/profiles/data/3/attributes/email`. */
const POSITION = /^\/data\/attributes\/[\w-]+\/data\/(\d+)(?:\/|$)/;

/** Returns the positions in the list of a request that Klaviyo's pointers name. */
export const positionsOf = (pointers: readonly string[]): number[] =>
  pointers.flatMap((pointer) => POSITION.exec(pointer)?.[1] ?? []).map(Number);

const entry = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({ name: z.string().nullish() }).optional(),
});

/** An object of a list, as far as we read it. */
export type ListEntry = z.output<typeof entry>;

/** Returns the schema of a page of a list. */
export const pageOf = <S extends z.ZodType>(entry: S) =>
  z.looseObject({ data: z.array(entry), links: z.looseObject({ next: z.string().nullish() }).optional() });

/** A page of a list of catalog objects. */
export const listPage = pageOf(entry);

/** A page of a list, and where the next one is. */
interface Page<T> {
  data: T[];
  links?: { next?: string | null };
}

/**
 * Yields the objects of a list, page by page.
 *
 * @throws RetryableError when a page links back to one that was read already
 */
export async function* eachPage<T>(read: (pageCursor?: string) => Promise<Page<T>>): AsyncGenerator<T[], void> {
  const seen = new Set<string | undefined>();
  for (let cursor: string | undefined; ; ) {
    seen.add(cursor);
    const { data, links } = await read(cursor);
    yield data;
    if (!links?.next) return;
    cursor = new URL(links.next, 'https://a.klaviyo.com').searchParams.get('page[cursor]') ?? undefined;
    if (seen.has(cursor)) throw new RetryableError('Klaviyo leads back to a page that was read already');
  }
}

/**
 * Returns the objects of all pages of a list.
 *
 * @throws RetryableError when a page links back to one that was read already
 */
export async function allPages(
  list: (pageCursor?: string) => Promise<{ response: { data: unknown } }>,
): Promise<ListEntry[]> {
  const found: ListEntry[] = [];
  for await (const page of eachPage(async (cursor) => answered(listPage, await list(cursor)))) found.push(...page);
  return found;
}
