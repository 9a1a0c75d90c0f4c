/**
 * Klaviyo's limits of an event's properties, each with some room to spare.
 *
 * Source: https://developers.klaviyo.com/en/reference/events_api_overview#limitations
 */
const PROPERTIES = 400;
const STRING_BYTES = 100_000;
const ENTRIES = 4000;
/** Ten with the object of the properties itself. */
const LEVELS = 9;
const BYTES = 4_500_000;

type Properties = Record<string, unknown>;

/**
 * The properties of an event, within Klaviyo's limits: `standard` ones, which flows rely on, before `raw` ones, and of
 * the raw ones the small before the large.
 *
 * @returns the properties, and the names of those that were cut or left out
 */
export function fitProperties(standard: Properties, raw: Properties): { properties: Properties; trimmed: string[] } {
  const trimmed: string[] = [];
  const clamped = (properties: Properties) =>
    Object.entries(properties).map(([name, value]): [string, unknown] => {
      if (value === undefined || isWithin(value, LEVELS)) return [name, value];
      trimmed.push(name);
      return [name, clamp(value, LEVELS)];
    });
  const kept = clamped(standard);
  let bytes = kept.reduce((sum, [name, value]) => sum + bytesOf(name, value), 0);
  const candidates = clamped(raw)
    .filter(([name, value]) => value !== undefined && !Object.hasOwn(standard, name))
    .map(([name, value]) => ({ name, value, size: bytesOf(name, value) }))
    .sort((a, b) => a.size - b.size);
  for (const { name, value, size } of candidates) {
    if (kept.length < PROPERTIES && bytes + size <= BYTES) {
      kept.push([name, value]);
      bytes += size;
    } else {
      trimmed.push(name);
    }
  }
  return { properties: Object.fromEntries(kept), trimmed };
}

const bytesOf = (name: string, value: unknown) => Buffer.byteLength(JSON.stringify({ [name]: value }));

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return value.length <= STRING_BYTES / 3 || Buffer.byteLength(value) <= STRING_BYTES;
  if (typeof value !== 'object' || value === null) return true;
  if (levels <= 1) return false;
  if (Array.isArray(value) && value.length > ENTRIES) return false;
  return Object.values(value).every((child) => isWithin(child, levels - 1));
}

/** The same value with long strings and arrays cut, and without what lies too deep. */
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
