import { readConfiguration } from '../shared/config/environment.ts';
import { createReceiver } from '../shared/queues/receiver.ts';

/** For whatever else delivers messages. A wrong configuration is thrown while the function is loaded. */
export const receive = createReceiver(readConfiguration());
