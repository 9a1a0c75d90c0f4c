import type * as z from 'zod';
import type { FaultTarget } from '../faults.ts';
import type { Answer } from '../http.ts';
import { invalid, KlaviyoError } from './errors.ts';
import { eventBulkBody } from './event-body.ts';
import { isRecorded, keyOf } from './event-index.ts';
import { ownerOf, record, toEvent } from './event-recording.ts';
import { runLater } from './jobs.ts';
import { survivorOf } from './profile-merge.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { Settings } from './settings.ts';
import type { KlaviyoEvent, State } from './state.ts';
import { undoable } from './undoable.ts';

const MAX_EVENTS = 1000;
const ENTRIES = '/data/attributes/events-bulk-create/data';

/** The path of the operation on many events. */
export const EVENT_BULK = '/api/event-bulk-create-jobs';

/** Returns whether a request is one with many events. */
export const isEventBulk = ({ path }: FaultTarget): boolean => path === EVENT_BULK;

/** Klaviyo's operation on many events: all of a request is recorded, or nothing of it. */
export const eventBulkRoutes: Route[] = [{ method: 'POST', path: EVENT_BULK, answer: create }];

function create(call: Call): Answer {
  try {
    return createAll(call);
  } catch (error) {
    if (!(error instanceof KlaviyoError) || call.settings.bulkPointers) throw error;
    throw new KlaviyoError(error.status, [WITHOUT_POINTER]);
  }
}

const WITHOUT_POINTER = { code: 'invalid', title: 'Invalid input.', detail: 'The payload is invalid.' };

function createAll(call: Call): Answer {
  const { state, settings } = call;
  const { data } = readBody(eventBulkBody, call).data.attributes['events-bulk-create'];
  const count = data.reduce((sum, { attributes }) => sum + attributes.events.data.length, 0);
  if (count > MAX_EVENTS) throw invalid(`A request takes ${MAX_EVENTS} events, not ${count}.`, ENTRIES);
  const { result: events, takeBack } = undoable(state, () => planned(call, data));
  if (settings.random() < settings.bulkEventLoss) takeBack();
  else runLater(state, delayOf(settings), () => recordAll(state, events));
  return { status: 202 };
}

const delayOf = ({ bulkEventLag, bulkEventDelay, random }: Settings) => ({
  calls: bulkEventLag,
  milliseconds: bulkEventDelay * random(),
});

/** Of a profile that was merged meanwhile the other one has the events, and of one that was erased nobody. */
function recordAll(state: State, events: KlaviyoEvent[]): void {
  for (const event of events) {
    const owner = survivorOf(state, event.profile_id);
    if (owner) record(state, owner, Object.assign(event, { profile_id: owner.id }), 'bulk');
  }
  state.arrivals.batches += 1;
}

type Entries = z.infer<typeof eventBulkBody>['data']['attributes']['events-bulk-create']['data'];

/** What a request is to record; profiles are written at once. Throws one refusal that names all that is wrong. */
function planned({ state, settings }: Call, entries: Entries): KlaviyoEvent[] {
  const plan: KlaviyoEvent[] = [];
  const taken = new Set<string>();
  const refusals: KlaviyoError[] = [];

  function add({ backfill, profile, events }: Entries[number]['attributes'], at: string): void {
    const owner = ownerOf(state, profile.data, settings.eventIdentity, `${at}/profile/data`);
    for (const [index, { attributes }] of events.data.entries()) {
      const event = toEvent(state, owner, { ...attributes, backfill: attributes.backfill ?? backfill });
      const pointer = `${at}/events/data/${index}/attributes/unique_id`;
      if (taken.has(keyOf(event)) || (settings.bulkRefusesStored && isRecorded(state, event)))
        refusals.push(invalid('The unique_id is repeated for this profile and metric.', pointer));
      taken.add(keyOf(event));
      plan.push(event);
    }
  }

  for (const [index, { attributes }] of entries.entries()) {
    try {
      add(attributes, `${ENTRIES}/${index}/attributes`);
    } catch (error) {
      if (!(error instanceof KlaviyoError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw asOne(refusals);
  return plan;
}

/** A conflict of identifiers is a 409 as in a call of its own, unless something else is wrong as well. */
function asOne(refusals: KlaviyoError[]): KlaviyoError {
  const [status = 400, ...others] = new Set(refusals.map((refusal) => refusal.status));
  return new KlaviyoError(
    others.length > 0 ? 400 : status,
    refusals.flatMap((refusal) => refusal.refusals),
  );
}
