/**
 * Klaviyo's limits of an event's properties, each with some room to spare.
 *
 * Source: https://developers.klaviyo.com/en/reference/events_api_overview#limitations
 */
const PROPERTIES = 400;
const STRING_BYTES = 100_000;
const ENTRIES = 4000;
/** Klaviyo allows 10 levels, and `properties` is the first. */
const LEVELS = 9;
const BYTES = 4_500_000;

type Properties = Record<string, unknown>;

/**
 * Fits the properties of an event or a profile into Klaviyo's limits. `standard` properties, which flows rely on, go before
 * `raw` ones; of the raw ones the small go before the large.
 *
 * @param most bytes of all of them as JSON
 * @returns the properties, and the names of those that were cut or left out
 */
export function fitProperties(
  standard: Properties,
  raw: Properties,
  most = BYTES,
): { properties: Properties; trimmed: string[] } {
  if (fits(standard, raw, most)) return { properties: { ...raw, ...standard }, trimmed: [] };
  const trimmed = new Set<string>();
  const sized = (properties: Properties) =>
    Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): Sized => {
        const isFine = Number.isFinite(mostBytes(value, LEVELS));
        if (!isFine) trimmed.add(name);
        return toSized(name, isFine ? value : clamp(value, LEVELS));
      });
  const kept = sized(standard);
  while (sum(kept) > most) {
    const largest = kept.reduce((a, b) => (a.bytes > b.bytes ? a : b));
    trimmed.add(largest.name);
    const half = Array.isArray(largest.value) ? largest.value.slice(0, largest.value.length / 2) : undefined;
    kept.splice(kept.indexOf(largest), 1, ...(half?.length ? [toSized(largest.name, half)] : []));
  }
  let room = most - sum(kept);
  const others = Object.entries(raw).filter(([name]) => !Object.hasOwn(standard, name));
  for (const property of sized(Object.fromEntries(others)).sort((a, b) => a.bytes - b.bytes)) {
    if (kept.length < PROPERTIES && property.bytes <= room) {
      kept.push(property);
      room -= property.bytes;
    } else {
      trimmed.add(property.name);
    }
  }
  return { properties: Object.fromEntries(kept.map(({ name, value }) => [name, value])), trimmed: [...trimmed] };
}

/** The common case, which needs no measuring of each property. */
function fits(standard: Properties, raw: Properties, most: number): boolean {
  const names = new Set([...Object.keys(standard), ...Object.keys(raw)]);
  return names.size <= PROPERTIES && mostBytes(standard, LEVELS + 1) + mostBytes(raw, LEVELS + 1) <= most;
}

/**
 * An upper bound of a value's size as JSON, where a character is six bytes at most, as an escape; Infinity when a text, a list or
 * the depth exceeds a limit. One walk for both, as every event takes it.
 */
function mostBytes(value: unknown, levels: number): number {
  if (typeof value === 'string') return isShort(value) ? value.length * 6 + 3 : Number.POSITIVE_INFINITY;
  if (typeof value !== 'object' || value === null) return 30;
  if (levels <= 1) return Number.POSITIVE_INFINITY;
  let bytes = 3;
  if (Array.isArray(value)) {
    if (value.length > ENTRIES) return Number.POSITIVE_INFINITY;
    for (const child of value) bytes += 1 + mostBytes(child, levels - 1);
    return bytes;
  }
  for (const name in value) bytes += name.length * 6 + 4 + mostBytes(Reflect.get(value, name), levels - 1);
  return bytes;
}

const isShort = (text: string) => text.length <= STRING_BYTES / 3 || Buffer.byteLength(text) <= STRING_BYTES;

/** A property with its size as JSON. */
interface Sized {
  name: string;
  value: unknown;
  bytes: number;
}

const toSized = (name: string, value: unknown): Sized => ({
  name,
  value,
  bytes: Buffer.byteLength(JSON.stringify({ [name]: value })),
});

const sum = (properties: Sized[]) => properties.reduce((total, { bytes }) => total + bytes, 0);

/** Returns the value with long strings and arrays cut, and without what lies too deep. */
function clamp(value: unknown, levels: number): unknown {
  if (typeof value === 'string')
    return Buffer.from(value)
      .subarray(0, STRING_BYTES)
      .toString()
      .replace(/\uFFFD$/, '');
  if (typeof value !== 'object' || value === null) return value;
  if (levels <= 1) return undefined;
  const children = (entries: unknown[]) => entries.map((child) => clamp(child, levels - 1));
  if (Array.isArray(value)) return children(value.slice(0, ENTRIES));
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, clamp(child, levels - 1)]));
}
