import type { Broker } from '../doubles/pubsub/broker.ts';
import { findEmulator } from '../doubles/pubsub/emulator.ts';

const isMissing = !process.env.CI && (await findEmulator()) === undefined;
if (isMissing) console.warn('Skipped: what needs the Pub/Sub emulator (gcloud components install pubsub-emulator)');

/** Both brokers, for describe.each; the emulator may be missing, but not in CI. */
export const brokers: { kind: Broker['kind']; isSkipped: boolean }[] = [
  { kind: 'emulator', isSkipped: isMissing },
  { kind: 'in-process', isSkipped: false },
];
