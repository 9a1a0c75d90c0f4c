import type { Product, ProductVariant } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { change, message, messageWithoutPayload } from './notifications.ts';
import { firstSeeded } from './seeded.ts';
import { LOCALE, type ShopState } from './state.ts';
import { next, texts } from './words.ts';

const seedProduct = firstSeeded('product');

/** What becomes of products. Each gives the notifications of one change, none when nothing can change so. */
export interface Products {
  publish(): Change[];
  /** With everything else than before, its variants included. */
  republish(): Change[];
  /** With other prices, which are public at once. */
  reprice(): Change[];
  unpublish(): Change[];
  deleteProduct(): Change[];
}

/** Makes up products. */
export function createProducts(state: ShopState, random: Random): Products {
  function variant(productId: string, id: number): ProductVariant {
    const value = {
      type: 'centPrecision' as const,
      currencyCode: 'EUR',
      centAmount: 500 + random.below(30_000),
      fractionDigits: 2,
    };
    const sku = random.chance(0.9) ? { sku: `SKU-${productId.slice(0, 6)}-${id}` } : {};
    const images = random.chance(0.7)
      ? [{ url: `https://images.example.org/${productId}-${id}.jpg`, dimensions: { w: 1, h: 1 } }]
      : [];
    return {
      id,
      ...sku,
      prices: [{ id: random.uuid(), value }],
      images,
      attributes: [{ name: 'brand', value: 'Grat' }],
    };
  }

  const data = (productId: string) => ({
    name: texts(random),
    slug: { [LOCALE]: `p-${productId.slice(0, 8)}` },
    ...(random.chance(0.8) && { description: texts(random) }),
    categories: Array.from({ length: random.below(3) }, () => random.pickRecent(state.categories)).flatMap(
      (category) => (category ? [{ typeId: 'category' as const, id: category.id }] : []),
    ),
    masterVariant: variant(productId, 1),
    variants: Array.from({ length: random.below(4) }, (_, index) => variant(productId, index + 2)),
    searchKeywords: {},
    attributes: [],
  });

  function published(product: Product): Change[] {
    state.products.set(product.id, product);
    const payload = random.chance(0.5)
      ? message('ProductPublished', 'product', product, { productProjection: { id: product.id }, removedImageUrls: [] })
      : messageWithoutPayload('ProductPublished', 'product', product);
    return [{ kind: 'product', payload }];
  }

  const withData = (product: Product, published = true): Product => {
    const current = data(product.id);
    return { ...product, masterData: { published, hasStagedChanges: false, current, staged: current } };
  };

  return {
    publish() {
      const id = random.uuid();
      const product = withData({
        ...seedProduct,
        id,
        version: 2,
        key: `key-${id}`,
        priceMode: random.pick(['Embedded', 'Standalone']),
      });
      const created: Change = { kind: 'ignored', payload: change('Created', 'product', product) };
      return [created, ...published(product)];
    },

    republish() {
      const product = random.pickRecent(state.products);
      return product ? published(next(withData(product), {})) : [];
    },

    reprice() {
      const product = random.pickRecent(state.products);
      if (!product?.masterData.published) return [];
      const { current } = product.masterData;
      const repriced = <V extends ProductVariant>(one: V): V => ({
        ...one,
        prices: variant(product.id, one.id).prices,
      });
      const prices = { masterVariant: repriced(current.masterVariant), variants: current.variants.map(repriced) };
      const masterData = { ...product.masterData, current: { ...current, ...prices } };
      const changed = next(product, { masterData });
      state.products.set(product.id, changed);
      return [{ kind: 'product', payload: change('Updated', 'product', changed) }];
    },

    unpublish() {
      const product = random.pickRecent(state.products);
      if (!product?.masterData.published) return [];
      const hidden = next(product, { masterData: { ...product.masterData, published: false } });
      state.products.set(product.id, hidden);
      return [{ kind: 'product', payload: message('ProductUnpublished', 'product', hidden, {}) }];
    },

    deleteProduct() {
      const product = random.pickRecent(state.products);
      if (!product) return [];
      const isPublished = product.masterData.published;
      const hidden = next(product, { masterData: { ...product.masterData, published: false } });
      state.products.delete(product.id);
      const unpublished: Change = { kind: 'product', payload: message('ProductUnpublished', 'product', hidden, {}) };
      const deleted: Change = { kind: 'product', payload: change('Deleted', 'product', hidden) };
      return isPublished ? [unpublished, deleted] : [deleted];
    },
  };
}
