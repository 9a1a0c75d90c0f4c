import type { ShopOrder } from '../../api.ts';
import { Dialog, Field, typedNumber } from '../kit/dialog.tsx';
import { moneyOf } from '../kit/format.ts';
import { act } from './act.ts';

interface Props {
  order: ShopOrder;
  /** What people call the order. */
  name: string;
  onClose: () => void;
}

/** Asks how much of an order to give back. */
export const Refund = ({ order: { id, total, refunded, currency }, name, onClose }: Props) => (
  <Dialog
    title={`Refund order ${name}`}
    action="Refund"
    onClose={onClose}
    onSubmit={async (fields) => act('refund', { orderId: id, amount: typedNumber(fields, 'amount') })}
  >
    <Field
      label={`Amount in ${currency}`}
      name="amount"
      mode="decimal"
      hint={`all that is left: ${moneyOf(total - refunded, currency)}`}
    />
  </Dialog>
);
