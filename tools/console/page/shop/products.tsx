import { useSignal } from '@preact/signals';
import type { ShopProduct, ShopVariant, ShopView } from '../../api.ts';
import { Badge, Empty } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog, Field, typedNumber } from '../kit/dialog.tsx';
import { moneyOf, numberOf } from '../kit/format.ts';
import { Picture } from '../kit/picture.tsx';
import { act } from './act.ts';

/** The shop's products with their variants. */
export function Products({ shop: { products } }: { shop: ShopView }) {
  if (products.length === 0)
    return (
      <Empty icon="shop" title="The shelves are empty">
        Press "Start over", and everything is there again.
      </Empty>
    );
  return (
    <ul class="cards">
      {products.map((product) => (
        <Product key={product.id} product={product} />
      ))}
    </ul>
  );
}

function Product({ product }: { product: ShopProduct }) {
  const { id, name, isPublished, images, categories, variants } = product;
  const changing = useSignal<ShopVariant | undefined>(undefined);
  return (
    <li class="card product">
      <Picture name={name} image={images[0]} />
      <div class="pad stack">
        <div>
          <div class="row between">
            <h2>{name}</h2>
            <Badge tone={isPublished ? 'good' : 'plain'}>{isPublished ? 'published' : 'not published'}</Badge>
          </div>
          <p class="soft">{categories.join(' · ')}</p>
        </div>
        <ul class="lines">
          {variants.map((variant) => (
            <li key={variant.sku}>
              <button
                type="button"
                class="variant"
                onClick={() => {
                  changing.value = variant;
                }}
              >
                <span class="mono cut">
                  <span class="hidden">Change price and stock of </span>
                  {variant.sku}
                </span>
                <span>{moneyOf(variant.price, variant.currency)}</span>
                <span class="soft">
                  {variant.stock === undefined ? 'not counted' : `${numberOf(variant.stock)} left`}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div class="row">
          <Button
            aria-label={`${isPublished ? 'Unpublish' : 'Publish'} ${name}`}
            onPress={() => act(isPublished ? 'unpublish-product' : 'publish-product', { productId: id })}
          >
            {isPublished ? 'Unpublish' : 'Publish'}
          </Button>
          <Button aria-label={`Review ${name}`} onPress={() => act('review', { productId: id, rating: 5 })}>
            Review
          </Button>
          <Button look="harsh" aria-label={`Delete ${name}`} onPress={() => act('delete-product', { productId: id })}>
            Delete
          </Button>
        </div>
      </div>
      {changing.value && (
        <Change
          variant={changing.value}
          onClose={() => {
            changing.value = undefined;
          }}
        />
      )}
    </li>
  );
}

const Change = ({
  variant: { sku, price, currency, stock },
  onClose,
}: {
  variant: ShopVariant;
  onClose: () => void;
}) => (
  <Dialog
    title={`Price and stock of ${sku}`}
    action="Save"
    onClose={onClose}
    onSubmit={async (fields) => {
      const newPrice = typedNumber(fields, 'price');
      const quantity = typedNumber(fields, 'stock');
      if (newPrice !== undefined && newPrice !== price) await act('change-price', { sku, price: newPrice });
      if (quantity !== undefined && quantity !== stock) await act('change-stock', { sku, quantity });
    }}
  >
    <Field label={`Price in ${currency}`} name="price" mode="decimal" value={price} />
    <Field label="Stock" name="stock" mode="numeric" value={stock} hint="not counted" />
  </Dialog>
);
