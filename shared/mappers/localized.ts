import type { LocalizedString } from '../commercetools/resources/common.ts';

/**
 * Returns the locale of the text that is shown: the preferred one, else its language (`de` for de-AT), else another one of that
 * language (`de-DE`), else the first one; undefined when there is no text. Case does not matter, and an empty text counts as
 * none.
 *
 * @param locale a tag such as de-DE
 */
export function localeOf(texts: LocalizedString | undefined, locale: string | undefined): string | undefined {
  const known = Object.keys(texts ?? {}).filter((tag) => texts?.[tag]);
  const wanted = locale?.toLowerCase();
  const language = languageOf(wanted);
  return (
    known.find((tag) => tag.toLowerCase() === wanted) ??
    known.find((tag) => tag.toLowerCase() === language) ??
    known.find((tag) => languageOf(tag.toLowerCase()) === language) ??
    known[0]
  );
}

/** Returns the text of that locale; undefined when there is none. */
export const localize = (texts: LocalizedString | undefined, locale: string | undefined): string | undefined =>
  texts?.[localeOf(texts, locale) ?? ''];

const languageOf = (locale: string | undefined) => locale?.split('-')[0];
