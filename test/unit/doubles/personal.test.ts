import { expect, it } from 'vitest';
import { PERSONAL_VALUES, personalValuesIn, toldIn } from '../../doubles/personal.ts';

it('finds what commercetools and Klaviyo call personal, however deep', () => {
  const profile = { attributes: { first_name: 'Lena', phone_number: '+491713920015', title: 'Dr.', locale: 'de-DE' } };
  expect(personalValuesIn([{ addresses: [{ streetName: 'Almweg', country: 'DE' }] }, profile])).toEqual([
    'Almweg',
    'Lena',
    '+491713920015',
  ]);
});

it.each(['of LENA.BRANDT@example.org', '?email=lena.brandt%40example.org', '"O\'Hara \\"Peak\\" Guides"'])(
  'sees what %s tells',
  (text) => {
    expect(toldIn(text, PERSONAL_VALUES)).not.toEqual([]);
    expect(toldIn(text, ['+491713920015'])).toEqual([]);
  },
);
