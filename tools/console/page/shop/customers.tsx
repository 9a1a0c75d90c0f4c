import { useSignal } from '@preact/signals';
import type { ShopCustomer, ShopView } from '../../api.ts';
import { Badge, Empty } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Choice, Dialog, Field, typed } from '../kit/dialog.tsx';
import { act } from './act.ts';

/** The shop's customers, newest first. */
export function Customers({ shop: { customers, groups } }: { shop: ShopView }) {
  if (customers.length === 0)
    return (
      <Empty icon="klaviyo" title="Nobody has an account">
        Press "Sign up": somebody makes one.
      </Empty>
    );
  return (
    <ul class="cards">
      {customers.map((customer) => (
        <Customer key={customer.id} customer={customer} groups={groups} />
      ))}
    </ul>
  );
}

interface Props {
  customer: ShopCustomer;
  groups: ShopView['groups'];
}

const nameOf = ({ firstName, lastName, email }: ShopCustomer): string =>
  [firstName, lastName].filter(Boolean).join(' ') || email;

function Customer({ customer, groups }: Props) {
  const open = useSignal<'edit' | 'delete' | undefined>(undefined);
  const { id, email, phone, city, newsletter, group } = customer;
  const name = nameOf(customer);
  const close = () => {
    open.value = undefined;
  };
  return (
    <li class="card pad stack">
      <div>
        <h2>{name}</h2>
        <p class="soft">{email}</p>
        <p class="soft">{[city, phone].filter(Boolean).join(' · ')}</p>
      </div>
      <div class="row">
        <Badge tone={newsletter ? 'good' : 'plain'}>{newsletter ? 'newsletter' : 'no newsletter'}</Badge>
        {group && <Badge>{groups.find(({ key }) => key === group)?.name ?? group}</Badge>}
      </div>
      <div class="row">
        <Button aria-label={`Order something for ${name}`} onPress={() => act('place-order', { customerId: id })}>
          Order
        </Button>
        <Button
          aria-label={`Edit ${name}`}
          onPress={() => {
            open.value = 'edit';
          }}
        >
          Edit …
        </Button>
        <Button
          look="harsh"
          aria-label={`Delete ${name}`}
          onPress={() => {
            open.value = 'delete';
          }}
        >
          Delete …
        </Button>
      </div>
      {open.value === 'edit' && <Edit customer={customer} groups={groups} onClose={close} />}
      {open.value === 'delete' && (
        <Dialog
          title={`Delete ${name}?`}
          action="Delete"
          look="harsh"
          onClose={close}
          onSubmit={(fields) => act('delete-customer', { customerId: id, erasure: fields.has('erasure') })}
        >
          <label class="check">
            <input type="checkbox" name="erasure" defaultChecked />
            with erasure: Klaviyo forgets the person too, for good
          </label>
        </Dialog>
      )}
    </li>
  );
}

const Edit = ({ customer, groups, onClose }: Props & { onClose: () => void }) => (
  <Dialog
    title={`Edit ${nameOf(customer)}`}
    action="Save"
    onClose={onClose}
    onSubmit={(fields) => {
      const names = ['firstName', 'lastName', 'email', 'phone', 'city', 'group'] as const;
      // What stays as it was is not sent, so that the shop tells of changes only.
      const changed = names.filter((name) => typed(fields, name) !== customer[name]);
      const newsletter = fields.has('newsletter');
      return act('edit-customer', {
        customerId: customer.id,
        ...Object.fromEntries(changed.map((name) => [name, typed(fields, name) ?? null])),
        ...(newsletter !== Boolean(customer.newsletter) && { newsletter }),
      });
    }}
  >
    <Field label="First name" name="firstName" value={customer.firstName} />
    <Field label="Last name" name="lastName" value={customer.lastName} />
    <Field label="E-mail address" name="email" mode="email" value={customer.email} />
    <Field label="Phone" name="phone" mode="tel" value={customer.phone} />
    <Field label="City" name="city" value={customer.city} />
    <Choice label="Group" name="group" value={customer.group} choices={groups} />
    <label class="check">
      <input type="checkbox" name="newsletter" defaultChecked={customer.newsletter} />
      wants the newsletter
    </label>
  </Dialog>
);
