import type { CatalogItem, CatalogVariant, CatalogView } from '../../api.ts';
import { useResource } from '../data/resource.ts';
import { Badge, Empty } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Fold } from '../kit/fold.tsx';
import { moneyOf, numberOf } from '../kit/format.ts';
import { Json } from '../kit/json.tsx';
import { Picture } from '../kit/picture.tsx';
import { linkTo } from '../router.ts';
import { act } from '../shop/act.ts';

/** The catalog as Klaviyo would put it into an e-mail. */
export function Catalog() {
  const { value, error } = useResource<CatalogView>('/api/klaviyo/catalog', ['klaviyo']);
  if (error) return <p class="note bad">{error}</p>;
  if (!value) return <div class="empty">Asking …</div>;
  if (value.items.length === 0)
    return (
      <div>
        <Empty icon="shop" title="The catalog is empty">
          Products come in when the shop tells of them: let it publish all, or change one{' '}
          <a href={linkTo('shop', 'products')}>in the shop</a>.
        </Empty>
        <div class="row centred">
          <Button look="first" onPress={() => act('publish-all', {})}>
            Publish all products
          </Button>
        </div>
      </div>
    );
  const names = new Map(value.categories.map(({ id, name }) => [id, name]));
  return (
    <div class="body">
      <ul class="cards">
        {value.items.map((item) => (
          <Item key={item.id} item={item} categories={item.categories.map((id) => names.get(id) ?? id)} />
        ))}
      </ul>
    </div>
  );
}

function Item({ item, categories }: { item: CatalogItem; categories: string[] }) {
  const { title, description, image, price, isPublished, variants, metadata } = item;
  return (
    <li class="card product">
      <Picture name={title} image={image} />
      <div class="pad stack">
        <div>
          <div class="row between">
            <h2>{title}</h2>
            <strong>{moneyOf(price, undefined)}</strong>
          </div>
          <p class="soft">{description}</p>
        </div>
        <div class="row">
          {!isPublished && <Badge tone="warn">hidden</Badge>}
          {categories.map((name) => (
            <span key={name} class="tag">
              {name}
            </span>
          ))}
        </div>
        <ul class="lines">
          {variants.map((variant) => (
            <Variant key={variant.id} variant={variant} />
          ))}
        </ul>
        {Object.keys(metadata).length > 0 && (
          <Fold class="inner" summary="Metadata">
            {() => <Json value={metadata} label={`Metadata of ${title}`} />}
          </Fold>
        )}
      </div>
    </li>
  );
}

const Variant = ({ variant: { sku, price, stock, isPublished } }: { variant: CatalogVariant }) => (
  <li class="variant-line">
    <span class="mono cut">{sku}</span>
    <span>{moneyOf(price, undefined)}</span>
    <span class={`number ${stock === 0 ? 'bad' : 'soft'}`}>
      {isPublished ? (stock === undefined ? 'not counted' : `${numberOf(stock)} left`) : 'hidden'}
    </span>
  </li>
);
