import type { AttemptLine } from '../../../../test/doubles/attempts.ts';
import type { RecordedRequest } from '../../../../test/doubles/http.ts';
import type { Changeable, FlowRow, Sample, ServiceName } from '../../api.ts';
import { isWrite } from './calls.ts';
import { createFlow, type Flow } from './flow.ts';
import { createSampler } from './samples.ts';

const BATCH_MILLISECONDS = 200;
const SAMPLE_MILLISECONDS = 1000;
const KEPT_MILLISECONDS = 2000;

/** Told of what has happened, in batches. */
export interface Watcher {
  onRows(rows: FlowRow[]): void;
  onSample(sample: Sample): void;
  onChanged(what: Changeable[]): void;
}

/** Sees everything that happens, and keeps what is looked at. */
export interface Observer {
  flow: Flow;
  samples(): Sample[];
  onCall(service: ServiceName, call: RecordedRequest): void;
  onAttempt(line: AttemptLine): void;
  /** Something has changed that may be asked for again. */
  changed(what: Changeable): void;
  stop(): void;
}

/** Starts to observe. */
export function createObserver(watcher: Watcher): Observer {
  const rows = new Map<string, FlowRow>();
  const changes = new Set<Changeable>();
  const { onPublished, onDelivered, onEvents, onCall, take, samples } = createSampler();

  const flow = createFlow({
    ...{ onPublished, onEvents },
    onRow(row) {
      // As it is when the batch goes.
      rows.set(row.messageId, row);
    },
    onDelivered(milliseconds, ending) {
      onDelivered(milliseconds, ending);
      if (ending !== 'given-up') return;
      const tell = () => changes.add('dead-letters').add('overview');
      tell();
      // The emulator takes its time to keep what it gave up.
      setTimeout(tell, KEPT_MILLISECONDS).unref();
    },
  });

  const batches = setInterval(() => {
    if (rows.size > 0) watcher.onRows([...rows.values()].sort((one, other) => one.number - other.number));
    if (changes.size > 0) watcher.onChanged([...changes]);
    rows.clear();
    changes.clear();
  }, BATCH_MILLISECONDS);
  const seconds = setInterval(() => watcher.onSample(take(flow.open())), SAMPLE_MILLISECONDS);

  return {
    flow,
    samples,
    onCall(service, call) {
      // Who looks at the shop and at Klaviyo is no part of the traffic.
      if (call.traceparent === undefined) return;
      flow.called(service, call);
      onCall(service, call.status);
      if (service === 'klaviyo' && isWrite(call)) changes.add('klaviyo');
    },
    onAttempt: flow.logged,
    changed: (what) => void changes.add(what),
    stop() {
      clearInterval(batches);
      clearInterval(seconds);
    },
  };
}
