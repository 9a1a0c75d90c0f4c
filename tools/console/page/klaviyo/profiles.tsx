import { signal, useComputed, useSignal } from '@preact/signals';
import type { ProfileCard, ProfilePage } from '../../api.ts';
import { query } from '../data/request.ts';
import { useResource } from '../data/resource.ts';
import { Empty } from '../kit/basics.tsx';
import { countOf, numberOf, timeOf } from '../kit/format.ts';
import { useEscape } from '../kit/keys.ts';
import { isNarrow } from '../kit/narrow.ts';
import { VirtualList } from '../kit/virtual-list.tsx';
import { goTo, linkTo } from '../router.ts';
import { ConsentBadge } from './consent-badge.tsx';
import { ProfilePanel } from './profile-panel.tsx';

/** The most that is asked for at once, and at first. */
const ALL = 10_000;
const AT_FIRST = 500;

/** What profiles are looked for by. */
export const search = signal('');
const close = () => goTo(linkTo('klaviyo'));
const keyOf = ({ id }: ProfileCard) => id;

/** Everybody whom Klaviyo knows, those that were last written first. */
export function Profiles({ id }: { id: string | undefined }) {
  const limit = useSignal(AT_FIRST);
  const { value, error } = useResource<ProfilePage>(
    `/api/klaviyo/profiles${query({ search: search.value, limit: limit.value })}`,
    ['klaviyo'],
  );
  const held = useSignal<ProfilePage | undefined>(undefined);
  // What was there before stays until the answer to another search is here.
  if (value !== undefined && value !== held.peek()) held.value = value;
  const profiles = useComputed(() => held.value?.profiles ?? []);
  const total = held.value?.total ?? 0;
  useEscape(id === undefined ? undefined : close);
  return (
    <div class={`split ${id ? 'open' : ''}`}>
      <div class="card list">
        {error && <p class="note bad">{error}</p>}
        <VirtualList
          class="profile-line"
          label="Profiles"
          items={profiles}
          keyOf={keyOf}
          rowHeight={isNarrow.value ? 62 : 48}
          selected={id}
          onOpen={(profile) => goTo(linkTo('klaviyo', 'profiles', profile.id), { replace: id !== undefined })}
          row={(profile) => <Row profile={profile} />}
          empty={held.value ? <Nobody /> : <div class="empty">Asking …</div>}
        />
        {total > profiles.value.length && limit.value < ALL && (
          <p class="more">
            <button
              type="button"
              class="button"
              onClick={() => {
                limit.value = ALL;
              }}
            >
              Show more of {numberOf(total)}
            </button>
          </p>
        )}
      </div>
      {id && <ProfilePanel key={id} id={id} onClose={close} />}
    </div>
  );
}

const Row = ({ profile: { name, email, city, consent, events, updatedAt } }: { profile: ProfileCard }) => (
  <>
    <span class="avatar" aria-hidden="true">
      {(name || email || '?').slice(0, 1).toUpperCase()}
    </span>
    <span class="who">
      <span class="cut strong">{name || email || 'no name'}</span>
      <span class="cut soft small">{[name && email, city].filter(Boolean).join(' · ')}</span>
    </span>
    <span class="consent">
      <ConsentBadge consent={consent} />
    </span>
    <span class="number soft">{countOf(events, 'event')}</span>
    <span class="number soft only-wide updated">{timeOf(updatedAt)}</span>
  </>
);

const Nobody = () =>
  search.value ? (
    <Empty icon="klaviyo" title="Nobody is found">
      Look for a part of a name, an e-mail address or an id.
    </Empty>
  ) : (
    <Empty icon="klaviyo" title="Klaviyo knows nobody yet">
      People appear once the shop tells of them: <a href={linkTo('shop')}>sign up or place an order in the shop</a>.
    </Empty>
  );
