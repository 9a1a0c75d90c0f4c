/** How to deliver. */
export interface BrokerOptions {
  /** Where messages are pushed to. */
  pushEndpoint: string;
  /** After how many attempts a message is given up; default 5. */
  maxDeliveryAttempts?: number;
  /** Of the REST API; another one when it is taken, and any by default. */
  port?: number;
}

/** A running server of a part of Pub/Sub's REST API. */
export interface BrokerServer {
  url: string;
  stop(): Promise<void>;
}
