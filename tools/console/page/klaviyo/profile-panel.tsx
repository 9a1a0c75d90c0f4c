import type { ProfileDetail } from '../../api.ts';
import { useResource } from '../data/resource.ts';
import { Empty } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Facts } from '../kit/facts.tsx';
import { countOf, dayOf } from '../kit/format.ts';
import { ConsentBadge } from './consent-badge.tsx';
import { Timeline } from './timeline.tsx';

/** All that Klaviyo knows of a person. */
export function ProfilePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const path = `/api/klaviyo/profiles/${encodeURIComponent(id)}`;
  const { value: detail, error, isMissing } = useResource<ProfileDetail>(path, ['klaviyo']);
  return (
    <aside class="card detail" aria-label="The profile">
      <header>
        <div class="what">
          <h2 class="cut">{detail?.profile.name || detail?.profile.email || 'Profile'}</h2>
          <span class="soft cut">{detail?.profile.email}</span>
        </div>
        <Button look="plain" icon="close" aria-label="Close (Esc)" onPress={onClose} />
      </header>
      <div class="scroll">
        {isMissing && (
          <Empty icon="klaviyo" title="Klaviyo does not know this profile">
            It may have been merged into another, or erased. Close it, and choose another.
          </Empty>
        )}
        {error && !isMissing && <p class="note bad">{error}</p>}
        {detail && <Whole detail={detail} />}
      </div>
    </aside>
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Whole({ detail }: { detail: ProfileDetail }) {
  const { profile, phone, location, properties, consents, lists, timeline } = detail;
  return (
    <>
      <section>
        <Facts
          facts={[
            ['Customer', profile.externalId],
            ['Phone', phone],
            ['Address', Object.values(location).join(', ')],
            ['Lists', lists.join(', ')],
            ...consents.map(
              ({ channel, consent, source, at }) =>
                [
                  channel === 'sms' ? 'SMS' : 'E-mail',
                  <>
                    <ConsentBadge consent={consent} />{' '}
                    <span class="soft small">{[source, at && dayOf(at)].filter(Boolean).join(', ')}</span>
                  </>,
                ] as const,
            ),
          ]}
        />
      </section>
      {Object.keys(properties).length > 0 && (
        <section>
          <h3>Properties</h3>
          <Facts facts={Object.entries(properties).map(([name, value]) => [name, textOf(value)] as const)} />
        </section>
      )}
      <section>
        <h3>{countOf(timeline.length, 'event')}</h3>
        <Timeline events={timeline} />
      </section>
    </>
  );
}
