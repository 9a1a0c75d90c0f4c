import * as z from 'zod';
import { time } from '../../platform-format/envelope.ts';
import type { QueueMessage } from '../message.ts';

/**
 * An event of EventBridge, whose `detail` is the payload:
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export const eventBridgeEvent = z
  .looseObject({ id: z.string(), 'detail-type': z.string(), time, detail: z.looseObject({}) })
  .transform(({ id, time, detail }): QueueMessage => ({ id, publishedAt: time, payload: detail }));
