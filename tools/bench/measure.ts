import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Counts, countsOf } from './counts.ts';
import { CUSTOMER_CREATED, type Kind } from './kinds.ts';
import { type Cell, heat, LOAD, type Load, loadOf } from './load.ts';
import { medians, ratios } from './statistics.ts';
import { type Subject, startSubject } from './subject.ts';

/** What to measure and how long. */
export interface Options {
  /** Built checkouts: ours and, to compare with, another. */
  folders: string[];
  /** Milliseconds of a call; the CPU is measured without. */
  latency: number;
  /** Messages under way; undefined takes those that the goals are about. */
  concurrency: number[] | undefined;
  /** Messages and seconds at most of each cell. */
  messages: number;
  seconds: number;
  /** How many times each cell is measured, in alternation with the other folder. */
  pairs: number;
  nodeOptions: string[];
}

/** One line of the table. */
export interface Row extends Cell {
  kind: string;
  counts: Counts;
  load: Load;
  /** The other folder's, and ours divided by it. */
  other?: { counts: Counts; load: Load; ratios: Load };
}

/** The cell whose CPU time is quoted: calls that take no time leave nothing but work. */
export const CPU_CELL: Cell = { latency: 0, concurrency: 8 };

/** The kind whose throughput has a goal, and at which concurrency. */
export const GOAL = { kind: 'order-4', concurrency: 40 };

function cellsOf({ name }: Kind, { latency, concurrency }: Options): Cell[] {
  const usual = name === GOAL.kind ? [1, 8, GOAL.concurrency, 80] : [1, 8, 80];
  return [CPU_CELL, ...(concurrency ?? usual).map((each) => ({ latency, concurrency: each }))];
}

interface Side {
  subject: Subject;
  counts: Counts;
}

/** Measures one kind in every way, in processes of its own. Throws when a message is not acknowledged. */
export async function measureKind(kind: Kind, options: Options): Promise<Row[]> {
  const sides: Side[] = [];
  try {
    for (const folder of options.folders) {
      const subject = await startSubject(folder, CUSTOMER_CREATED, options.nodeOptions);
      sides.push({ subject, counts: await countsOf(subject, kind) });
      await heat(subject, kind);
    }
    const rows: Row[] = [];
    for (const cell of cellsOf(kind, options)) rows.push(await measureCell(kind, cell, sides, options));
    return rows;
  } finally {
    for (const { subject } of sides) await subject.stop();
  }
}

async function measureCell(kind: Kind, cell: Cell, sides: Side[], options: Options): Promise<Row> {
  const loads: Load[][] = sides.map(() => []);
  for (let pair = 0; pair < options.pairs; pair++) {
    const turns = [...sides.entries()];
    // Being the first of a pair must not help.
    for (const [index, { subject }] of pair % 2 ? turns.reverse() : turns) {
      loads[index]?.push(await loadOf(subject, kind, cell, options));
    }
  }
  const [row, other] = sides.map(({ counts }, index) => ({ counts, load: medians(loads[index] ?? [], LOAD) }));
  if (!row) throw new Error('there is nothing to measure');
  const compared = other && { other: { ...other, ratios: ratios(loads[0] ?? [], loads[1] ?? [], LOAD) } };
  return { kind: kind.name, ...cell, ...row, ...compared };
}

/** Counts what each kind costs, in one process. */
export async function countKinds(folder: string, kinds: readonly Kind[]): Promise<Record<string, Counts>> {
  const subject = await startSubject(folder, CUSTOMER_CREATED);
  const counts: Record<string, Counts> = {};
  for (const kind of kinds) counts[kind.name] = await countsOf(subject, kind);
  await subject.stop();
  return counts;
}

/** The size of the bundle in a folder. */
export const bundleKiB = (folder: string): number => Math.ceil(statSync(join(folder, 'dist/index.cjs')).size / 1024);
