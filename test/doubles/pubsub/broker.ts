import { createClient, type Pulled } from './client.ts';
import { findEmulator, startEmulator } from './emulator.ts';
import { startInProcess } from './in-process.ts';
import type { BrokerOptions } from './server.ts';

/** What stands between commercetools and the function: a topic, its push subscription, and a dead-letter topic. */
export interface Broker {
  kind: 'emulator' | 'in-process';
  /** Of its REST API, which both kinds have as far as publishing goes; without a trailing slash. */
  url: string;
  /** Publishes to the topic and gives the message's id. */
  publish(data: string | Buffer, attributes?: Record<string, string>): Promise<string>;
  /** Gives everything that was given up since the start. */
  deadLetters(): Promise<Pulled[]>;
  stop(): Promise<void>;
}

/**
 * Starts the Pub/Sub emulator of the Cloud SDK or, where there is none, a push loop in this process that does the same.
 *
 * @param kind insists on one of them; throws when the emulator is asked for and missing
 */
export async function startBroker(given: BrokerOptions, kind?: Broker['kind']): Promise<Broker> {
  const options = { maxDeliveryAttempts: 5, port: 0, ...given };
  const jar = kind === 'in-process' ? undefined : await findEmulator();
  if (kind === 'emulator' && !jar)
    throw new Error('There is no Pub/Sub emulator: gcloud components install pubsub-emulator');
  const server = jar ? await startEmulator(jar, options) : await startInProcess(options);
  const { publish, deadLetters } = createClient(server.url);
  return { kind: jar ? 'emulator' : 'in-process', ...server, publish, deadLetters };
}
