import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** A file of the page. */
export interface PageFile {
  type: string;
  body: Uint8Array;
}

const here = (path: string): string => new URL(path, import.meta.url).pathname;
const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

/** Bundles the page into memory. Returns its files by their paths, `/` for the page itself. Throws what esbuild refuses. */
export async function pageFiles(): Promise<Map<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: [here('page/main.tsx')],
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2024',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const built = outputFiles.map(({ path, contents }): [string, PageFile] => {
    const name = path.split(/[\\/]/).at(-1) ?? '';
    return [`/${name}`, { type: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', body: contents }];
  });
  const html = await readFile(here('page/index.html'));
  return new Map([['/', { type: 'text/html; charset=utf-8', body: html }], ...built]);
}
