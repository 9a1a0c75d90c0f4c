import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders of the tests that need more than modules. Those whose files take longest come first: at the end everybody would wait. */
const SYSTEM = ['soak', 'e2e', 'packaging', 'properties', 'integration'];

const project = (name: string, ...folders: string[]) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`) },
});

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = [...SYSTEM, 'unit'].map((folder) => `/test/${folder}/`);
    const rank = ({ moduleId }: TestSpecification) => order.findIndex((folder) => moduleId.includes(folder));
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    // Projects share no processes, and each process loads the modules anew, so there are two. A part: `npx vitest run test/e2e`.
    projects: [project('system', ...SYSTEM), project('unit', 'unit')],
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
