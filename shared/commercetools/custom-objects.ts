import * as z from 'zod';
import { PermanentError } from '../errors.ts';
import type { CommercetoolsClient } from './client.ts';

/** The most that commercetools gives in one page. */
const PAGE = 500;

const customObject = z.looseObject({ id: z.string(), key: z.string(), version: z.number(), value: z.unknown() });

/** A custom object, as far as it is read. */
export type CustomObject = z.output<typeof customObject>;

/** The custom objects of a container. https://docs.commercetools.com/api/projects/custom-objects */
export interface CustomObjects {
  /** Writes the object of a key, whether there is one or not. */
  put(key: string, value: object): Promise<void>;
  /** All of them, page by page. */
  pages(): AsyncGenerator<CustomObject[]>;
  /** Deletes one; one that is gone already is none to delete. */
  remove(object: Pick<CustomObject, 'key' | 'version'>): Promise<void>;
}

/** Returns the custom objects of a container. The client has to take 201, with which commercetools answers a new one. */
export function customObjects({ api, query, write }: CommercetoolsClient, container: string): CustomObjects {
  const what = `custom objects of ${container}`;
  return {
    async put(key, value) {
      await write(what, customObject, api.customObjects().post({ body: { container, key, value } }));
    },
    async *pages() {
      for (let last = ''; ; ) {
        const where = last === '' ? {} : { where: `id > "${last}"` };
        const queryArgs = { limit: PAGE, sort: 'id asc', ...where };
        const page = await query(
          what,
          customObject,
          api.customObjects().withContainer({ container }).get({ queryArgs }),
        );
        if (page.length > 0) yield page;
        if (page.length < PAGE) return;
        last = page.at(-1)?.id ?? '';
      }
    },
    async remove({ key, version }) {
      const request = api.customObjects().withContainerAndKey({ container, key }).delete({ queryArgs: { version } });
      await write(what, customObject, request).catch((error: unknown) => {
        if (!(error instanceof PermanentError && error.status === 404)) throw error;
      });
    },
  };
}
