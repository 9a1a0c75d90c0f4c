import * as z from 'zod';
import { PermanentError, RetryableError } from '../../errors.ts';

/** Klaviyo's id of a catalog object that we made: https://developers.klaviyo.com/en/reference/catalogs_api_overview */
export const catalogId = (externalId: string): string => `$custom:::$default:::${externalId}`;

/**
 * Whether a call was taken; false when it was refused with one of the given statuses.
 *
 * @throws whatever else went wrong
 */
export async function accepted(call: Promise<unknown>, ...refusals: number[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof PermanentError && refusals.some((status) => status === error.status)) return false;
    throw error;
  }
}

/** Updates; creates what is not there; updates when somebody else created it in between. */
export async function upsert(update: () => Promise<unknown>, create: () => Promise<unknown>): Promise<void> {
  if (await accepted(update(), 404)) return;
  if (await accepted(create(), 409)) return;
  await update();
}

/**
 * The part of an answer that is needed.
 *
 * @throws RetryableError when it is not there, as nobody but Klaviyo is at fault
 */
export function answered<S extends z.ZodType>(schema: S, { response }: { response: { data: unknown } }): z.output<S> {
  const { success, data } = schema.safeParse(response.data);
  if (!success) throw new RetryableError('Klaviyo answered with something unexpected');
  return data;
}

const listPage = z.looseObject({
  data: z.array(
    z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string().nullish() }).optional() }),
  ),
  links: z.looseObject({ next: z.string().nullish() }).optional(),
});

/** An object of a list, as far as it is read. */
export type Listed = z.output<typeof listPage>['data'][number];

/**
 * All pages of a list, 100 objects each. None when the list itself does not exist.
 *
 * @throws RetryableError when a page leads back to one that was read
 */
export async function allPages(
  list: (pageCursor?: string) => Promise<{ response: { data: unknown } }>,
): Promise<Listed[]> {
  const found: Listed[] = [];
  const seen = new Set<string | undefined>();
  for (let cursor: string | undefined; ; ) {
    seen.add(cursor);
    const { data, links } = answered(listPage, await list(cursor));
    found.push(...data);
    if (!links?.next) return found;
    cursor = new URL(links.next, 'https://a.klaviyo.com').searchParams.get('page[cursor]') ?? undefined;
    if (seen.has(cursor)) throw new RetryableError('Klaviyo leads back to a page that was read already');
  }
}
