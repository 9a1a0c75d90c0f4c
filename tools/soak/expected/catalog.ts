import { inventoryEntrySchema } from '../../../shared/commercetools/resources/inventory-entry.ts';
import { productSchema } from '../../../shared/commercetools/resources/product.ts';
import type { Settings } from '../../../shared/config/settings.ts';
import type { CatalogItem, CatalogVariant } from '../../../shared/klaviyo/writes.ts';
import { toItem } from '../../../shared/mappers/catalog/item.ts';
import type { Item, State, Variant } from '../../../test/doubles/klaviyo/state.ts';
import { projection } from '../shop/queries.ts';
import type { ShopState } from '../shop/state.ts';
import { differences, type Finding } from './finding.ts';

const idOf = (externalId: string) => `$custom:::$default:::${externalId}`;

/** Compares categories, items and variants with the shop's. */
export const checkCatalog = (shop: ShopState, klaviyo: State, settings: Settings): Finding[] => [
  ...checkCategories(shop, klaviyo),
  ...[...shop.products.keys()].flatMap((id) => checkProduct(id, shop, klaviyo, settings)),
  ...[...klaviyo.items.keys()]
    .filter((id) => !shop.products.has(id))
    .map((id): Finding => ({ kind: 'product', what: 'wrong', text: `item ${id} is not in the shop` })),
];

function* checkCategories({ categories, breadcrumb }: ShopState, klaviyo: State): Iterable<Finding> {
  for (const category of categories.values()) {
    const name = `category ${category.id}`;
    const found = klaviyo.categories.get(category.id);
    if (!found) yield { kind: 'category', what: 'lost', text: `${name} is not there` };
    else
      for (const text of differences(name, found, { name: breadcrumb(category) }))
        yield { kind: 'category', what: 'wrong', text };
  }
  for (const id of klaviyo.categories.keys())
    if (!categories.has(id)) yield { kind: 'category', what: 'wrong', text: `category ${id} is not in the shop` };
}

function checkProduct(id: string, shop: ShopState, klaviyo: State, settings: Settings): Finding[] {
  const product = shop.products.get(id);
  const [current] = product ? projection(shop, withCategories(product, shop), 'EUR') : [];
  const found = klaviyo.items.get(id);
  if (!current) {
    // It may have been taken off the shelves before anybody had seen it.
    if (!found?.published) return [];
    return [{ kind: 'product', what: 'wrong', text: `item ${id} is shown, and is not published` }];
  }
  const inventory = [...shop.inventory.values()].map((entry) => inventoryEntrySchema.parse(entry));
  const { item: expected } = toItem(productSchema.parse(current), settings, Date.now(), inventory);
  if (!found) return [{ kind: 'product', what: 'lost', text: `item ${id} is not there` }];
  const own = [...klaviyo.variants.values()].filter(({ item }) => item === found.id);
  const wrong = (texts: string[]) => texts.map((text): Finding => ({ kind: 'product', what: 'wrong', text }));
  return [
    ...wrong(differences(`item ${id}`, { ...found, categories: found.categories.toSorted() }, itemFields(expected))),
    ...expected.variants.flatMap((variant) =>
      checkVariant(
        variant,
        own.find((one) => one.external_id === variant.id),
      ),
    ),
    ...wrong(
      own
        .filter(({ external_id }) => !expected.variants.some((variant) => variant.id === external_id))
        .map(({ external_id }) => `variant ${external_id} of item ${id} is not in the shop`),
    ),
  ];
}

function checkVariant(
  { id, inventoryQuantity, inventoryPolicy, ...variant }: CatalogVariant,
  found?: Variant,
): Finding[] {
  const name = `variant ${id}`;
  if (!found) return [{ kind: 'product', what: 'lost', text: `${name} is not there` }];
  const stock = { inventory_quantity: inventoryQuantity, inventory_policy: inventoryPolicy };
  return [
    ...differences(name, found, { ...entryFields(variant), sku: variant.sku }).map(
      (text): Finding => ({ kind: 'product', what: 'wrong', text }),
    ),
    ...differences(name, found, stock).map((text): Finding => ({ kind: 'inventory', what: 'wrong', text })),
  ];
}

type Entry = Pick<CatalogItem, 'title' | 'description' | 'url' | 'imageFullUrl' | 'price' | 'customMetadata'>;

const entryFields = ({ title, description, url, imageFullUrl, price, customMetadata }: Entry): Partial<Item> => ({
  ...{ title, description, url, price, image_full_url: imageFullUrl, custom_metadata: customMetadata, published: true },
});

const itemFields = (item: CatalogItem): Partial<Item> => ({
  ...entryFields(item),
  categories: item.categories.map(({ id }) => idOf(id)).toSorted(),
});

/** With its categories and their ancestors expanded, as the function asks for them. */
function withCategories(product: NonNullable<ReturnType<ShopState['products']['get']>>, { categories }: ShopState) {
  const expanded = product.masterData.current.categories.map((reference) => {
    const obj = categories.get(reference.id);
    const ancestors = obj?.ancestors.map((ancestor) => ({ ...ancestor, obj: categories.get(ancestor.id) })) ?? [];
    return { ...reference, obj: obj && { ...obj, ancestors } };
  });
  const current = { ...product.masterData.current, categories: expanded };
  return { ...product, masterData: { ...product.masterData, current } };
}
