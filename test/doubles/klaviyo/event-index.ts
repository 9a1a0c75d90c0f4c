import type { KlaviyoEvent, State } from './state.ts';

/** What is known of a list of events without looking through it. */
interface EventIndex {
  keys: Set<string>;
  /** The events by time, those of one second as they were recorded; sorted as far as it is asked for. */
  timeline: KlaviyoEvent[];
  isSorted: boolean;
  /** How many of the list are in here, and the last of them. */
  size: number;
  last: KlaviyoEvent | undefined;
}

/** By the list itself, so that the state stays plain data that a test may cut or replace. */
const indexes = new WeakMap<KlaviyoEvent[], EventIndex>();

/** What makes an event unique: a profile has a metric's unique id once. */
export const keyOf = ({ profile_id, metric, unique_id }: KlaviyoEvent) => `${profile_id} ${metric} ${unique_id}`;

/** Whether the profile has this event already. */
export const isRecorded = ({ events }: State, event: KlaviyoEvent): boolean => indexOf(events).keys.has(keyOf(event));

/** Returns the events of a time by time, those of one second as they were recorded. Both ends in milliseconds since the epoch. */
export function eventsBetween({ events }: State, from: number, until: number): KlaviyoEvent[] {
  const index = indexOf(events);
  // What was sorted before and what came since are sorted in little more than one pass.
  if (!index.isSorted) index.timeline.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  index.isSorted = true;
  return index.timeline.slice(firstAt(index.timeline, from), firstAt(index.timeline, until));
}

/** The place of the first event that did not happen before a time. */
function firstAt(timeline: KlaviyoEvent[], milliseconds: number): number {
  const time = new Date(milliseconds).toISOString();
  let [low, high] = [0, timeline.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timeline[middle]?.time ?? '') < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Gives the events of a profile to another one. */
export function moveEvents({ events }: State, from: string, into: string): void {
  const { keys } = indexOf(events);
  for (const event of events) {
    if (event.profile_id !== from) continue;
    keys.delete(keyOf(event));
    event.profile_id = into;
    keys.add(keyOf(event));
  }
}

/** Removes the events that are meant. */
export function removeEvents(state: State, isMeant: (event: KlaviyoEvent) => boolean): void {
  const removed = new Set(state.events.filter(isMeant));
  if (removed.size === 0) return;
  const index = indexOf(state.events);
  for (const event of removed) index.keys.delete(keyOf(event));
  const stays = (event: KlaviyoEvent) => !removed.has(event);
  state.events = state.events.filter(stays);
  const { length } = state.events;
  indexes.set(state.events, {
    ...{ ...index, timeline: index.timeline.filter(stays) },
    ...{ size: length, last: state.events[length - 1] },
  });
}

/** The index of a list that grows at its end: carried on with what came since, begun anew when the list was cut. */
function indexOf(events: KlaviyoEvent[]): EventIndex {
  let index = indexes.get(events);
  if (!index || events[index.size - 1] !== index.last) {
    index = { keys: new Set(), timeline: [], isSorted: true, size: 0, last: undefined };
    indexes.set(events, index);
  }
  for (const event of events.slice(index.size)) add(index, event);
  return index;
}

function add(index: EventIndex, event: KlaviyoEvent): void {
  index.keys.add(keyOf(event));
  index.timeline.push(event);
  Object.assign(index, { size: index.size + 1, last: event, isSorted: false });
}
