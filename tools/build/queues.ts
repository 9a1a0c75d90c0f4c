import type { BuildOptions, Metafile } from 'esbuild';
import { bundle } from './bundle.ts';

/**
 * Bundles the functions for other queues than Google's: aws.cjs, azure.cjs and queue.cjs. Each needs nothing but Node. Returns
 * what esbuild tells of the files that it read. Throws what esbuild refuses.
 *
 * @param options go before our own: where they go
 */
export const buildQueues = (options: BuildOptions = {}): Promise<Metafile> =>
  bundle(
    {
      entryPoints: ['functions/aws.ts', 'functions/azure.ts', 'functions/queue.ts'],
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      ...options,
    },
    true,
  );

if (import.meta.main) await buildQueues();
