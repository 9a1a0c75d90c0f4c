import type { ProfileWrite, Write } from '../../klaviyo/writes.ts';

/**
 * Returns the write of a profile with null for what the previous plan of this attempt wrote and the customer does not have any
 * more. The message that says that a field was emptied may have cleared the field before that older snapshot arrived, and does
 * not come again. A property that was cut to keep Klaviyo's limits is not cleared.
 */
export function clearLeftBehind({ profile, trimmed }: ProfileWrite, previous: readonly Write[] = []): ProfileWrite {
  const written = previous.find((write) => write.kind === 'upsertProfile')?.profile;
  if (!written) return { profile, trimmed };
  const location = { ...profile.location, ...nullsOfGone(written.location, profile.location) };
  const gone = nullsOfGone(written.properties, profile.properties);
  const uncut = Object.fromEntries(Object.entries(gone).filter(([name]) => !trimmed.includes(name)));
  return {
    profile: {
      ...profile,
      ...nullsOfGone({ ...written, location: undefined }, profile),
      location: Object.keys(location).length > 0 ? location : undefined,
      properties: { ...profile.properties, ...uncut },
    },
    trimmed,
  };
}

/** Returns null, by name, for each value of before that is not there now. */
function nullsOfGone(before: object = {}, now: object = {}): Record<string, null> {
  const values = new Map(Object.entries(now));
  const gone = Object.entries(before).filter(([name, value]) => value !== undefined && values.get(name) === undefined);
  return Object.fromEntries(gone.map(([name]) => [name, null]));
}
