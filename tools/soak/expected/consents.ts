import type { State } from '../../../test/doubles/klaviyo/state.ts';
import { LANDMARKS } from '../shop/landmark-ids.ts';
import type { Finding } from './finding.ts';

/** Who said yes, and says so still, is subscribed; nobody else is. */
export function checkConsents({ profiles, subscriptions }: State): Finding[] {
  const subscribed = [...subscriptions].flatMap(([id, { email }]) =>
    email.consent === 'SUBSCRIBED' ? [profiles.get(id)?.external_id ?? id] : [],
  );
  const others = subscribed.filter((id) => id !== LANDMARKS.subscriber);
  return [
    ...others.map((id): Finding => ({ kind: 'customer', what: 'wrong', text: `customer ${id} is subscribed` })),
    ...(subscribed.includes(LANDMARKS.subscriber)
      ? []
      : [{ kind: 'customer', what: 'lost', text: 'the landmark subscriber is not subscribed' } as const]),
  ];
}
