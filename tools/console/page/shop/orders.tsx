import { useSignal } from '@preact/signals';
import type { ShopAction, ShopLine, ShopOrder, ShopView } from '../../api.ts';
import { Badge, Empty } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { dayOf, moneyOf, numberOf, wordsOf } from '../kit/format.ts';
import { act } from './act.ts';
import { Refund } from './refund.tsx';

/** What a merchant does with an order, in the order of its life. */
const STEPS = {
  ship: 'Ship',
  deliver: 'Deliver',
  complete: 'Complete',
  return: 'Return',
  'receive-return': 'Receive return',
  refund: 'Refund …',
  cancel: 'Cancel',
} as const satisfies Partial<Record<ShopAction, string>>;
type Step = keyof typeof STEPS;
const isStep = (action: ShopAction): action is Step => Object.hasOwn(STEPS, action);

/** The shop's orders, newest first. */
export function Orders({ shop }: { shop: ShopView }) {
  if (shop.orders.length === 0)
    return (
      <Empty icon="shop" title="No orders yet">
        Press "Place an order": a customer buys something.
      </Empty>
    );
  const { orders, totals } = shop;
  return (
    <>
      <ul class="cards orders">
        {orders.map((order) => (
          <Order key={order.id} order={order} />
        ))}
      </ul>
      {totals.orders > orders.length && (
        <p class="soft">
          The newest {numberOf(orders.length)} of {numberOf(totals.orders)} orders.
        </p>
      )}
    </>
  );
}

/** The number of an order, which not every shop gives. */
const nameOf = ({ orderNumber, id }: ShopOrder): string => orderNumber || id.slice(0, 8);

function Order({ order }: { order: ShopOrder }) {
  const { id, email, createdAt, state, shipmentState, total, currency, refunded, codes, lines, actions } = order;
  const orderNumber = nameOf(order);
  const isRefunding = useSignal(false);
  const steps = actions.filter(isStep);
  function press(step: Step): unknown {
    if (step !== 'refund') return act(step, { orderId: id });
    isRefunding.value = true;
  }
  return (
    <li class="card">
      <header>
        <h2>{orderNumber}</h2>
        <span class="row">
          <Badge tone={state === 'Cancelled' ? 'bad' : state === 'Complete' ? 'good' : 'plain'}>{wordsOf(state)}</Badge>
          {shipmentState && <Badge>{wordsOf(shipmentState)}</Badge>}
        </span>
      </header>
      <div class="pad stack">
        <p class="soft">
          {email}
          <br />
          {dayOf(createdAt)}
          {codes.map((code) => (
            <span key={code}>
              {' '}
              <span class="tag">{code}</span>
            </span>
          ))}
        </p>
        <ul class="lines">
          {lines.map((line) => (
            <Line key={line.id} line={line} currency={currency} />
          ))}
          <li class="sum">
            <span>{refunded > 0 ? `Total, ${moneyOf(refunded, currency)} refunded` : 'Total'}</span>
            <span>{moneyOf(total, currency)}</span>
          </li>
        </ul>
        {steps.length > 0 && (
          <div class="row">
            {steps.map((step) => (
              <Button
                key={step}
                look={step === 'cancel' ? 'harsh' : undefined}
                aria-label={`${STEPS[step].replace(' …', '')} order ${orderNumber}`}
                onPress={() => press(step)}
              >
                {STEPS[step]}
              </Button>
            ))}
          </div>
        )}
      </div>
      {isRefunding.value && (
        <Refund
          order={order}
          name={orderNumber}
          onClose={() => {
            isRefunding.value = false;
          }}
        />
      )}
    </li>
  );
}

function Line({ line: { name, quantity, total, shipped, returned }, currency }: { line: ShopLine; currency: string }) {
  const moved = [
    shipped > 0 && `${numberOf(shipped)} shipped`,
    returned > 0 && `${numberOf(returned)} returned`,
  ].filter(Boolean);
  return (
    <li>
      <span>
        {numberOf(quantity)} × {name} <span class="soft small">{moved.join(', ')}</span>
      </span>
      <span>{moneyOf(total, currency)}</span>
    </li>
  );
}
