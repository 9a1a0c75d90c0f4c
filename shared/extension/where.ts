import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { extensionPath, startedFrom } from '../config/early.ts';

/** Beside package.json. */
const USUAL = join(import.meta.dirname, '../../extension.ts');

/**
 * Returns the path of the merchant's extension: the file that KLAVIYO_SYNC_EXTENSION names, else `extension.ts` beside package.json;
 * undefined when there is none. Asked by tools and by the build only: a bundle holds its extension.
 */
export function extensionFile(): string | undefined {
  const given = extensionPath();
  if (given === 'none') return undefined;
  if (given) return resolve(startedFrom(), given);
  return existsSync(USUAL) ? USUAL : undefined;
}
