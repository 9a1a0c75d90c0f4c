import * as z from 'zod';
import { VARIABLES } from '../../shared/config/environment.ts';
import { answers, startChild } from './child.ts';
import { klaviyoVariables, shopVariables } from './environment.ts';
import type { KlaviyoStandIn } from './klaviyo/server.ts';
import type { Shop } from './shop/index.ts';

/** The log line of an attempt, as far as it is read here. */
const attemptLine = z.object({
  messageId: z.string().optional(),
  notificationType: z.string().optional(),
  messageType: z.string().optional(),
  resource: z.object({ typeId: z.string() }).optional(),
  handler: z.string().optional(),
  outcome: z.string(),
  milliseconds: z.number(),
  error: z.object({ class: z.string(), message: z.string() }).optional(),
});

/** What the function logged of one delivery of one message. */
export type AttemptLine = z.output<typeof attemptLine>;

/** The built function, running under the real functions-framework in a process of its own. */
export interface FunctionProcess {
  /** Without a trailing slash. */
  url: string;
  /** Everything that it logged, a line each. */
  log: string[];
  /** The attempts among them at all messages, or at one. */
  attempts(messageId?: string): AttemptLine[];
  stop(): Promise<void>;
}

/** How to run the function. */
export interface FunctionOptions {
  shop: Pick<Shop, 'url' | 'projectKey' | 'scope' | 'clientId' | 'clientSecret'>;
  klaviyo: Pick<KlaviyoStandIn, 'url' | 'apiKey'>;
  port: number;
  /** Called with the log line of every attempt, and which of its message it is, from 1. */
  onAttempt?: (attempt: AttemptLine, number: number) => void;
}

/** The environment that it reads: the services, and how the shop wants its texts, prices and links. */
export const functionVariables = ({ shop, klaviyo }: Pick<FunctionOptions, 'shop' | 'klaviyo'>) => ({
  ...shopVariables(shop),
  ...klaviyoVariables(klaviyo),
  PREFERRED_CURRENCY: 'EUR',
  PREFERRED_LOCALE: 'en-GB',
  PRODUCT_URL_TEMPLATE: 'https://shop.example.org/{{locale}}/p/{{productSlug}}',
});

/** Starts the function on 127.0.0.1, writing from the shop to the stand-in. Throws its output when it does not start. */
export async function startFunction({ shop, klaviyo, port, onAttempt }: FunctionOptions): Promise<FunctionProcess> {
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const all: AttemptLine[] = [];

  const attempts = (id?: string) => all.filter(({ messageId }) => id === undefined || messageId === id);

  function onLine(line: string): void {
    log.push(line);
    const attempt = toAttempt(line);
    if (!attempt) return;
    all.push(attempt);
    onAttempt?.(attempt, attempts(attempt.messageId).length);
  }

  const stop = await startChild({
    command: process.execPath,
    args: ['dist/start.cjs'],
    env: {
      // An .env file of the developer's own must not reach it, and gives way to what is set, if only to nothing.
      ...Object.fromEntries(VARIABLES.map((name) => [name, ''])),
      NODE_ENV: 'production',
      PORT: String(port),
      ...functionVariables({ shop, klaviyo }),
    },
    onLine,
    // The framework answers here itself, so that this is no attempt at a message.
    isReady: () => answers(`${url}/robots.txt`),
  });
  return { url, log, attempts, stop };
}

function toAttempt(line: string): AttemptLine | undefined {
  try {
    return attemptLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
