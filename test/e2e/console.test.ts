import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DeadLetters, FlowOutcome, FlowPage, Overview, ShopAnswer } from '../../tools/console/api.ts';
import { answering } from '../doubles/child.ts';
import { eventually } from '../doubles/eventually.ts';
import { launchConsole } from './console/console.ts';
import { brokers } from './emulator.ts';

function start(...args: string[]) {
  const launched = launchConsole(...args);
  onTestFinished(launched.stop);
  return launched;
}

const isOver = (outcome: FlowOutcome) => outcome === 'synced' || outcome === 'ignored';

describe('npm run console', () => {
  it.for(brokers)(
    'is up, brings an order to Klaviyo with $kind, and leaves nothing running',
    async (broker, { skip }) => {
      const { kind, isSkipped } = broker;
      skip(isSkipped);
      const { url: where, kill, exit } = start('--port', '0', ...(kind === 'in-process' ? ['--in-process'] : []));
      const url = await where();

      const api = async <T>(path: string, body?: object): Promise<T> => {
        const sent = body && { method: 'POST', body: JSON.stringify(body) };
        return (await fetch(url + path, { ...sent, headers: { 'content-type': 'application/json' } })).json();
      };
      const { broker: which, urls } = await api<Overview>('/api/overview');
      expect(which).toBe(kind);
      const { messageIds } = await api<ShopAnswer>('/api/shop/place-order', {});
      const rows = await eventually(async () => {
        const page = await api<FlowPage>('/api/flow');
        const over = page.rows.filter(({ messageId, outcome }) => messageIds.includes(messageId) && isOver(outcome));
        return over.length === messageIds.length ? over : undefined;
      }, 'the order');
      expect(rows.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
        ...['OrderCreated synced', 'PaymentCreated ignored'],
      ]);

      kill('SIGINT');
      expect(await exit).toBe(0);
      expect(await answering([url, ...Object.values(urls)])).toEqual([]);
    },
  );

  it.for(brokers)('shows, replays and drops dead letters with $kind', async ({ kind, isSkipped }, { skip }) => {
    skip(isSkipped);
    const { url: where, kill, exit } = start('--port', '0', ...(kind === 'in-process' ? ['--in-process'] : []));
    const url = await where();
    const post = async (path: string, body: object = {}) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers })).json();
    };
    const letters = (count: number) =>
      eventually(
        async () => {
          const { letters: all }: DeadLetters = await (await fetch(`${url}/api/dead-letters`)).json();
          return all.length === count ? all : undefined;
        },
        `${count} dead letters`,
        120,
      );

    const { urls }: Overview = await (await fetch(`${url}/api/overview`)).json();
    const message = { data: Buffer.from('no JSON').toString('base64') };
    const topic = '/v1/projects/demo/topics/klaviyo-sync:publish';
    await fetch(urls.pubsub + topic, {
      method: 'POST',
      body: JSON.stringify({ messages: [message] }),
      headers: { 'content-type': 'application/json' },
    });
    const [letter] = await letters(1);
    expect(letter).toMatchObject({ type: '?', payload: 'no JSON' });
    expect(await post(`/api/dead-letters/${letter?.id}/replay`)).toEqual({ done: 1 });
    const [again] = await eventually(
      async () => {
        const all = await letters(1);
        return all[0]?.id === letter?.id ? undefined : all;
      },
      'the letter again',
      120,
    );
    expect(await post(`/api/dead-letters/${again?.id}/drop`)).toEqual({ done: 1 });
    await letters(0);
    kill('SIGTERM');
    await exit;
  });

  it('says that its port is taken, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { output, exit } = start('--in-process', '--port', String(port));
    expect(await exit).toBe(1);
    expect(output()).toContain(`Port ${port} is taken: npm run console -- --port ${port + 1}`);
    other.close();
  });

  it('says what it takes', async () => {
    const { output, exit } = start('--help');
    expect(await exit).toBe(0);
    expect(output()).toContain('--in-process');
    const wrong = start('--prot', '1');
    expect(await wrong.exit).toBe(2);
    expect(wrong.output()).toContain("'--prot'");
    expect(wrong.output()).not.toContain('    at ');
  });
});
