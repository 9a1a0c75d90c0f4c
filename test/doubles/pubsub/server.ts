import type { OnPush } from './relay.ts';

/** How to deliver. */
export interface BrokerOptions {
  /** Where messages are pushed to. */
  pushEndpoint: string;
  /** After how many attempts a message is given up; default 5. */
  maxDeliveryAttempts?: number;
  /**
   * Pauses between attempts, such as `10s`; with the emulator only, and only for what looks at a subscription. By default
   * the emulator makes its own, of a second. With any others, zero included, it stops delivering messages that fail at
   * the same time, and never gives them up (0.8.20, on two cores: two are enough).
   */
  retryPolicy?: { minimumBackoff: string; maximumBackoff: string };
  /** Told of every push, which has a trace then. */
  onPush?: OnPush;
  /** Of the REST API; another one when it is taken, and any by default. */
  port?: number;
}

/** The same with what is chosen by default. */
export type FullBrokerOptions = BrokerOptions & Required<Pick<BrokerOptions, 'maxDeliveryAttempts' | 'port'>>;

/** A running server of a part of Pub/Sub's REST API. */
export interface BrokerServer {
  url: string;
  stop(): Promise<void>;
}
