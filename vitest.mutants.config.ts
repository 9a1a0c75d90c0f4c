import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const QUICKEST_FIRST = ['/unit/mappers/', '/unit/handlers/', '/unit/', '/integration/'];
const rank = ({ moduleId }: TestSpecification) => QUICKEST_FIRST.findIndex((part) => moduleId.includes(part));

/** The tests that count for mutants: those that reach handlers and mappers without waiting long for something else. */
export default defineConfig({
  test: {
    include: ['test/unit/{mappers,handlers}/**/*.test.ts', 'test/unit/*.test.ts', 'test/integration/*.test.ts'],
    exclude: ['**/{deliveries,commercetools-failures,klaviyo-failures,log-privacy,time-limits,process}.test.ts'],
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    sequence: {
      sequencer: class extends BaseSequencer {
        override async sort(files: TestSpecification[]) {
          return files.toSorted((one, other) => rank(one) - rank(other));
        }
      },
    },
  },
});
