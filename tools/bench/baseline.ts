import { readFileSync, writeFileSync } from 'node:fs';
import { COUNTS, type Counts } from './counts.ts';

const FILE = new URL('./baseline.json', import.meta.url);
/** A bundle grows a little with every change; by more than this it has taken in something new. */
const BUNDLE_GROWTH = 1.02;

/** What must not become more: counts that are the same on every machine. */
export interface Baseline {
  bundleKiB: number;
  kinds: Record<string, Counts>;
}

/** The committed baseline. */
export const readBaseline = (): Baseline => JSON.parse(readFileSync(FILE, 'utf8'));

/** Replaces the committed baseline. */
export const writeBaseline = (baseline: Baseline): void =>
  writeFileSync(FILE, `${JSON.stringify(baseline, null, 2)}\n`);

/** Where something was counted that differs from the baseline, in words: what became more, and what became less. */
export function compare(counted: Baseline, baseline: Baseline): { worse: string[]; better: string[] } {
  const worse: string[] = [];
  const better: string[] = [];
  for (const [kind, counts] of Object.entries(counted.kinds)) {
    for (const name of COUNTS) {
      const [now, before] = [counts[name], baseline.kinds[kind]?.[name]];
      const difference = `${kind}: ${name} ${now}, baseline ${before ?? 'none: --update-baseline'}`;
      if (before === undefined || now > before) worse.push(difference);
      else if (now < before) better.push(difference);
    }
  }
  const bundle = `bundle: ${counted.bundleKiB} KiB, baseline ${baseline.bundleKiB}`;
  if (counted.bundleKiB > baseline.bundleKiB * BUNDLE_GROWTH) worse.push(bundle);
  else if (counted.bundleKiB * BUNDLE_GROWTH < baseline.bundleKiB) better.push(bundle);
  return { worse, better };
}
