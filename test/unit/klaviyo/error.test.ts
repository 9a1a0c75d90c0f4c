import { describe, expect, it } from 'vitest';
import { CredentialsError, PermanentError, RetryableError } from '../../../shared/errors.ts';
import { toKlaviyoError } from '../../../shared/klaviyo/error.ts';
import type { Fields } from '../factories.ts';

interface Asked {
  request?: string;
  url?: string;
  headers?: Record<string, string>;
}

/** What becomes of an answer to a request. */
const errorOf = (status: number, data: unknown, { request, url = 'https://a.klaviyo.com', headers = {} }: Asked = {}) =>
  toKlaviyoError({ status, data, headers }, { body: request, url });

const problem = (detail: string, fields: Fields = {}) => ({ errors: [{ code: 'invalid', detail, ...fields }] });

describe('toKlaviyoError', () => {
  it.each([408, 429, 500, 502, 503, 504, 529])('%i may pass', (status) => {
    expect(errorOf(status, problem('Wait.'))).toBeInstanceOf(RetryableError);
  });

  it('waits as long as Klaviyo asks', () => {
    const error = errorOf(429, problem('Throttled.'), { headers: { 'retry-after': '3' } });
    expect(error).toMatchObject({ status: 429, retryAfter: 3000 });
  });

  it.each([401, 403])('%i wakes somebody and names the credential', (status) => {
    const error = errorOf(status, problem('No.', { code: 'not_authenticated' }));
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ status, code: 'not_authenticated' });
    expect(error.message).toContain('KLAVIYO_AUTH_KEY');
  });

  it.each([400, 409, 410, 413, 422])('%i is for good, with Klaviyo’s own detail and pointer', (status) => {
    const source = { pointer: '/data/attributes/time' };
    const error = errorOf(status, problem('Not a time.', { source }));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ status, code: 'invalid', pointer: '/data/attributes/time' });
    expect(error.message).toBe('Klaviyo refused it: Not a time.');
  });

  it('names the other profile of a duplicate', () => {
    const meta = { duplicate_profile_id: '01H' };
    const error = errorOf(409, problem('Duplicate.', { meta }));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ duplicateProfileId: '01H' });
  });

  it('takes a 404 for Klaviyo’s only with its code', () => {
    const notFound = problem('No such item.', { code: 'not_found' });
    expect(errorOf(404, notFound)).toBeInstanceOf(PermanentError);
    for (const other of [problem('No such route.'), { errors: [{ detail: 'Not found.' }] }])
      expect(errorOf(404, other)).toBeInstanceOf(RetryableError);
  });

  it.each(['<html>Not found</html>', 'Conflict', '', undefined, {}, { errors: [] }, { error: 'not_found' }])(
    'takes the body %j of something in between for a failure that may pass',
    (body) => {
      for (const status of [302, 400, 404, 409, 413]) expect(errorOf(status, body)).toBeInstanceOf(RetryableError);
    },
  );

  it('keeps Klaviyo’s words for kinds of things, though they were sent too', () => {
    const request = JSON.stringify({ data: { type: 'profile', attributes: { email: 'lena@example.org' } } });
    expect(errorOf(400, problem('The profile is not valid.'), { request }).message).toContain(
      'The profile is not valid.',
    );
  });

  it('makes do with a problem without details', () => {
    const error = errorOf(400, { errors: [{}] });
    expect(error).toMatchObject({ message: 'Klaviyo refused it', status: 400 });
  });
});

/** Every part of a value of four characters, in small letters. */
const partsOf = (value: string) => Array.from(value.slice(3), (_, at) => value.slice(at, at + 4).toLowerCase());

describe('an error of Klaviyo never holds', () => {
  const sent = {
    email: 'lena@example.org',
    last_name: "O'Hara",
    phone_number: '+491713920015',
    location: { address1: 'Beispielallee 7a', zip: 80331 },
    list: ['Lena "Shiv"'],
  };
  const detailed = (detail: string, options: Asked = { request: JSON.stringify({ data: { attributes: sent } }) }) =>
    errorOf(400, problem(detail), options);

  it('the request or the answer', () => {
    const url = 'https://a.klaviyo.com/api/profiles?filter=secret';
    const error = detailed('No.', { url, request: 'secret', headers: { 'x-echo': 'secret' } });
    expect(JSON.stringify({ ...error, message: error.message, cause: error.cause, stack: error.stack })).not.toContain(
      'secret',
    );
  });

  it.each([['lena@example.org'], ["O'Hara"], ['+491713920015'], ['Beispielallee 7a'], ['80331'], ['Lena "Shiv"']])(
    '%s, which was sent',
    (value) => {
      const { message } = detailed(`Value ${value} is not valid, not even ${value}.`);
      expect(message).toBe('Klaviyo refused it: Value … is not valid, not even ….');
    },
  );

  it.each([
    ['as JSON', 'Siobhán "Shiv"', String.raw`Siobhán \"Shiv\"`],
    ['as JSON in ASCII', 'Inès', String.raw`In\u00e8s`],
    ['trimmed', ' Lena ', 'Lena'],
    ['in groups of digits', '+491713920015', '+49 (171) 392-00 15'],
  ])('what was sent, %s', (_, value, repeated) => {
    const request = JSON.stringify({ value });
    expect(detailed(`Not valid: ${repeated}.`, { request }).message).toBe('Klaviyo refused it: Not valid: ….');
  });

  it.each([
    "anna.o'neill@example.org",
    'anna%40example.org',
    'any(email,%5B%22anna%40example.org%22%5D)',
    '+491701234567',
    '0170 1234567',
    'Hinterhaus',
    'BRANDT',
  ])('%s, which is part of a value or was not sent', (value) => {
    const request = JSON.stringify({ name: 'Lena Brandt-Neumann', address: 'Beispielallee 7a, Hinterhaus' });
    const { message } = detailed(`It is ${value} that is refused.`, { request });
    expect(message).toMatch(/^Klaviyo refused it: It is .*…\S* that is refused\.$/);
    expect(message).not.toMatch(/anna|neill|170|Hinterhaus|BRANDT/);
  });

  it('a telephone number in other groups than it was sent in', () => {
    const request = JSON.stringify({ phone_number: '+4915123456789' });
    const { message } = detailed('The number +49 151 2345 6789 is invalid.', { request });
    expect(message).toBe('Klaviyo refused it: The number … is invalid.');
  });

  it('a text that repeats itself, in no time', () => {
    const request = JSON.stringify({ note: 'a'.repeat(190_000) });
    const start = performance.now();
    expect(detailed(`Not ${'a'.repeat(1000)}.`, { request }).message).toBe('Klaviyo refused it: Not …');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('any of Klaviyo’s words after a request too large to be searched', () => {
    const request = JSON.stringify({ note: 'a'.repeat(210_000) });
    expect(detailed('Not aaaa.', { request }).message).toBe('Klaviyo refused it');
  });

  it('what is part of something else that was sent', () => {
    const request = JSON.stringify({ first: 'Lena', whole: 'Lena Brandt' });
    expect(detailed('Lena Brandt is taken.', { request }).message).toBe('Klaviyo refused it: … is taken.');
  });

  it.each([
    ['the end of a word', 'Brandt-Neumann', 'It ends in NEUMANN.'],
    ['the middle of one', 'Beispielallee 7a', 'spiel is no street.'],
    ['a word of small letters', 'beispielallee 7a', 'Ask for Beispielallee.'],
    ['two words', 'Am alten Hafen', 'Not in ten haf.'],
    ['an address without its domain', 'lena.brandt@example.org', 'lena.brandt is taken.'],
    ['a part of a number', '+491713920015', 'It begins with 4917.'],
  ])('%s, which is part of a value', (_, value, repeated) => {
    const { message } = detailed(repeated, { request: JSON.stringify({ data: { value } }) });
    expect(partsOf(value).filter((part) => message.toLowerCase().includes(part))).toEqual([]);
    expect(message).toContain('…');
  });

  it('a part of what was asked for in the URL', () => {
    const url = `https://a.klaviyo.com/api/profiles?filter=${encodeURIComponent('equals(email,"lena.brandt@example.org")')}`;
    expect(detailed('Nobody is called Brandt.', { url }).message).toBe('Klaviyo refused it: Nobody is called ….');
  });

  it('what was sent as another text than JSON', () => {
    expect(detailed('lena is taken', { request: 'lena' }).message).toBe('Klaviyo refused it: … is taken');
  });

  it('an address that Klaviyo repeats in small letters', () => {
    const request = JSON.stringify({ email: 'Lena@Example.org' });
    expect(detailed('lena@example.org is taken.', { request }).message).not.toContain('lena@');
  });

  it('an address that was asked for in the URL', () => {
    const filter = encodeURIComponent('equals(email,"lena@example.org")');
    const url = `https://a.klaviyo.com/api/profiles?filter=${filter}`;
    expect(detailed('Cannot filter by equals(email,"lena@example.org").', { url }).message).not.toContain('lena@');
  });
});
