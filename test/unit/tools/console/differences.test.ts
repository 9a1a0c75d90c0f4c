import { describe, expect, it } from 'vitest';
import type { Plan, PlannedWrite } from '../../../../tools/console/api.ts';
import { compare } from '../../../../tools/console/page/mapping/differences.ts';

const written = (target: string, event: Record<string, unknown> = {}): PlannedWrite => ({
  kind: 'createEvent',
  target,
  fields: {},
  write: { kind: 'createEvent', event },
});
const plan = (...writes: PlannedWrite[]): Plan => ({ outcome: 'writes', warnings: [], adjusted: [], writes });

describe('compare', () => {
  it('finds nothing in two plans that are the same', () => {
    const [same] = compare(plan(written('1', { items: ['a'] })), plan(written('1', { items: ['a'] })));
    expect(same?.differences).toEqual([]);
  });

  it('tells each value that is another, that comes, and that goes', () => {
    const before = plan(written('1', { metric: 'Placed Order', items: ['a', 'b'], city: 'Berlin' }));
    const after = plan(written('1', { metric: 'Bought', items: ['a'], zip: null }));
    expect(compare(before, after)[0]?.differences).toEqual([
      { path: 'event.metric', before: '"Placed Order"', after: '"Bought"' },
      { path: 'event.items.1', before: '"b"', after: undefined },
      { path: 'event.city', before: '"Berlin"', after: undefined },
      { path: 'event.zip', before: undefined, after: 'null' },
    ]);
  });

  it('puts a write that only one plan has beside nothing', () => {
    const [gone, come] = compare(plan(written('1')), plan(written('2')));
    expect(gone).toMatchObject({ target: '1', after: undefined });
    expect(come).toMatchObject({ target: '2', before: undefined });
  });

  it('keeps apart two writes of the same target', () => {
    const twice = plan(written('1', { time: 'a' }), written('1', { time: 'b' }));
    expect(compare(twice, twice).map(({ differences }) => differences)).toEqual([[], []]);
  });
});
