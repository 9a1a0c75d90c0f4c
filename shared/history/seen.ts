import { hash } from 'node:crypto';

/** 32 MiB of memory, however many texts there are, and none before it is touched. */
const BITS = 2 ** 28;
/** With four of them one text in 20 million is taken for another where a million were seen, one in 3,000 where ten million were. */
const BITS_A_TEXT = 4;

/** Texts that were seen, without the texts. Now and then a text that was not seen is taken for one that was. */
export interface Seen {
  has(text: string): boolean;
  /** Returns whether the text was not seen before. */
  add(text: string): boolean;
}

/** Returns a memory of texts, without any: a Bloom filter. */
export function createSeen(): Seen {
  const bytes = new Uint8Array(BITS / 8);
  const bitsOf = (text: string): number[] => {
    const digest = hash('sha256', text, 'buffer');
    return Array.from({ length: BITS_A_TEXT }, (_, index) => digest.readUInt32LE(index * 4) % BITS);
  };
  const isSet = (bit: number): boolean => ((bytes[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;

  return {
    has: (text) => bitsOf(text).every(isSet),
    add(text) {
      const unset = bitsOf(text).filter((bit) => !isSet(bit));
      for (const bit of unset) bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (1 << (bit & 7));
      return unset.length > 0;
    },
  };
}
