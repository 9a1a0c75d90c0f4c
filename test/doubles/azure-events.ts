import { InvocationContext } from '@azure/functions';

/** A line that an invocation has logged. */
interface InvocationLine {
  level: string;
  text: string;
}

/** What Service Bus says of a message besides its body. */
interface ServiceBusOptions {
  messageId?: string;
  deliveryCount?: number;
  enqueuedAt?: Date;
  traceparent?: string;
}

/** Returns a context of Azure's own making, as a Service Bus trigger gets it, and the lines that it will have logged. */
export function serviceBusInvocation(options: ServiceBusOptions = {}) {
  const { messageId = crypto.randomUUID(), deliveryCount = 1, enqueuedAt = new Date(), traceparent } = options;
  return invocation(
    {
      messageId,
      deliveryCount,
      enqueuedTimeUtc: enqueuedAt.toISOString(),
      sequenceNumber: 7,
      applicationProperties: {},
    },
    traceparent,
  );
}

/** Returns a context of Azure's own making, and the lines that it will have logged. */
export function invocation(triggerMetadata: Record<string, unknown> = {}, traceParent?: string) {
  const lines: InvocationLine[] = [];
  const context = new InvocationContext({
    functionName: 'klaviyo',
    invocationId: crypto.randomUUID(),
    triggerMetadata,
    traceContext: traceParent ? { traceParent } : undefined,
    logHandler: (level, ...texts) => void lines.push({ level, text: texts.join(' ') }),
  });
  return { context, lines };
}
