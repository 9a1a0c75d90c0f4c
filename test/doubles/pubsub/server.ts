/** How to deliver. */
export interface BrokerOptions {
  /** Where messages are pushed to. */
  pushEndpoint: string;
  /** After how many attempts a message is given up; default 5. */
  maxDeliveryAttempts?: number;
  /**
   * Pauses between attempts, such as `1s`; with the emulator only. By default it makes its own, of a second: with any
   * others it needs more than twice the time.
   */
  retryPolicy?: { minimumBackoff: string; maximumBackoff: string };
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
