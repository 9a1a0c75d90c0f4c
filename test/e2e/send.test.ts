import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaults, type Faults } from '../doubles/faults.ts';
import { type SandboxServer, startServer } from '../doubles/http.ts';

const ORDER = 'test/fixtures/platform-format/OrderCreated.json';
const NOT_JSON = 'test/fixtures/platform-format/invalid/not-json.txt';

const send = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['tools/operator/send.ts', ...args]).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

describe('npm run send', () => {
  let faults: Faults;
  let server: SandboxServer;

  beforeEach(async () => {
    faults = createFaults();
    server = await startServer(() => ({ status: 204 }), { faults });
  });

  afterEach(() => server.stop());

  it('posts files to a function as Pub/Sub would', async () => {
    const { code, stdout } = await send(ORDER, ORDER, '--url', server.url);
    expect(code).toBe(0);
    expect(stdout).toMatch(/OrderCreated\.json: 204 acknowledged/);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]).toMatchObject({
      path: '/projects/demo/topics/klaviyo-sync',
      body: { message: { data: expect.any(String), messageId: expect.any(String), publishTime: expect.any(String) } },
    });
  });

  it.each(['', '/'])('publishes to an emulator that is given as a URL, with %j at its end', async (end) => {
    faults.add({ effect: { kind: 'status', status: 200, body: { messageIds: ['7'] } } });
    const { stdout } = await send(ORDER, '--emulator', `${server.url}${end}`);
    expect(stdout).toMatch(/published as message 7/);
    expect(server.requests[0]?.path).toBe('/v1/projects/demo/topics/klaviyo-sync:publish');
  });

  it('fails when the function does not acknowledge', async () => {
    faults.add({ effect: { kind: 'status', status: 500 } });
    expect(await send(ORDER, '--url', server.url)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('500 not acknowledged'),
    });
  });

  it('sends nothing when one of the files is not JSON, unless told to', async () => {
    expect(await send(ORDER, NOT_JSON, '--url', server.url)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not-json.txt is not JSON. To send it as it is: --raw'),
    });
    expect(server.requests).toEqual([]);
    expect(await send(NOT_JSON, '--raw', '--url', server.url)).toMatchObject({ code: 0 });
  });

  it.each([
    ['a file that is not there', 1, 'nowhere.json: there is no such file', ['nowhere.json']],
    ['a folder', 1, 'test: is a folder, not a file', ['test']],
    ['nobody to send to', 1, 'Nothing answers at http://127.0.0.1:1.', [ORDER, '--emulator', '127.0.0.1:1']],
    ['no file', 2, 'Give at least one FILE', []],
    ['an unknown option', 2, "Unknown option '--nonsense'", ['--nonsense']],
    ['a URL that is none', 2, 'nonsense is not a URL', [ORDER, '--url', 'nonsense']],
    ['a URL without its protocol', 2, 'localhost:8080 is not a URL', [ORDER, '--url', 'localhost:8080']],
  ])('explains %s', async (_, code, stderr, args) => {
    expect(await send(...args)).toMatchObject({ code, stderr: expect.stringContaining(stderr) });
  });

  it('has a help text', async () => {
    expect(await send('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('npm run send -- FILE…') });
  });
});
