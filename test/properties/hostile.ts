import * as fc from 'fast-check';
import { fixture, fixtureNames } from '../fixtures/index.ts';

/** Writes out what is too large to be printed when a property fails: `⟪n⟫` is n letters, `⟦n⟧` n lists in each other. */
export const writtenOut = (text: string): string =>
  text
    .replace(/⟪(\d+)⟫/g, (_, count) => 'x'.repeat(count))
    .replace(/⟦(\d+)⟧/g, (_, levels) => '['.repeat(levels) + ']'.repeat(levels));

/** JSON texts that nobody expects, some of which no JavaScript value would be written as. */
const hostileJson = fc.oneof(
  fc.constantFrom('null', 'true', '0', '-1', '0.1', '""', '[]', '{}', '[null]', '[{}]', '"2026-02-30T25:61:61Z"'),
  fc.constantFrom('1e400', '-1e400', '1e308', '9007199254740993', '-0', '1e-320'),
  fc.constantFrom(
    '"\\ud800"',
    '"a\\udc00b"',
    '"\\u0000"',
    '"\\u202e"',
    '"__proto__"',
    '"constructor"',
    '"../../me?x=1#"',
  ),
  fc.constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":1}'),
  fc.constantFrom('⟦20⟧', '⟦5000⟧', '"⟪1100000⟫"', '{"⟪50000⟫":1}'),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

type Path = string[];

/** Every place in a value, its own root left out. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
  const inside = Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]));
  return path.length > 0 ? [path, ...inside] : inside;
}

/** Puts something at a place; nothing happens when the place has gone with another change. */
function put(root: object, path: Path, value: unknown): void {
  const holder = path.slice(0, -1).reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), root);
  if (typeof holder === 'object' && holder !== null) Reflect.set(holder, path.at(-1) ?? '', value);
}

/** The name of a well-formed notification. */
const name = fc.constantFrom(...fixtureNames());

/** A notification of the fixtures, as JSON, in which up to three things are other than anybody expects, or gone; to be {@link writtenOut}. */
export const mutatedNotification = fc
  .tuple(name, fc.array(fc.tuple(fc.nat(), fc.option(hostileJson)), { minLength: 1, maxLength: 3 }))
  .map(([name, mutations]) => {
    const notification = fixture(name);
    const places = placesIn(notification);
    const placeholders = mutations.map(([at, json], index) => {
      const placeholder = `hostile value ${index}`;
      put(notification, places[at % places.length] ?? [], json === null ? undefined : placeholder);
      return [JSON.stringify(placeholder), json ?? ''] as const;
    });
    return placeholders.reduce(
      (text, [placeholder, json]) => text.replace(placeholder, () => json),
      JSON.stringify(notification),
    );
  });

/** What a push may hold in place of a notification; to be {@link writtenOut}. */
export const nonsense = fc.oneof(
  hostileJson,
  fc.string({ unit: 'binary' }),
  mutatedNotification.map((text) => text.slice(0, text.length / 2)),
);
