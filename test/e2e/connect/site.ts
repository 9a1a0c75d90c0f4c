import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { parse } from 'yaml';
import { buildConnect } from '../../../tools/build/connect.ts';
import { type Child, startChild } from '../../doubles/child.ts';
import { UNSET, type Variables } from '../../doubles/environment.ts';
import { freePort } from '../../doubles/free-port.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { type Shop, startShop } from '../../doubles/shop/index.ts';

/** Where Connect would have commercetools report to. */
export const TOPIC = { CONNECT_GCP_TOPIC_NAME: 'the-topic', CONNECT_GCP_PROJECT_ID: 'the-project' };

/** An application of connect.yaml, as far as it is read here. */
interface Application {
  name: string;
  endpoint: string;
  scripts?: Record<'postDeploy' | 'preUndeploy', string>;
}

/** What a script did. */
interface Ended {
  code: number | null;
  output: string;
}

/** What Connect deploys, built, between a shop and the Klaviyo stand-in. Both are back to their seeds before each test. */
export function connectSite() {
  let folder: string;
  let shop: Shop;
  let klaviyo: KlaviyoStandIn;
  let applications: Application[];
  const children: Child[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'connect-'));
    [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo(), buildConnect(folder)]);
    // Connect installs what the lock file says.
    symlinkSync(resolve('node_modules'), join(folder, 'klaviyo-sync', 'node_modules'));
    applications = parse(readFileSync(join(folder, 'connect.yaml'), 'utf8')).deployAs;
  });
  beforeEach(async () => {
    klaviyo.reset();
    await shop.reset();
  });
  afterAll(async () => {
    await Promise.all(children.map((child) => child.stop()));
    await Promise.all([shop.stop(), klaviyo.stop()]);
    rmSync(folder, { recursive: true });
  });

  function applicationOf(name: string): Application {
    const found = applications.find((one) => one.name === name);
    if (!found) throw new Error(`connect.yaml has no ${name}`);
    return found;
  }

  /** What Connect gives an application. */
  const environment = (more: Variables): Variables => ({
    ...UNSET,
    PATH: process.env.PATH,
    CTP_API_URL: shop.url,
    CTP_AUTH_URL: shop.url,
    CTP_PROJECT_KEY: shop.projectKey,
    CTP_SCOPE: shop.scope,
    CTP_CLIENT_ID: shop.clientId,
    CTP_CLIENT_SECRET: shop.clientSecret,
    KLAVIYO_AUTH_KEY: klaviyo.apiKey,
    KLAVIYO_API_URL: klaviyo.url,
    ...more,
  });

  return {
    get shop() {
      return shop;
    },
    get klaviyo() {
      return klaviyo;
    },
    environment,
    /** Runs a script of the event application, in the folder of the application, as connect.yaml says it. */
    async script(name: 'postDeploy' | 'preUndeploy', variables: Variables = {}): Promise<Ended> {
      const command = applicationOf('klaviyo-sync').scripts?.[name] ?? '';
      const cwd = join(folder, 'klaviyo-sync');
      const env = environment({ ...TOPIC, ...variables });
      const child = startChild({ command: 'sh', args: ['-c', command], cwd, env });
      return { code: await child.exit, output: child.output() };
    },
    /** Starts an application as Google's builder does; returns what posts to its endpoint. */
    async start(name: string, variables: Variables = {}) {
      const port = await freePort();
      const env = environment({ PORT: String(port), ...variables });
      const child = startChild({ command: 'npm', args: ['start', '--silent'], cwd: join(folder, name), env });
      children.push(child);
      const url = `http://127.0.0.1:${port}`;
      const isUp = () =>
        fetch(url).then(
          ({ status }) => status === 200,
          () => false,
        );
      await child.untilReady(isUp);
      const post = async (body?: unknown) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(url + applicationOf(name).endpoint, {
          method: 'POST',
          headers,
          body: JSON.stringify(body ?? {}),
        });
        return { status: answer.status, text: await answer.text() };
      };
      return { ...child, post };
    },
  };
}
