import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { confirm } from '../../../tools/operator/history/confirm.ts';

describe('the question before anything is written', () => {
  test.each([
    ['y\n', true],
    [' YES \n', true],
    ['n\n', false],
    ['yesterday\n', false],
    ['\n', false],
    ['', false],
  ])('takes %j, up to the end of the input, for %j', async (typed, answer) => {
    const streams = { stdin: Readable.from(typed ? [typed] : []), stderr: new PassThrough() };

    expect(await confirm('Is this a test?', streams)).toBe(answer);
  });
});
