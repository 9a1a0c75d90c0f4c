import { describe, expect, test } from 'vitest';
import { createSeen } from '../../../shared/history/seen.ts';

describe('the memory of texts', () => {
  test('knows a text from its second time on', () => {
    const seen = createSeen();
    expect(seen.has('lena@example.org')).toBe(false);
    expect(seen.add('lena@example.org')).toBe(true);
    expect(seen.has('lena@example.org')).toBe(true);
    expect(seen.add('lena@example.org')).toBe(false);
  });

  test('takes no other text for it', () => {
    const seen = createSeen();
    const texts = Array.from({ length: 10_000 }, (_, number) => `${number}@example.org`);
    expect(texts.filter(seen.add)).toHaveLength(10_000);
    expect(texts.filter(seen.add)).toHaveLength(0);
  });
});
