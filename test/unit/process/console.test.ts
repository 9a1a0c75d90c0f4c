import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentError } from '../../../shared/errors.ts';
import { safeToLog } from '../../../shared/log/safely.ts';
import { redirectConsole } from '../../../shared/process/console.ts';
import { recordingLogger } from '../support.ts';

describe('the redirected console', () => {
  const { error, warn } = console;
  let log: ReturnType<typeof recordingLogger>;
  beforeEach(() => {
    log = recordingLogger();
    redirectConsole(log.logger);
  });
  afterEach(() => {
    Object.assign(console, { error, warn });
  });

  it('writes warnings of the framework for those who debug', () => {
    console.warn('Invalid path');
    expect(log.lines()).toMatchObject([{ severity: 'DEBUG', message: 'Invalid path' }]);
  });

  it('is silent about what the line of the attempt has said', () => {
    console.error(new PermanentError('Klaviyo refused it'));
    expect(log.lines()).toEqual([]);
  });

  it('tells of another error only its class and its place', () => {
    console.error(new SyntaxError('Unexpected token in lena@example.org'));
    expect(log.lines()).toMatchObject([{ severity: 'ERROR', error: { class: 'SyntaxError' } }]);
    expect(String(log.lines()[0]?.stack_trace)).toMatch(/^SyntaxError\n +at .*console\.test/);
    expect(log.texts.join()).not.toContain('lena');
  });

  it('tells of a printed stack the same', () => {
    console.error('SyntaxError: "lena@example.org" is not valid JSON\n    at JSON.parse (<anonymous>)');
    expect(log.lines()).toMatchObject([{ stack_trace: 'SyntaxError\n    at JSON.parse (<anonymous>)' }]);
    expect(log.texts.join()).not.toContain('lena');
  });
});

describe('safeToLog', () => {
  it('tells the class and the frames of an error', () => {
    const { name, frames } = safeToLog(new RangeError('4711'));
    expect([name, frames.length > 0, frames.join().includes('4711')]).toEqual(['RangeError', true, false]);
  });

  it('tells nothing of a message of several lines', () => {
    const { name, frames } = safeToLog(new RangeError('first\nlena@example.org\n{"body":1}'));
    expect([name, ...frames].join('\n')).not.toMatch(/lena|body|first/);
  });

  it('tells a plain text as it is', () => {
    expect(safeToLog('Serving function...')).toEqual({ name: 'Serving function...', frames: [] });
  });

  it('names a printed stack that does not say what it is', () => {
    expect(safeToLog('"4711"\n    at /here.ts:1:2')).toEqual({ name: 'Error', frames: ['    at /here.ts:1:2'] });
  });
});
