import type { TimelineEvent } from '../../api.ts';
import { Fold } from '../kit/fold.tsx';
import { dayOf, moneyOf } from '../kit/format.ts';
import { Json } from '../kit/json.tsx';

/** What a person did, newest first, as Klaviyo shows it on the profile. */
export function Timeline({ events }: { events: TimelineEvent[] }) {
  if (events.length === 0) return <p class="note">No event yet: an order of this person becomes one.</p>;
  return (
    <ol class="timeline">
      {events.map((event) => (
        <li key={event.id}>
          <Fold
            summary={
              <>
                <span class="strong">{event.metric}</span>
                {event.value !== undefined && <span>{moneyOf(event.value, event.currency)}</span>}
                <span class="soft took">{dayOf(event.time)}</span>
              </>
            }
          >
            {() => (
              <Json
                value={{ unique_id: event.uniqueId, ...event.properties }}
                label={`Properties of ${event.metric}`}
              />
            )}
          </Fold>
          <p class="soft small">{aboutOf(event)}</p>
        </li>
      ))}
    </ol>
  );
}

/** What an event is about, in its own words: the items, the product, or the order. */
function aboutOf({ properties: { ProductName, Items, ItemNames, OrderNumber, OrderId } }: TimelineEvent): string {
  const named = [ItemNames, Items].find((value) => Array.isArray(value) && typeof value[0] === 'string');
  const parts = [OrderNumber ?? OrderId, ProductName, Array.isArray(named) ? named.join(', ') : undefined];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}
