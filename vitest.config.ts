import { defineConfig } from 'vitest/config';

/** A part of the tests: `npx vitest run --project unit`. */
const part = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`) },
});

export default defineConfig({
  test: {
    projects: [
      part('unit', 'unit'),
      part('integration', 'integration'),
      part('properties', 'properties'),
      part('e2e', 'e2e', 'packaging'),
      part('soak', 'soak'),
    ],
    // Most of them wait: for a pause, a time limit, the emulator.
    maxWorkers: 4,
    // Ends what hangs, and nothing else: a machine that is busy is no fault.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: { lines: 95, branches: 90 },
    },
  },
});
