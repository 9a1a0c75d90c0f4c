import { pathToFileURL } from 'node:url';
import type { Extension } from './extension.ts';
import { install } from './install.ts';
import { extensionFile } from './where.ts';

// tools/build puts another module in the place of this one: without an extension it holds nothing else of this folder.
const file = extensionFile();
const load = file === undefined ? undefined : await loading(pathToFileURL(file).href);

/**
 * Returns the merchant's extension; undefined when there is none.
 *
 * @throws ConfigurationError with everything that is wrong with it
 */
export const readExtension = (): Extension | undefined => load && install(load);

/** What cannot be loaded is told by whoever reads it. */
async function loading(url: string): Promise<() => unknown> {
  try {
    const { default: exported } = await import(url);
    return () => exported;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
