import type { Calls, Sample, ServiceName } from '../../api.ts';
import { samples } from '../data/live.ts';
import { durationOf, numberOf } from '../kit/format.ts';
import { type Line, Plot } from './plot.tsx';

const MESSAGES: Line[] = [
  { name: 'published', ink: 'soft', of: ({ published }) => published, isDashed: true },
  { name: 'acknowledged', ink: 'accent', of: ({ acknowledged }) => acknowledged, isFilled: true },
  { name: 'failed attempts', ink: 'bad', of: ({ failedAttempts }) => failedAttempts },
];
const TIMES: Line[] = [
  { name: 'p50', ink: 'accent', of: ({ p50 }) => p50, isSparse: true },
  { name: 'p99', ink: 'soft', of: ({ p99 }) => p99, isDashed: true, isSparse: true },
];
const BACKLOG: Line[] = [{ name: 'waiting messages', ink: 'accent', of: ({ backlog }) => backlog, isFilled: true }];
const EVENTS: Line[] = [
  { name: 'single', ink: 'soft', of: ({ events }) => events.single, isDashed: true },
  { name: 'in bulk', ink: 'accent', of: ({ events }) => events.bulk, isFilled: true },
];

const ANSWERS: [keyof Calls, string, Line['ink'], boolean][] = [
  ['ok', '2xx', 'accent', false],
  ['limited', '429', 'warn', false],
  ['refused', 'other 4xx', 'soft', true],
  ['failed', '5xx', 'bad', false],
  ['cut', 'no answer', 'ink', true],
];
const answersOf = (service: ServiceName): Line[] =>
  ANSWERS.map(([answer, name, ink, isDashed]) => ({ name, ink, isDashed, of: ({ calls }) => calls[service][answer] }));
const KLAVIYO = answersOf('klaviyo');
const COMMERCETOOLS = answersOf('commercetools');

const sumOf = (calls: Calls | undefined): number =>
  calls ? Object.values(calls).reduce((sum: number, count: number) => sum + count, 0) : 0;

/** The last minutes. */
export function Plots() {
  const last: Sample | undefined = samples.value.at(-1);
  const { single = 0, bulk = 0 } = last?.events ?? {};
  return (
    <div class="plots">
      <Plot title="Messages" now={`${numberOf(last?.acknowledged ?? 0)} a second`} lines={MESSAGES} />
      <Plot title="Time of an attempt" now={`p99 ${durationOf(last?.p99)}`} lines={TIMES} />
      <Plot title="Backlog" now={numberOf(last?.backlog ?? 0)} lines={BACKLOG} />
      <Plot title="Events in Klaviyo" now={`${numberOf(single + bulk)} a second`} lines={EVENTS} />
      <Plot title="Calls to Klaviyo" now={`${numberOf(sumOf(last?.calls.klaviyo))} a second`} lines={KLAVIYO} />
      <Plot
        title="Calls to commercetools"
        now={`${numberOf(sumOf(last?.calls.commercetools))} a second`}
        lines={COMMERCETOOLS}
      />
    </div>
  );
}
