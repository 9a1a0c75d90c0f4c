import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createLive } from '../../../../tools/console/server/http/live.ts';
import { eventually } from '../../../doubles/eventually.ts';

it('a browser that lagged behind is told to ask for everything again, as it was told of nothing meanwhile', async () => {
  const live = createLive();
  const server = createServer((_, response) => live.join(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  const [slow]: IncomingMessage[] = await once(asked, 'response');
  // Nobody reads: far more than what a connection holds by itself.
  for (let times = 0; times < 40; times++) live.send('flow', [{ error: 'x'.repeat(1_000_000) }] as never);
  live.send('changed', { what: ['dead-letters'] });
  let text = '';
  slow?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-10_000);
  });
  const told = await eventually(() => {
    live.send('changed', { what: ['overview'] });
    return /"what":(\[[^\]]+\])/.exec(text)?.[1];
  }, 'the news');
  expect(JSON.parse(told)).toEqual(expect.arrayContaining(['flow', 'dead-letters', 'klaviyo']));
  live.stop();
  slow?.destroy();
  server.close();
});
