import { expect, it } from 'vitest';
import type { DeadLetter, DeadLetters, DeadLettersDone } from '../../../tools/console/api.ts';
import { eventually } from '../../doubles/eventually.ts';
import { fixture, fixtureText } from '../../fixtures/index.ts';
import { consoleForAll } from './support.ts';

const { api, ask, flow, settled, world, act } = consoleForAll();

const letters = async (): Promise<DeadLetter[]> => (await api<DeadLetters>('GET', '/api/dead-letters')).letters;
const some = (count: number) =>
  eventually(async () => {
    const all = await letters();
    return all.length === count ? all : undefined;
  }, `${count} dead letters`);

async function givenUp(text: string): Promise<string> {
  const messageId = await world().broker.publish(text);
  await settled([messageId]);
  return messageId;
}

it('a message that was given up is shown with the likely reason and what it says, and stays until it is dropped', async () => {
  const text = fixtureText('invalid/OrderCreated.wrong-money.json');
  const messageId = await givenUp(text);
  const [letter] = await some(1);

  expect(letter).toMatchObject({ type: 'OrderCreated', attempts: 5, payload: text, messageId, writes: [] });
  expect(letter?.likelyReason).toContain('InvalidMessageError');
  expect(await letters()).toHaveLength(1);

  expect(await ask('POST', '/api/dead-letters/none/drop', {})).toMatchObject({ status: 404 });
  expect(await api<DeadLettersDone>('POST', `/api/dead-letters/${letter?.id}/drop`)).toEqual({ done: 1 });
  expect(await letters()).toEqual([]);
});

it('one that would go through by now is replayed, and arrives', async () => {
  // The order of a payment comes too late.
  const order = await world().shop.get('order', '0de50000-0000-4000-8000-000000000003');
  if (!order) throw new Error('There is no such order');
  await world().shop.remove('order', order.id);
  const messageId = await givenUp(fixtureText('PaymentTransactionAdded.json'));
  const [waiting] = await some(1);
  expect(waiting).toMatchObject({ messageId, likelyReason: expect.stringContaining('no order has payment') });

  await world().shop.put('order', order);
  const [letter] = await letters();
  expect(letter?.likelyReason).toContain('would go through now');
  expect(letter?.writes.map(({ fields }) => fields.metric)).toContain('Refunded Order');

  expect(await api<DeadLettersDone>('POST', `/api/dead-letters/${letter?.id}/replay`)).toEqual({ done: 1 });
  const replayed = await eventually(
    async () => (await flow()).rows.find(({ cause }) => cause === 'replay'),
    'the replay',
  );
  expect(await settled([replayed.messageId])).toMatchObject([{ outcome: 'synced', handler: 'refund' }]);
  expect(await letters()).toEqual([]);
});

it('all are replayed or dropped at once, and what fails again is back', async () => {
  const malformed = { ...fixture('invalid/OrderCreated.wrong-money') };
  await Promise.all([1, 2].map((number) => givenUp(JSON.stringify({ ...malformed, id: `letter-${number}` }))));
  await some(2);
  expect(await api<DeadLettersDone>('POST', '/api/dead-letters/all/replay')).toEqual({ done: 2 });
  await some(2);
  expect(await api<DeadLettersDone>('POST', '/api/dead-letters/all/drop')).toEqual({ done: 2 });
  expect(await api<DeadLettersDone>('POST', '/api/dead-letters/all/drop')).toEqual({ done: 0 });
});

it('starting over leaves none', async () => {
  await givenUp('no JSON');
  await some(1);
  await act('reset', {});
  expect(await letters()).toEqual([]);
});
