/** What Klaviyo was told of, as far as it can be counted. */
export interface EventLog {
  /** Reads the body of a request that brings one event or many. */
  add(body: string): void;
  /** How often each event came, by its metric and unique id. */
  events: Map<string, number>;
  /** Requests that brought one event, and that brought many. */
  requests: { single: number; bulk: number };
  /** Forgets everything. */
  clear(): void;
}

interface EventBody {
  data: { attributes: Attributes | { 'events-bulk-create': { data: Entry[] } } };
}
interface Entry {
  attributes: { events: { data: { attributes: Attributes }[] } };
}
interface Attributes {
  unique_id: string;
  metric: { data: { attributes: { name: string } } };
}

/** Returns a log of events that nobody has told of yet. */
export function createEventLog(): EventLog {
  const events = new Map<string, number>();
  const requests = { single: 0, bulk: 0 };
  return {
    events,
    requests,
    clear() {
      events.clear();
      Object.assign(requests, { single: 0, bulk: 0 });
    },
    add(body) {
      const { data }: EventBody = JSON.parse(body);
      const { attributes } = data;
      const isBulk = 'events-bulk-create' in attributes;
      requests[isBulk ? 'bulk' : 'single'] += 1;
      const told = isBulk
        ? attributes['events-bulk-create'].data.flatMap((entry) => entry.attributes.events.data)
        : [{ attributes }];
      for (const { attributes: one } of told) {
        const key = `${one.metric.data.attributes.name} ${one.unique_id}`;
        events.set(key, (events.get(key) ?? 0) + 1);
      }
    },
  };
}
