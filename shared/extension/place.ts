import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { safeToLog } from '../log/safely.ts';

/** Bundles whose source map was read, by path. */
const maps = new Map<string, SourceMap | undefined>();

function mapOf(bundle: string): SourceMap | undefined {
  if (!maps.has(bundle)) {
    const file = `${bundle}.map`;
    maps.set(bundle, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined);
  }
  return maps.get(bundle);
}

/** Where a frame of a stack is in the source. */
function inSource(frame: string): string | undefined {
  // Node's own modules (node:internal/url:895:25) are no files.
  const [, where = '', line, column] = /[\s(]((?:file:\/\/)?\/\S+?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  if (!where) return undefined;
  const file = where.startsWith('file:') ? fileURLToPath(where) : where;
  const origin = mapOf(file)?.findOrigin(Number(line), Number(column));
  if (origin && 'fileName' in origin)
    return `${String(origin.fileName).replace(/^(\.\.\/)+/, '')}:${origin.lineNumber}:${origin.columnNumber}`;
  return `${relative(process.cwd(), file)}:${line}:${column}`;
}

/** Where a file is no TypeScript that Node reads: Node says so before the stack, and has no frame of the file. */
function aheadOf({ stack = '' }: Error): string | undefined {
  const [, file, line] = /^(?:file:\/\/)?(\/\S+):(\d+)\n/.exec(stack) ?? [];
  return file && `${relative(process.cwd(), file)}:${line}`;
}

/** Neither a file of ours nor one of a package. */
const isExtensions = (place: string): boolean => !/^(shared|functions|tools)\/|node_modules\/|\.cjs:/.test(place);

/**
 * Returns where the code of an extension threw, as `extension.ts:12:5`; undefined when no frame of it is in the stack. Bundled code is
 * looked up in the source map beside the bundle.
 */
export const placeOf = (error: Error): string | undefined =>
  safeToLog(error)
    .frames.flatMap((frame) => inSource(frame) ?? [])
    .find(isExtensions) ?? aheadOf(error);
