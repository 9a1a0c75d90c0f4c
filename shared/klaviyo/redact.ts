/** Parts of values that are shorter may stand in any word. */
const PART = 4;
/** Characters of Klaviyo's words that are kept: a person reads no more. */
const LONGEST = 1000;
/** JSON:API's own values in every request, which are Klaviyo's words and nobody's. */
const TYPES = new Set([
  ...['profile', 'event', 'metric', 'catalog-item', 'catalog-variant', 'catalog-category', 'list'],
  ...['data-privacy-deletion-job', 'profile-subscription-bulk-create-job', 'profile-subscription-bulk-delete-job'],
  ...['SUBSCRIBED', 'UNSUBSCRIBED'],
]);

/**
 * Returns Klaviyo's own words without what may be a person's: the values that we sent, their short proper words and any part
 * of them of four characters or more, addresses, and numbers as long as a telephone's. Safe to log.
 *
 * @param detail what Klaviyo says of a problem
 * @param request the body that we sent, as text or object
 * @param url what was asked; its values are the quoted texts
 */
export function withoutValues(detail: string, request: unknown, url = ''): string {
  const text = decoded(detail.slice(0, LONGEST));
  const values = [...valuesOf(request), ...quotedIn(decoded(url))].filter((value) => !TYPES.has(value));
  const short = values.map((value) => value.trim()).filter((value) => value.length > 1 && value.length < PART);
  const words = new Set(values.flatMap((value) => value.match(WORD)?.filter(isProper) ?? []).map(lower));
  return [...new Set(short)]
    .reduce((rest, value) => rest.replaceAll(new RegExp(RegExp.escape(value), 'gi'), '…'), withoutParts(text, values))
    .replace(WORD, (word) => (words.has(lower(word)) ? '…' : word));
}

/** Returns a text without addresses, long numbers, and any part that it shares with one of the values, whatever the case. */
function withoutParts(text: string, values: string[]): string {
  const places = new Map<string, number[]>();
  const folded = lower(text);
  for (let at = 0; at + PART <= folded.length; at++) {
    const part = folded.slice(at, at + PART);
    places.set(part, [...(places.get(part) ?? []), at]);
  }
  const hidden = new Set<number>();
  const hide = (from: number, length: number) => {
    for (let index = from; index < from + length; index++) hidden.add(index);
  };
  for (const pattern of [ADDRESS, NUMBER])
    for (const { 0: found, index } of text.matchAll(pattern)) hide(index, found.length);
  for (const value of values.flatMap(spellingsOf).map(lower)) {
    for (let at = 0; at + PART <= value.length; at++) {
      const part = value.slice(at, at + PART);
      for (const place of places.get(part) ?? []) hide(place, PART);
      // Hidden once and for all: a text that repeats itself would take seconds.
      places.delete(part);
    }
  }
  const rest = text.replace(/\S/gu, (character, at: number) => (hidden.has(at) ? HIDDEN : character));
  return rest.replace(/\0(?:\s*\0)*/g, '…');
}

const ADDRESS = /[^\s"(<[,;]+@[^\s")>\],;]*[^\s")>\],;.]/g;
/** As long as a telephone's, in whatever groups: a value of ours may be written in others. */
const NUMBER = /\+?\d(?:[\s().-]*\d){5,}/g;

/** In the place of a character until all are found. */
const HIDDEN = '\0';
const WORD = /[\p{L}\p{N}]{3,}/gu;
const isProper = (word: string) => /[^a-z]/.test(word);

/** A text in small letters, each where it was: the few letters that would become two stay as they are. */
function lower(text: string): string {
  const small = text.toLowerCase();
  if (small.length === text.length) return small;
  return text.replace(/./gsu, (letter) =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  );
}

/** A value as it is and, where it differs, as JSON writes it. */
function spellingsOf(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  return escaped === value ? [value] : [value, escaped];
}

/** The texts in a filter such as `equals(email,"lena@example.org")`. */
const quotedIn = (url: string): string[] => [...url.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) => quoted);

/** A text without the escapes of JSON for letters, and without those of URLs. */
const decoded = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(?:%[\da-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

function valuesOf(request: unknown): string[] {
  if (typeof request === 'string') {
    try {
      return valuesOf(JSON.parse(request));
    } catch {
      return [request];
    }
  }
  if (typeof request === 'number') return [String(request)];
  if (typeof request !== 'object' || request === null) return [];
  return Object.values(request).flatMap((value) => (typeof value === 'string' ? [value] : valuesOf(value)));
}
