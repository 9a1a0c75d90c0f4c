import { describe, expect, it } from 'vitest';
import { custom } from '../../../shared/commercetools/resources/common.ts';

const LONE = '\ud800';
const MENDED = '\ufffd';
const nested = (levels: number): unknown => (levels === 0 ? LONE : { [LONE]: nested(levels - 1) });

describe('custom fields', () => {
  it('have no lone surrogate, neither in a value nor in a name, however deep', () => {
    const fields = { [LONE]: LONE, list: [LONE, { [LONE]: [LONE] }], count: 0, no: null, yes: true };
    expect(custom.parse({ fields })?.fields).toEqual({
      [MENDED]: MENDED,
      list: [MENDED, { [MENDED]: [MENDED] }],
      ...{ count: 0, no: null, yes: true },
    });
  });

  it('may be nested deeper than the stack', () => {
    let deep: unknown = LONE;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(() => custom.parse({ fields: { deep } })).not.toThrow();
    expect(JSON.stringify(custom.parse({ fields: { deep: nested(9) } }))).not.toContain('\\ud800');
  });
});
