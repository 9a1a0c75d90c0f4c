import type { Order } from '../../commercetools/resources/order.ts';
import type { Buyer } from '../../handlers/orders/buyer.ts';
import type { EventGroup } from '../../klaviyo/bulk/account.ts';
import type { Event } from '../../klaviyo/writes.ts';
import { adjustedEvent } from '../adjusted.ts';
import type { History, Reason } from '../history.ts';
import { createBuyers } from './buyers.ts';
import type { Comebacks } from './comebacks.ts';
import type { Comparison } from './compare.ts';
import { createContexts } from './contexts.ts';
import type { Counts } from './counts.ts';
import { createDelivery } from './delivery.ts';
import { forEach } from './each.ts';
import type { Fact, Told } from './facts.ts';
import { droppedOf, toGroup } from './group.ts';
import type { Ledger } from './ledger.ts';
import { createMissing } from './missing.ts';
import type { Due, Source } from './source.ts';

/** Pages of a source that are under way at once: while one waits for Klaviyo, the next one is read. */
const PAGES = 2;

/** What is to be mended. */
interface Finding extends Pick<Comparison, 'isAbsent'> {
  source: Source;
  /** The metrics that were compared. */
  metrics: ReadonlySet<string>;
}

/** What is sent of a page. Nothing of it keeps the orders, which take more memory than their events, until Klaviyo has answered. */
interface Shipment {
  groups: EventGroup[];
  facts: Told[];
  /** The ids of those whose the facts are. */
  customers: string[];
}

/** Mends what Klaviyo lacks, or reports it. */
export interface Mending {
  /**
   * Sends the facts that Klaviyo lacks, all facts of an order that it does not know at all, or reports them where nothing is to be
   * repaired. Reports those that are nobody's or refused.
   *
   * @param onPage called with each page; what it returns is called when the page is done
   */
  mend(finding: Finding, onPage?: (page: readonly Due[]) => () => void): Promise<void>;
  /** Returns how many facts are somebody's. */
  count(page: readonly Due[]): Promise<number>;
  /** Sends facts once more, each by itself. Reports those that are refused. Returns how many there were that are somebody's. */
  mendSingly(page: readonly Due[]): Promise<number>;
  /** Reports facts as missing. Returns how many there were that are somebody's. */
  report(page: readonly Due[]): Promise<number>;
}

/**
 * Returns what mends the facts of orders.
 *
 * @param before what Klaviyo counts before anything is sent
 */
export function createMending(history: History, ledger: Ledger, before: Counts, comebacks: Comebacks): Mending {
  const { options, settings, extension, patience } = history;
  const buyers = createBuyers(history);
  const contextsOf = createContexts(history);
  const delivery = createDelivery(history);
  const { reportMissing, reportRefused } = createMissing(history, ledger);

  const isSendable = (fact: Told) => !ledger.isRefused(fact);

  /** Returns those facts that are somebody's, with whose they are. */
  async function owned(page: readonly Due[], onNobody: (facts: readonly Fact[], reason: Reason) => void = () => {}) {
    const owners = await buyers.of(page.map(({ order }) => order));
    return page.flatMap(({ order, facts }) => {
      const whose = owners.get(order.id);
      if (!whose || facts.length === 0) return [];
      if (!('reason' in whose)) return { order, facts, buyer: whose };
      onNobody(facts, whose.reason);
      return [];
    });
  }

  /** Returns the events of facts. Reports those that the merchant's extension drops. */
  async function grouped(
    dues: readonly { order: Order; facts: readonly Fact[]; buyer: Buyer }[],
  ): Promise<EventGroup[]> {
    const contextOf = await contextsOf(dues.map(({ order }) => order));
    const adjust = extension && ((event: Event) => adjustedEvent(history, event));
    const groups = dues.map(({ order, facts, buyer }) => toGroup(facts, buyer, contextOf(order), adjust));
    if (!extension) return groups;
    const all = factsOf(dues);
    reportRefused(droppedOf(all, groups), all);
    return groups.filter(({ events }) => events.length > 0);
  }

  /** Returns what of an order is to be sent: what is absent, and what goes along with an order that Klaviyo does not know at all. */
  function wanted({ facts }: Due, { isAbsent, metrics }: Finding): Fact[] {
    const absent = facts.filter(isAbsent);
    const isUnknown = absent.some(({ metric }) => metric === settings.metrics.placedOrder);
    const others = isUnknown && options.repair ? facts.filter(({ metric }) => !metrics.has(metric)) : [];
    return [...absent, ...others].filter(isSendable);
  }

  async function shipmentOf(missing: Awaited<ReturnType<typeof owned>>): Promise<Shipment> {
    const groups = await grouped(missing);
    const facts = factsOf(missing).filter(isSendable).map(toTold);
    return { groups, facts, customers: customersOf(missing) };
  }

  /** Returns what is to be sent of a page; undefined for nothing. Reports what is not to be sent. */
  async function prepare(page: readonly Due[], finding: Finding): Promise<Shipment | undefined> {
    await patience.wait(0);
    const { metrics } = finding;
    const dues = page.map((due) => ({ ...due, facts: wanted(due, finding) })).filter(({ facts }) => facts.length > 0);
    if (dues.length === 0) return undefined;
    const missing = await owned(dues, (facts, reason) =>
      reportMissing(
        facts.filter(({ metric }) => metrics.has(metric)),
        reason,
      ),
    );
    if (options.repair) return shipmentOf(missing);
    // What the extension drops is not missing.
    if (extension) await grouped(missing);
    reportMissing(factsOf(missing).filter(isSendable));
    return undefined;
  }

  async function send({ groups, facts, customers }: Shipment, source: Source): Promise<void> {
    await Promise.all(facts.map(({ metric }) => before.byDay(metric)));
    reportRefused(await delivery.inBulk(groups), facts);
    ledger.send(source, facts.filter(isSendable));
    await comebacks.sent(customers);
  }

  return {
    async mend(finding, onPage = () => () => {}) {
      await forEach(finding.source(), PAGES, (page) => {
        const onDone = onPage(page);
        return prepare(page, finding)
          .then((shipment) => shipment && send(shipment, finding.source))
          .then(onDone);
      });
    },

    count: async (page) => factsOf(await owned(page)).length,

    async mendSingly(page) {
      buyers.forget(page.map(({ order }) => order));
      const { groups, facts, customers } = await shipmentOf(await owned(page));
      reportRefused(await delivery.singly(groups), facts);
      await comebacks.sent(customers);
      return facts.length;
    },

    async report(page) {
      const facts = factsOf(await owned(page));
      reportMissing(facts);
      return facts.length;
    },
  };
}

const toTold = ({ toEvent: _, ...told }: Fact): Told => told;

const factsOf = (dues: readonly Due[]): Fact[] => dues.flatMap(({ facts }) => facts);

const customersOf = (dues: readonly { buyer: Buyer }[]): string[] =>
  dues.flatMap(({ buyer }) => buyer.profile.externalId ?? []);
