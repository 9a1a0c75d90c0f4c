import type { Answer } from '../http.ts';
import { invalidParameter } from './errors.ts';
import { itemKind } from './item-kind.ts';
import { list, present } from './resource.ts';
import type { Call } from './route.ts';
import { variantKind } from './variants.ts';

/** An answer with a page of items; with their variants, where `include` asks for them. Throws 400. */
export function listItems(call: Call): Answer {
  const { records, links } = list(itemKind, call);
  const include = call.query.get('include');
  if (include === null)
    return { status: 200, body: { data: records.map((item) => present(itemKind, item, call)), links } };
  if (include !== 'variants') throw invalidParameter(`'${include}' is not a valid include.`, 'include');
  const ofItem = Map.groupBy(call.state.variants.values(), ({ item }) => item);
  const variantsOf = ({ id }: { id: string }) => ofItem.get(id) ?? [];
  const data = records.map((item) => {
    const variants = variantsOf(item).map(({ id }) => ({ type: variantKind.type, id }));
    return { ...present(itemKind, item, call), relationships: { variants: { data: variants } } };
  });
  const included = records.flatMap(variantsOf).map((variant) => present(variantKind, variant, call));
  return { status: 200, body: { data, included, links } };
}
