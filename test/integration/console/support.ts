import { request } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import type {
  FlowDetail,
  FlowOutcome,
  FlowPage,
  FlowRow,
  ShopAction,
  ShopAnswer,
  ShopRequests,
} from '../../../tools/console/api.ts';
import { startConsole } from '../../../tools/console/server/start.ts';
import { eventually } from '../../doubles/eventually.ts';

const OVER: readonly FlowOutcome[] = ['synced', 'ignored', 'gone', 'given-up'];

/** What an action did, and what became of its notifications. */
export interface Acted extends ShopAnswer {
  rows: FlowRow[];
}

/** Starts the console for all tests of a file, over the broker of this process. */
export function consoleForAll() {
  let running: Awaited<ReturnType<typeof startConsole>>;
  beforeAll(async () => {
    running = await startConsole({ port: 0, broker: 'in-process' });
  });
  afterAll(() => running?.stop());

  /** Asks, and gives status and body. */
  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const json = { 'content-type': 'application/json' };
    const response = await fetch(running.url + path, {
      method,
      headers: { ...(method === 'GET' ? {} : json), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Gives the answer. Throws when it is a refusal. */
  async function api<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    const { status, body: answer } = await ask(method, path, method === 'GET' ? undefined : (body ?? {}));
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  const flow = (query = '') => api<FlowPage>('GET', `/api/flow?limit=2000${query}`);
  const detail = (messageId: string) => api<FlowDetail>('GET', `/api/flow/${messageId}`);

  /** Waits until messages are acknowledged or given up, and gives their rows. */
  const settled = (messageIds: readonly string[]) =>
    eventually(async () => {
      const { rows } = await flow();
      const own = messageIds.flatMap(
        (id) => rows.find((row) => row.messageId === id && OVER.includes(row.outcome)) ?? [],
      );
      return own.length === messageIds.length ? own : undefined;
    }, `the messages ${messageIds} to be over`);

  /** Presses a button of the shop, and waits for what it publishes. */
  async function act<A extends ShopAction>(action: A, body: ShopRequests[A]): Promise<Acted> {
    const answer = await api<ShopAnswer>('POST', `/api/shop/${action}`, body);
    return { ...answer, rows: await settled(answer.messageIds) };
  }

  /** Asks with headers that fetch does not let one set. Gives the status. */
  const raw = (method: string, path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(running.url);
      const asked = request({ hostname, port, path, method, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      asked.on('error', reject).end(method === 'GET' ? undefined : '{}');
    });

  return {
    url: () => running.url,
    world: () => running.world,
    ...{ ask, api, flow, detail, settled, act, raw },
  };
}

/** What became of each notification of an action, in words. */
export const told = ({ rows }: Acted): string[] => rows.map(({ type, outcome }) => `${type} ${outcome}`);
