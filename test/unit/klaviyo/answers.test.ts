import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PermanentError, RetryableError } from '../../../shared/errors.ts';
import { accepted, allPages, answered, catalogId, upsert } from '../../../shared/klaviyo/writers/answers.ts';
import { rejectionOf } from '../support.ts';

const refusal = (status: number) => new PermanentError('Klaviyo refused it', { status });

/** Calls that are answered one after the other; an answer that is an error is thrown. */
function calls(...answers: unknown[]) {
  const made: string[] = [];
  const call = (name: string) => async () => {
    made.push(name);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { made, update: call('update'), create: call('create') };
}

describe('accepted', () => {
  it('is true for a call that was taken, and false for a refusal that was expected', async () => {
    expect(await accepted(Promise.resolve(), 404)).toBe(true);
    expect(await accepted(Promise.reject(refusal(404)), 409, 404)).toBe(false);
  });

  it.each([refusal(409), new RetryableError('x', { status: 404 }), new TypeError('x')])('throws %s', async (error) => {
    expect(await rejectionOf(accepted(Promise.reject(error), 404))).toBe(error);
  });
});

describe('upsert', () => {
  it.each([
    ['updates what is there', [{}], ['update']],
    ['creates what is not', [refusal(404), {}], ['update', 'create']],
    ['updates what somebody created in between', [refusal(404), refusal(409), {}], ['update', 'create', 'update']],
  ])('%s', async (_, answers, expected) => {
    const { made, update, create } = calls(...answers);
    await upsert(update, create);
    expect(made).toEqual(expected);
  });

  it.each([[[refusal(400)]], [[refusal(404), refusal(400)]], [[refusal(404), refusal(409), refusal(404)]]])(
    'throws what it cannot resolve: %j',
    async (answers) => {
      const last = answers.at(-1);
      const { update, create } = calls(...answers);
      expect(await rejectionOf(upsert(update, create))).toBe(last);
    },
  );
});

describe('answered', () => {
  it('gives what is needed of an answer', () => {
    expect(answered(z.object({ id: z.string() }), { response: { data: { id: '1' } } })).toEqual({ id: '1' });
  });

  it('may pass when the answer lacks it, without telling the answer', () => {
    const read = () => answered(z.object({ id: z.string() }), { response: { data: { email: 'lena@example.org' } } });
    expect(read).toThrow(RetryableError);
    expect(read).not.toThrow(/lena/);
  });
});

describe('allPages', () => {
  const page = (id: string, next?: string | null) => ({ response: { data: { data: [{ id }], links: { next } } } });
  const to = (cursor: string) => `https://a.klaviyo.com/api/things?page%5Bcursor%5D=${cursor}&filter=x`;
  const pages = (given: Record<string, unknown>) => {
    const asked: (string | undefined)[] = [];
    const list = async (cursor?: string) => {
      asked.push(cursor);
      const answer = given[cursor ?? 'first'];
      if (answer instanceof Error) throw answer;
      return { response: { data: undefined }, ...Object(answer) };
    };
    return { asked, read: () => allPages(list) };
  };

  it('reads every page, in order', async () => {
    const { asked, read } = pages({ first: page('1', to('b')), b: page('2', to('c%3D')), 'c=': page('3', null) });
    expect((await read()).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(asked).toEqual([undefined, 'b', 'c=']);
  });

  it('reads a list without links', async () => {
    expect(await pages({ first: { response: { data: { data: [] } } } }).read()).toEqual([]);
  });

  it('fails when the second page fails, rather than take one page for all', async () => {
    const failure = new RetryableError('Klaviyo could not take it', { status: 503 });
    expect(await rejectionOf(pages({ first: page('1', to('b')), b: failure }).read())).toBe(failure);
  });

  it.each([
    ['a page that was read', { first: page('1', to('b')), b: page('2', to('c')), c: page('3', to('b')) }],
    ['itself', { first: page('1', to('b')), b: page('2', to('b')) }],
    ['the first page', { first: page('1', 'https://a.klaviyo.com/api/things') }],
  ])('fails when a page leads back to %s, rather than go round for ever', async (_, given) => {
    expect(await rejectionOf(pages(given).read())).toBeInstanceOf(RetryableError);
  });

  it('may pass when a page is none', async () => {
    expect(await rejectionOf(pages({ first: { response: { data: 'nothing' } } }).read())).toBeInstanceOf(
      RetryableError,
    );
  });
});

describe('catalogId', () => {
  it('is how Klaviyo spells the id of what we made', () => {
    expect(catalogId('SKU-1')).toBe('$custom:::$default:::SKU-1');
  });
});
