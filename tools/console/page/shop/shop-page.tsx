import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import type { ShopView } from '../../api.ts';
import { useResource } from '../data/resource.ts';
import { Head } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { numberOf } from '../kit/format.ts';
import { Tabs } from '../kit/tabs.tsx';
import { linkTo, place } from '../router.ts';
import { act, last } from './act.ts';
import { Customers } from './customers.tsx';
import { Orders } from './orders.tsx';
import { Products } from './products.tsx';
import { Published } from './published.tsx';

const PARTS = ['orders', 'customers', 'products'] as const;
type Part = (typeof PARTS)[number];
const NAMES: Record<Part, string> = { orders: 'Orders', customers: 'Customers', products: 'Products' };
const SHOWN: Record<Part, FunctionComponent<{ shop: ShopView }>> = {
  orders: Orders,
  customers: Customers,
  products: Products,
};

/** The local shop with the buttons that a shop has. */
export function ShopPage() {
  const { value: shop, error } = useResource<ShopView>('/api/shop', ['shop']);
  const here = PARTS.find((part) => part === place.value.rest[0]) ?? 'orders';
  const Shown = SHOWN[here];
  return (
    <>
      <Head title="Shop" tools={<Tools code={shop?.codes[0]} />}>
        A small shop on this machine. Each button changes it, and tells Pub/Sub what commercetools would.
      </Head>
      <div class="body">
        <Published />
        <Tabs
          label="Parts of the shop"
          tabs={PARTS.map((part) => ({
            name: NAMES[part],
            link: linkTo('shop', part),
            count: shop && numberOf(shop.totals[part]),
            isHere: part === here,
          }))}
        />
        {error && <p class="note bad">{error}</p>}
        {shop ? <Shown shop={shop} /> : !error && <div class="empty">Asking …</div>}
      </div>
    </>
  );
}

function Tools({ code }: { code: string | undefined }) {
  const isAsked = useSignal(false);
  return (
    <>
      <Button look="first" onPress={() => act('place-order', {})}>
        Place an order
      </Button>
      {code && <Button onPress={() => act('place-order', { code })}>Order with {code}</Button>}
      <Button onPress={() => act('sign-up', {})}>Sign up</Button>
      <Button onPress={() => act('leave-cart', {})}>Leave a cart</Button>
      <Button
        look="plain"
        onPress={() => {
          isAsked.value = true;
        }}
      >
        Start over …
      </Button>
      {isAsked.value && (
        <Dialog
          title="Start over?"
          action="Start over"
          look="harsh"
          onClose={() => {
            isAsked.value = false;
          }}
          onSubmit={async () => {
            await act('reset', {});
            last.value = undefined;
          }}
        >
          <p>Shop, Klaviyo, flow and dead letters are then as they were at the start.</p>
        </Dialog>
      )}
    </>
  );
}
