import type { FlowAttempt, FlowCall } from '../../api.ts';
import { Badge, type Tone } from '../kit/basics.tsx';
import { Fold } from '../kit/fold.tsx';
import { durationOf, timeOf } from '../kit/format.ts';
import { Json } from '../kit/json.tsx';

/** How an HTTP call was answered, as a colour. */
const toneOf = (status: number | undefined): Tone => {
  if (status === undefined || status >= 500) return 'bad';
  return status >= 400 ? 'warn' : 'good';
};

/** Every delivery of a message, the last one first and open: its calls in time, and its log line. */
export const Attempts = ({ attempts }: { attempts: FlowAttempt[] }) => (
  <ol class="attempts">
    {attempts.toReversed().map((attempt, index) => (
      <li key={attempt.number}>
        <Fold
          isOpen={index === 0}
          summary={
            <>
              <span>Attempt {attempt.number}</span>
              <Answer attempt={attempt} />
              <span class="soft">{timeOf(attempt.startedAt)}</span>
              <span class="soft took">{durationOf(attempt.milliseconds)}</span>
            </>
          }
        >
          {() => <Whole attempt={attempt} />}
        </Fold>
      </li>
    ))}
  </ol>
);

const Whole = ({ attempt }: { attempt: FlowAttempt }) => (
  <>
    {attempt.failure && <p class="note bad">{attempt.failure}</p>}
    <Waterfall attempt={attempt} />
    {attempt.log && (
      <Fold class="inner" summary="Log line">
        {() => <Json value={attempt.log} label="Log line" />}
      </Fold>
    )}
  </>
);

function Answer({ attempt: { status, milliseconds, failure } }: { attempt: FlowAttempt }) {
  if (status !== undefined) return <Badge tone={toneOf(status)}>{status}</Badge>;
  if (failure || milliseconds !== undefined) return <Badge tone="bad">no answer</Badge>;
  return <Badge busy>under way</Badge>;
}

function Waterfall({ attempt: { calls, milliseconds } }: { attempt: FlowAttempt }) {
  if (calls.length === 0) return <p class="soft small">It called nobody.</p>;
  const end = Math.max(1, milliseconds ?? 0, ...calls.map((call) => call.offset + call.milliseconds));
  return (
    <ol class="waterfall" aria-label="Calls">
      {calls.map((call, index) => (
        <Call key={`${index}`} call={call} end={end} />
      ))}
    </ol>
  );
}

function Call({ call, end }: { call: FlowCall; end: number }) {
  const { service, method, path, status, offset, milliseconds, isShared } = call;
  const left = (offset / end) * 100;
  const width = Math.max(0.6, (milliseconds / end) * 100);
  return (
    <li class="call">
      <span class="where" title={`${method} ${path}`}>
        <span class={`side-mark ${service}`}>{service === 'klaviyo' ? 'K' : 'CT'}</span>
        <span class="mono cut">
          {method} {path.replace(/^\/[^/]+\//, '')}
        </span>
        {isShared && <span class="tag">shared</span>}
      </span>
      <span class={`mono ${toneOf(status)}`}>{status ?? 'cut'}</span>
      <span class="bar-cell">
        <span class={`bar ${toneOf(status)}`} style={{ left: `${Math.min(left, 99.4)}%`, width: `${width}%` }} />
      </span>
      <span class="number soft small">{durationOf(milliseconds)}</span>
    </li>
  );
}
