import { execFile } from 'node:child_process';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { answers, type Child, startChild } from '../child.ts';
import { freePort } from '../free-port.ts';
import { createClient, DEAD_LETTER_SUBSCRIPTION, DEAD_LETTER_TOPIC, SUBSCRIPTION, TOPIC } from './client.ts';
import { startRelay } from './relay.ts';
import type { BrokerServer, FullBrokerOptions } from './server.ts';

const FOLDER = 'platform/pubsub-emulator/lib';
const ACK_DEADLINE_SECONDS = 90;
/** It lives for seconds: what the second compiler would make faster it does not live to see. */
const JAVA = ['-XX:TieredStopAtLevel=1', '-jar'];

const SECONDS_TO_START = 60;

const run = promisify(execFile);

/** What a command prints; undefined when it fails. */
const output = (command: string, ...args: string[]): Promise<string | undefined> =>
  run(command, args).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );

/** The emulator's program in a Cloud SDK; undefined when that component is not installed. */
async function jarIn(sdk: string | undefined): Promise<string | undefined> {
  if (!sdk) return undefined;
  const files = await readdir(join(sdk, FOLDER)).catch(() => []);
  const jar = files.find((file) => /^cloud-pubsub-emulator-.*-all\.jar$/.test(file));
  return jar && join(sdk, FOLDER, jar);
}

/** Finds the emulator of an installed Cloud SDK; undefined without it, or without the Java to run it. */
export async function findEmulator(): Promise<string | undefined> {
  const [gcloud, java] = await Promise.all([
    output('sh', '-c', 'command -v gcloud'),
    output('sh', '-c', 'command -v java'),
  ]);
  if (!gcloud || !java) return undefined;
  // gcloud knows its folder best, but takes a second to say so.
  const beside = await jarIn(dirname(dirname(await realpath(gcloud))));
  return beside ?? jarIn(await output('gcloud', 'info', '--format=value(installation.sdk_root)'));
}

/** Now and then one comes up that throws at each request and never answers: another one takes its place. */
async function startJava(
  jar: string,
  preferredPort: number | undefined,
  tries = 3,
): Promise<{ java: Child; url: string }> {
  const port = await freePort(preferredPort);
  const url = `http://127.0.0.1:${port}`;
  const java = startChild({ command: 'java', args: [...JAVA, jar, '--host=127.0.0.1', `--port=${port}`] });
  try {
    await java.untilReady(() => answers(url), SECONDS_TO_START);
    return { java, url };
  } catch (error) {
    if (tries === 1) throw error;
    return startJava(jar, preferredPort, tries - 1);
  }
}

/** Starts the real Pub/Sub emulator with topic, push subscription and dead-letter topic. Throws what Java says last when none answers. */
export async function startEmulator(jar: string, options: FullBrokerOptions): Promise<BrokerServer> {
  const { java, url } = await startJava(jar, options.port);
  const relay = options.onPush && (await startRelay(options.pushEndpoint, options.onPush));
  const stop = async () => {
    await java.stop();
    await relay?.stop();
  };
  try {
    const { create } = createClient(url);
    await create(DEAD_LETTER_TOPIC, {});
    await create(DEAD_LETTER_SUBSCRIPTION, { topic: DEAD_LETTER_TOPIC, ackDeadlineSeconds: ACK_DEADLINE_SECONDS });
    await create(TOPIC, {});
    await create(SUBSCRIPTION, {
      topic: TOPIC,
      ackDeadlineSeconds: ACK_DEADLINE_SECONDS,
      pushConfig: { pushEndpoint: relay?.url ?? options.pushEndpoint },
      retryPolicy: options.retryPolicy,
      deadLetterPolicy: { deadLetterTopic: DEAD_LETTER_TOPIC, maxDeliveryAttempts: options.maxDeliveryAttempts },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
