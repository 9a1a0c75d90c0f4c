import { expect, it } from 'vitest';
import { startConsole } from '../../../tools/console/server/start.ts';
import { freePort } from '../../doubles/free-port.ts';

it('of two consoles that start at once on one port, the second ends before it starts anything', async () => {
  const port = await freePort();
  const ends: string[] = [];
  const start = () =>
    startConsole({ port, broker: 'in-process' }).then(
      (running) => {
        ends.push('started');
        return running;
      },
      ({ code, port: taken }) => {
        ends.push(`${code} ${taken === port}`);
      },
    );
  const consoles = await Promise.all([start(), start()]);
  await Promise.all(consoles.map((running) => running?.stop()));
  expect(ends).toEqual(['EADDRINUSE true', 'started']);
});
