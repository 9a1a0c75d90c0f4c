import { skusOf } from '../../handlers/catalog/item.ts';
import type { Difference, History } from '../history.ts';
import type { Finding } from '../live-repair.ts';

/**
 * Returns findings without the variants that only seem to be too much: another product has them by now, whose item takes them over
 * when it is repaired.
 */
export async function withoutMoved<F extends Finding>(
  { commercetools, patience }: Pick<History, 'commercetools' | 'patience'>,
  findings: readonly F[],
): Promise<F[]> {
  const isSurplus = ({ subject, what }: Difference) => subject === 'variant' && what === 'extra';
  const surplus = findings.flatMap(({ differences }) => differences.filter(isSurplus).map(({ id }) => id));
  if (surplus.length === 0) return [...findings];
  const owners = await patience.persist(() => commercetools.products.publishedBySkus(surplus));
  const owned = new Set(owners.flatMap(skusOf));
  return findings.flatMap((finding) => {
    const differences = finding.differences.filter((difference) => !isSurplus(difference) || !owned.has(difference.id));
    return differences.length > 0 ? { ...finding, differences } : [];
  });
}
