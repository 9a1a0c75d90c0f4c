import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localize } from '../../../shared/mappers/localized.ts';

describe('localize', () => {
  const texts = { fr: 'Pantalon', 'de-DE': 'Hose', 'en-GB': 'Trousers', en: 'Pants' };

  it('takes the preferred locale', () => {
    expect(localize(texts, 'en-GB')).toBe('Trousers');
  });

  it.each([
    ['de', 'Hose'],
    ['de-AT', 'Hose'],
    ['DE-de', 'Hose'],
    ['EN', 'Pants'],
    ['en-us', 'Pants'],
  ])('takes another text of its language for %s, whatever the case', (locale, expected) => {
    expect(localize({ 'fr-FR': 'Pantalon', 'de-CH': '', 'de-DE': 'Hose', en: 'Pants' }, locale)).toBe(expected);
  });

  it('prefers the language without a country to another country, wherever it stands', () => {
    expect(localize({ 'de-DE': 'Hose', DE: 'Hosn' }, 'de-AT')).toBe('Hosn');
  });

  it('takes the language of the preferred locale when that has no text', () => {
    expect(localize(texts, 'en-US')).toBe('Pants');
  });

  it.each(['ja-JP', undefined])('takes the first text for %s', (locale) => {
    expect(localize(texts, locale)).toBe('Pantalon');
  });

  it('has nothing where there are no texts', () => {
    const none = [localize({}, 'en'), localize({ en: '' }, 'en'), localize(undefined, 'en')];
    expect(none).toEqual([undefined, undefined, undefined]);
  });

  it('passes over a text that is empty', () => {
    expect(localize({ 'de-DE': '', de: '', en: 'Trousers' }, 'de-DE')).toBe('Trousers');
  });

  const locale = fc.stringMatching(/^[a-z]{2}(-[A-Z]{2})?$/);
  const text = fc.string({ minLength: 1 });
  const some = fc.dictionary(locale, text, { minKeys: 1 });

  it('always gives one of the texts', () => {
    fc.assert(
      fc.property(some, fc.option(locale, { nil: undefined }), (given, preferred) => {
        expect(Object.values(given)).toContain(localize(given, preferred));
      }),
    );
  });

  it('prefers the exact locale to everything else', () => {
    fc.assert(
      fc.property(some, locale, text, (given, preferred, text) => {
        expect(localize({ ...given, [preferred]: text }, preferred)).toBe(text);
      }),
    );
  });
});
