import type { ReturnItem } from '@commercetools/platform-sdk';
import { describe, expect, it } from 'vitest';
import { GoneError, RetryableError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const RECEIVED = 'OrderReturnShipmentStateChanged.Returned';

/** Gives order 9 other items that come back, a minute after the other; all of them jeans, of which three were bought. */
async function sendBack(...items: Partial<ReturnItem & { lineItemId: string }>[]): Promise<number> {
  const order = (await local.shop.get('order', ids.order(9))) ?? expect.unreachable();
  const [info] = order.returnInfo ?? [];
  const [seed] = info?.items ?? [];
  if (!info || !seed) throw new Error('The seed lacks a return');
  const made = items.map((item, index) =>
    Object.assign({}, seed, {
      ...{ id: ids.returnItem(index + 1), createdAt: `2026-05-24T15:0${index}:00.000Z` },
      ...item,
    }),
  );
  const { version } = await local.shop.put('order', { ...order, returnInfo: [{ ...info, items: made }] });
  return version;
}
const added = (...numbers: number[]) =>
  notification('ReturnInfoAdded', { returnInfo: { items: numbers.map((number) => ({ id: ids.returnItem(number) })) } });

describe('a return that is added', () => {
  it('is one Requested Return of the item', async () => {
    expect(await local.plan(notification('ReturnInfoAdded'))).toEqual([
      {
        kind: 'createEvent',
        trimmed: [],
        event: {
          metric: 'Requested Return',
          profile: { externalId: ids.customer(3) },
          uniqueId: ids.returnItem(1),
          time: '2026-05-24T15:00:00.000Z',
          value: 133.33,
          valueCurrency: 'EUR',
          properties: expect.objectContaining({
            OrderId: '2026-1009',
            ItemNames: ['Straight Jeans Indigo'],
            Items: [expect.objectContaining({ SKU: 'JEANS-IND-29', Quantity: 2, RowTotal: 133.33 })],
            TrackingNumber: 'RR 4557',
          }),
        },
      },
    ]);
  });

  it('is one for each item of a whole list, of a custom line item too', async () => {
    expect(eventsOf(await local.plan(notification('ReturnInfoSet')))).toMatchObject([
      { uniqueId: ids.returnItem(2), value: 15799, valueCurrency: 'JPY', properties: { Items: [{ Quantity: 1 }] } },
      { uniqueId: ids.returnItem(3), value: 500, properties: { ItemNames: ['Engraving'], Items: [], Brands: [] } },
    ]);
  });

  it.each(['ReturnInfoAdded', 'ReturnInfoSet', RECEIVED])('%s is the same without its payload', async (name) => {
    const whole = await local.plan(notification(name));
    expect(await local.plan(notification(`${name}.payloadNotIncluded`))).toEqual(whole);
  });

  it('is received by a message of its own, when it has come back since it was added', async () => {
    const changed = { createdAt: '2026-05-24T15:00:00.000Z', lastModifiedAt: '2026-05-27T08:15:00.000Z' };
    const items = [{ id: ids.returnItem(1), shipmentState: 'Returned', ...changed }];
    const about = notification('ReturnInfoAdded', { returnInfo: { items } });
    expect(eventsOf(await local.plan(about)).map(({ metric }) => metric)).toEqual(['Requested Return']);
  });

  it('is received as well, when it is added as returned', async () => {
    const items = [{ id: ids.returnItem(1), shipmentState: 'Returned' }];
    const about = notification('ReturnInfoAdded', { returnInfo: { items } });
    const facts = { time: '2026-05-24T15:00:00.000Z', value: 133.33 };
    expect(eventsOf(await local.plan(about))).toMatchObject([
      { metric: 'Requested Return', uniqueId: ids.returnItem(1), ...facts },
      { metric: 'Received Return', uniqueId: `${ids.returnItem(1)}:Returned`, ...facts },
    ]);
    const off = { handlers: { disabled: ['return-state'] } };
    expect(eventsOf(await local.plan(about, off))).toMatchObject([{ metric: 'Requested Return' }]);
  });

  it('is not received by what has come back since', async () => {
    const resourceVersion = await sendBack({ shipmentState: 'Returned' });
    for (const name of ['ReturnInfoAdded', 'ReturnInfoAdded.payloadNotIncluded'])
      expect(eventsOf(await local.plan(notification(name, { resourceVersion })))).toMatchObject([
        { metric: 'Requested Return' },
      ]);
  });

  it('asks for nothing when the list was emptied, and reads nothing', async () => {
    expect(await local.plan(notification('ReturnInfoSet', { returnInfo: undefined }))).toEqual([]);
    expect(await local.plan(notification('ReturnInfoSet', { returnInfo: [] }))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('is what is left of a list that was set again', async () => {
    const items = [{ id: 'former' }, { id: ids.returnItem(2) }];
    await local.shop.put('order', (await local.shop.get('order', ids.order(10))) ?? expect.unreachable());
    expect(eventsOf(await local.plan(notification('ReturnInfoSet', { returnInfo: [{ items }] })))).toMatchObject([
      { uniqueId: ids.returnItem(2) },
    ]);
  });

  it('is of no more than was bought, whatever the order of the messages', async () => {
    await sendBack({ quantity: 2 }, { quantity: 7 }, { quantity: 1 });
    const of = async (number: number) => eventsOf(await local.plan(added(number)));
    expect(await of(3)).toEqual([]);
    expect(await of(2)).toMatchObject([{ value: 66.66, properties: { Items: [{ Quantity: 1 }] } }]);
    expect(await of(1)).toMatchObject([{ value: 133.33, properties: { Items: [{ Quantity: 2 }] } }]);
  });

  it('that the order does not show yet is tried again', async () => {
    const about = notification('ReturnInfoAdded', { returnInfo: { items: [{ id: 'later' }] }, resourceVersion: 9 });
    expect(await rejectionOf(local.plan(about))).toBeInstanceOf(RetryableError);
  });

  it.each(['ReturnInfoAdded', 'ReturnInfoAdded.payloadNotIncluded'])(
    'of something that the order does not know is tried again, and is no return once the order may have lost it: %s',
    async (name) => {
      await sendBack({ lineItemId: 'unknown' });
      const early = notification(name, { resourceVersion: 99 });
      expect(await rejectionOf(local.plan(early))).toBeInstanceOf(RetryableError);
      expect(await local.plan(notification(name))).toEqual([]);
    },
  );
});

describe('a return that was received', () => {
  it('is one Received Return of the item', async () => {
    expect(eventsOf(await local.plan(notification(RECEIVED)))).toMatchObject([
      {
        ...{ metric: 'Received Return', uniqueId: `${ids.returnItem(1)}:Returned`, time: '2026-05-27T08:15:00.000Z' },
        ...{ value: 133.33, properties: { Items: [{ Quantity: 2, RowTotal: 133.33 }], TrackingNumber: 'RR 4557' } },
      },
    ]);
  });

  it('is back in stock since, if the message cannot say', async () => {
    await sendBack({ shipmentState: 'BackInStock' }, { shipmentState: 'Advised', quantity: 1 });
    const events = eventsOf(await local.plan(notification(`${RECEIVED}.payloadNotIncluded`)));
    expect(events.map(({ uniqueId }) => uniqueId)).toEqual([`${ids.returnItem(1)}:Returned`]);
  });

  it('is received in the states that the settings say, and once', async () => {
    const given = { orders: { returnedStates: ['Unusable'] } };
    expect(await local.plan(notification(RECEIVED), given)).toEqual([]);
    const unusable = notification(RECEIVED, { returnShipmentState: 'Unusable' });
    expect(eventsOf(await local.plan(unusable, given))).toMatchObject([{ uniqueId: `${ids.returnItem(1)}:Returned` }]);
  });

  it('asks for nothing while it is advised, and reads nothing', async () => {
    expect(await local.plan(notification('OrderReturnShipmentStateChanged.Advised'))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('is tried again while the order does not show it, and gone when the order has changed since', async () => {
    const version = await sendBack();
    const about = (resourceVersion: number) => local.plan(notification(RECEIVED, { resourceVersion }));
    expect(await rejectionOf(about(version))).toBeInstanceOf(RetryableError);
    expect(await rejectionOf(about(version - 1))).toBeInstanceOf(GoneError);
  });
});
