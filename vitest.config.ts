import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A part of the tests: `npx vitest run --project unit`. */
const part = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`) },
});

const PARTS = [
  part('soak', 'soak'),
  part('e2e', 'e2e', 'packaging'),
  part('properties', 'properties'),
  part('integration', 'integration'),
  part('unit', 'unit'),
];

/** Begins with the parts whose files take longest: at the end everybody would wait for them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification) => PARTS.findIndex(({ test }) => test.name === project.name);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    projects: PARTS,
    sequence: { sequencer: LongestFirst },
    // What is tested is ours, whatever the merchant's extension makes of it.
    env: { KLAVIYO_SYNC_EXTENSION: 'none' },
    // Files leave nothing behind, so they share a process: to load the modules for each anew takes longer than the tests.
    isolate: false,
    // Most of them wait: for a pause, a time limit, the emulator.
    maxWorkers: 6,
    // Ends what hangs, and nothing else: a machine that is busy is no fault.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: { lines: 95, branches: 90 },
    },
  },
});
