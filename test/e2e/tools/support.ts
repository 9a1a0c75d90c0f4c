import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ParseArgsOptionsConfig, stripVTControlCharacters } from 'node:util';
import { vi } from 'vitest';
import { runTool, type Tool } from '../../../tools/operator/support/cli.ts';
import { klaviyoVariables, shopVariables, UNSET, type Variables } from '../../doubles/environment.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';
import { startBroker } from '../../doubles/pubsub/broker.ts';
import { findEmulator } from '../../doubles/pubsub/emulator.ts';
import { type Shop, startShop } from '../../doubles/shop/index.ts';
import { createPubsub, type Pubsub } from './pubsub.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Whether tests that need the Pub/Sub emulator are left out; in CI they are not. */
export const isSkipped = !process.env.CI && (await findEmulator()) === undefined;
if (isSkipped) console.log('The Pub/Sub emulator is missing: the tests of the tools that need it are skipped.');

/** What a tool did. */
interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** What the tools read from. */
export interface Services {
  shop: Shop;
  klaviyo: KlaviyoStandIn;
  /** The environment of the tools. */
  environment: Record<string, string>;
  /** Runs a tool in this process, with more or other variables where given. One at a time. */
  run<O extends ParseArgsOptionsConfig>(
    tool: Tool<O>,
    args: string[],
    variables?: Record<string, string>,
  ): Promise<Run>;
  stop(): Promise<void>;
}

/** Everything that the tools look at, on this machine. */
export interface Site extends Services {
  pubsub: Pubsub;
}

/** Starts shop and stand-in. */
export async function startServices(variables: Record<string, string> = {}): Promise<Services> {
  const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
  const environment = {
    ...UNSET,
    PATH: process.env.PATH ?? '',
    GOOGLE_CLOUD_PROJECT: 'demo',
    ...shopVariables(shop),
    ...klaviyoVariables(klaviyo),
    // A machine that is busy is no fault.
    KLAVIYO_SYNC_SETTINGS: '{"limits":{"requestSeconds":50}}',
    ...variables,
  };
  return {
    shop,
    klaviyo,
    environment,
    run: (tool, args, more) => runHere(tool, args, { ...environment, ...more }),
    async stop() {
      await Promise.all([shop.stop(), klaviyo.stop()]);
    },
  };
}

/** Starts shop, stand-in and emulator, which has the deployment that the tools look at by themselves. */
export async function startSite(): Promise<Site> {
  const retryPolicy = { minimumBackoff: '10s', maximumBackoff: '600s' };
  const broker = await startBroker({ pushEndpoint: 'http://127.0.0.1:1/nobody', retryPolicy }, 'emulator');
  const services = await startServices({ PUBSUB_EMULATOR_HOST: new URL(broker.url).host });
  return {
    ...services,
    pubsub: createPubsub(broker.url),
    async stop() {
      await Promise.all([services.stop(), broker.stop()]);
    },
  };
}

/** Runs a tool in this process, with these variables. One at a time. */
export async function runHere<O extends ParseArgsOptionsConfig>(
  tool: Tool<O>,
  args: string[],
  environment: Variables,
): Promise<Run> {
  const lines: Record<'log' | 'error', string[]> = { log: [], error: [] };
  const { log, error } = console;
  console.log = (line: unknown) => lines.log.push(String(line));
  console.error = (line: unknown) => lines.error.push(String(line));
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    const code = await runTool(tool, args);
    return { code, stdout: lines.log.map(plainLine).join(''), stderr: lines.error.map(plainLine).join('') };
  } finally {
    vi.unstubAllEnvs();
    Object.assign(console, { log, error });
  }
}

const plainLine = (text: string) => `${stripVTControlCharacters(text)}\n`;

/** Starts an operator’s tool in a process of its own. */
export const startTool = (tool: string, args: string[], env: Record<string, string>) =>
  spawn(process.execPath, [`tools/operator/${tool}.ts`, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
