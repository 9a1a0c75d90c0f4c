import type { LocalizedString } from '../commercetools/resources/common.ts';

/**
 * Returns the text in the preferred locale, else in its language, else the first text; undefined when there is none. An empty
 * text counts as none.
 *
 * @param locale a tag such as de-DE
 */
export function localize(texts: LocalizedString | undefined, locale: string | undefined): string | undefined {
  if (!texts) return undefined;
  const [language = ''] = locale?.split('-') ?? [];
  return texts[locale ?? ''] || texts[language] || Object.values(texts).find(Boolean);
}
