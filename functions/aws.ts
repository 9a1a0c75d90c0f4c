import { readConfiguration } from '../shared/config/environment.ts';
import { lambdaHandler } from '../shared/queues/aws/handler.ts';
import { createReceiver } from '../shared/queues/receiver.ts';

/** For AWS Lambda behind SQS, SNS or EventBridge. A wrong configuration is thrown while the function is loaded. */
export const handler = lambdaHandler(createReceiver(readConfiguration()));
