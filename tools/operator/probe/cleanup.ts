import { setTimeout as sleep } from 'node:timers/promises';
import type { RawKlaviyo } from '../../../shared/klaviyo/raw.ts';
import { taken } from './answers.ts';
import { ENTRY_KINDS, type EntryKind, existing, remove as removeEntry } from './calls/catalog.ts';
import { type Attributes, erase, search } from './calls/profiles.ts';
import { pauses, type Waiting } from './lab.ts';
import { emailOf, type Names, nameOf } from './names.ts';

/** Names that are asked for at once: a page has 100, and a name may have two profiles, of its id and of its e-mail. */
const CHUNK = 50;

/** Scopes that the key needs to find what a run made, and to delete it. */
export const CLEANING = ['profiles:read', 'profiles:write', 'data-privacy:write', 'catalogs:read', 'catalogs:write'];

/** What is there of a run. */
export interface Remains {
  /** Klaviyo's ids. */
  profiles: readonly string[];
  entries: readonly { kind: EntryKind; name: string }[];
}

const isNothing = ({ profiles, entries }: Remains): boolean => profiles.length + entries.length === 0;

/** An erasure cannot be undone: whatever a search finds, only who has a name of the run is erased. */
const isOf = (run: string, { external_id, email }: Attributes): boolean =>
  [external_id, email].some((name) => String(name).toLowerCase().startsWith(`${run}-`));

/** Returns what Klaviyo shows of a run. Nothing else has such names. */
export async function remainsOf(klaviyo: RawKlaviyo, { run, count }: Names): Promise<Remains> {
  const names = Array.from({ length: count }, (_, index) => nameOf(run, index + 1));
  const profiles = new Set<string>();
  const entries: { kind: EntryKind; name: string }[] = [];
  for (let at = 0; at < names.length; at += CHUNK) {
    const some = names.slice(at, at + CHUNK);
    for (const [field, values] of [
      ['external_id', some],
      ['email', some.map(emailOf)],
    ] as const)
      for (const { id, attributes } of await search(
        { klaviyo },
        `any(${field},[${values.map((value) => JSON.stringify(value))}])`,
      ))
        if (isOf(run, attributes)) profiles.add(id);
    for (const kind of ENTRY_KINDS)
      for (const name of await existing({ klaviyo }, kind, some)) entries.push({ kind, name });
  }
  return { profiles: [...profiles], entries };
}

/**
 * Deletes catalog entries, and asks for profiles to be erased.
 *
 * @param asked Klaviyo's ids of profiles that have been asked for already; added to
 */
async function remove({ profiles, entries }: Remains, klaviyo: RawKlaviyo, asked: Set<string>): Promise<void> {
  for (const { kind, name } of entries.toReversed()) {
    const answer = await removeEntry({ klaviyo }, kind, name);
    // An item takes its variants along.
    if (answer.status !== 404) taken(answer);
  }
  for (const id of profiles.filter((profile) => !asked.has(profile))) {
    await erase({ klaviyo }, id);
    asked.add(id);
  }
}

/**
 * Deletes what a run made: catalog entries at once, profiles with their events by an erasure that Klaviyo carries out later. Looks
 * again until there has been nothing for as long as it takes to settle, for jobs may come late.
 *
 * @returns what Klaviyo still shows when patience is over: profiles have been asked to be erased by then
 * @throws SyncError or ToolError when Klaviyo refuses
 */
export async function cleanUp(klaviyo: RawKlaviyo, names: Names, { patience, settle }: Waiting): Promise<Remains> {
  const end = performance.now() + Math.max(patience, settle);
  const asked = new Set<string>();
  let wasNothing = false;
  for (const pause of pauses()) {
    const remains = await remainsOf(klaviyo, names);
    const isDone = isNothing(remains);
    if (isDone && wasNothing) return remains;
    await remove(remains, klaviyo, asked);
    if (!isDone && performance.now() > end) break;
    await sleep(isDone ? settle : pause);
    wasNothing = isDone;
  }
  return remainsOf(klaviyo, names);
}
