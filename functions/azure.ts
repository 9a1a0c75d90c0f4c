import { readConfiguration } from '../shared/config/environment.ts';
import { azureHandlers } from '../shared/queues/azure/handlers.ts';
import { azureLog } from '../shared/queues/azure/log.ts';
import { createReceiver } from '../shared/queues/receiver.ts';

/** For Azure Functions behind Service Bus or Event Grid. A wrong configuration is thrown while the function is loaded. */
export const { serviceBus, eventGrid } = azureHandlers(createReceiver(readConfiguration(), azureLog));
