/**
 * Returns Klaviyo's own words without what may be a person's: the values that we sent and their proper words, addresses, and
 * numbers as long as a telephone's. Safe to log.
 *
 * @param detail what Klaviyo says of a problem
 * @param request the body that we sent, as text or object
 */
export function withoutValues(detail: string, request: unknown): string {
  const text = decoded(detail);
  const values = valuesOf(request).filter((value) => value.trim().length > 1 && value.length <= text.length);
  const longestFirst = values.flatMap(spellingsOf).sort((a, b) => b.length - a.length);
  const words = new Set(values.flatMap((value) => value.match(WORD)?.filter(isProper) ?? []).map(lower));
  return longestFirst
    .reduce((rest, spelling) => rest.replaceAll(new RegExp(RegExp.escape(spelling), 'gi'), '…'), text)
    .replace(/[^\s"(<[,;]+@[^\s")>\],;]+/g, '…')
    .replace(/\+?\d(?:[\s().-]*\d){5,}/g, '…')
    .replace(WORD, (word) => (words.has(lower(word)) ? '…' : word));
}

const WORD = /[\p{L}\p{N}]{3,}/gu;
const isProper = (word: string) => /[^a-z]/.test(word);
const lower = (word: string) => word.toLowerCase();

/** A value as it is, trimmed, and as JSON writes it. */
const spellingsOf = (value: string) => [value, value.trim(), JSON.stringify(value).slice(1, -1)];

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
