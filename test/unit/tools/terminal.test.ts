import { styleText } from 'node:util';
import { describe, expect, test } from 'vitest';
import { attemptTeller } from '../../../tools/sandbox/keep.ts';
import { folded } from '../../../tools/sandbox/terminal.ts';

describe('a line of the sandbox', () => {
  test('stays one line where it fits', () => {
    expect(folded('       synced', 13)).toBe('       synced');
    expect(folded('', 80)).toBe('');
  });

  test('is folded between words where it does not, and hangs', () => {
    expect(folded('  one two three four', 12)).toBe('  one two\n    three\n    four');
  });

  test('is not folded inside of a word or of the gap between two columns', () => {
    expect(folded('✓ wide-column    next', 12)).toBe('✓\n  wide-column    next');
  });

  test('is as wide as it looks', () => {
    const bold = styleText('bold', 'one', { validateStream: false });

    expect(folded(`${bold} ${bold}`, 7)).toBe(`${bold} ${bold}`);
  });
});

describe('an attempt that the sandbox tells', () => {
  const tell = (...outcomes: string[]) => {
    const lines: string[] = [];
    const told = attemptTeller({ requests: [] }, (line = '') => void lines.push(line));
    outcomes.forEach((outcome, index) => {
      told(
        { notificationType: 'Message', messageType: 'OrderCreated', messageId: '7', outcome, milliseconds: 1 },
        index + 1,
      );
    });
    return lines;
  };

  test('has a number', () => {
    expect(tell('failed', 'synced')).toEqual([
      '✗ Message OrderCreated (message 7, attempt 1): no handler, failed',
      '✓ Message OrderCreated (message 7, attempt 2): no handler, synced',
    ]);
  });

  test('is the last one when the message is given up', () => {
    expect(tell(...Array(5).fill('failed')).map((line) => line.includes('given up'))).toEqual([
      ...Array(4).fill(false),
      true,
    ]);
  });
});
