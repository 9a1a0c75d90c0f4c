import type { Answer } from '../http.ts';
import { invalid, KlaviyoError } from './errors.ts';
import { eventBulkBody } from './event-body.ts';
import { isAmong, ownerOf, record, toEvent } from './event-recording.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { KlaviyoEvent, State } from './state.ts';

const MAX_EVENTS = 1000;
const ENTRIES = '/data/attributes/events-bulk-create/data';

/** Klaviyo's operation on many events: all of a request is recorded, or nothing of it. */
export const eventBulkRoutes: Route[] = [{ method: 'POST', path: '/api/event-bulk-create-jobs', answer: create }];

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
  const draft = draftOf(state);
  const taken: KlaviyoEvent[] = settings.bulkRefusesStored ? [...state.events] : [];
  const refusals: KlaviyoError[] = [];

  function add({ backfill, profile, events }: (typeof data)[number]['attributes'], at: string): void {
    const owner = ownerOf(draft, profile.data, settings.eventIdentity, `${at}/profile/data`);
    for (const [index, { attributes }] of events.data.entries()) {
      const event = toEvent(draft, owner, { ...attributes, backfill: attributes.backfill ?? backfill });
      const pointer = `${at}/events/data/${index}/attributes/unique_id`;
      if (isAmong(taken, event))
        refusals.push(invalid('The unique_id is repeated for this profile and metric.', pointer));
      taken.push(event);
      record(draft, owner, event, 'bulk');
    }
  }

  for (const [index, { attributes }] of data.entries()) {
    try {
      add(attributes, `${ENTRIES}/${index}/attributes`);
    } catch (error) {
      if (!(error instanceof KlaviyoError)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw asOne(refusals);
  draft.arrivals.batches += 1;
  Object.assign(state, draft);
  return { status: 202 };
}

/** A copy of what a request writes to. */
const draftOf = (state: State): State => ({
  ...state,
  profiles: new Map(
    [...state.profiles].map(([id, { location, ...own }]) => [id, { ...own, location: { ...location } }]),
  ),
  events: [...state.events],
  arrivals: { ...state.arrivals },
});

/** A conflict of identifiers is a 409 as in a call of its own, unless something else is wrong as well. */
function asOne(refusals: KlaviyoError[]): KlaviyoError {
  const [status = 400, ...others] = new Set(refusals.map((refusal) => refusal.status));
  return new KlaviyoError(
    others.length > 0 ? 400 : status,
    refusals.flatMap((refusal) => refusal.refusals),
  );
}
