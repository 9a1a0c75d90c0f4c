import { afterAll, expect } from 'vitest';
import { type Configuration, readConfiguration } from '../../shared/config/environment.ts';
import { createLogger } from '../../shared/log/logger.ts';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { createSync } from '../../shared/sync.ts';
import { type PushOptions, pushBody } from '../doubles/delivery.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../doubles/klaviyo/server.ts';
import { type Shop, startShop } from '../doubles/shop/index.ts';
import { environmentFor } from '../integration/support.ts';
import { expectHarmlessLog } from './harmless-log.ts';

/** Delivers a notification; a text is delivered as it is. Rejects when the message is not acknowledged. */
export type Deliver = (payload: unknown, options?: PushOptions) => Promise<void>;

/** The sync between the shop and the Klaviyo stand-in, in this process. */
export interface World {
  shop: Shop;
  klaviyo: KlaviyoStandIn;
  deliver: Deliver;
  /** One more process, as far as it matters: it shares nothing in memory, and may write to another account. */
  anotherProcess(account?: KlaviyoStandIn): Deliver;
  configuration: Configuration;
  /** Every line logged so far, as it was written. */
  log: string[];
}

/**
 * A world for a file. Afterwards no line of its log has told anything private, and Klaviyo's OpenAPI document, where it
 * is at hand, allows every request that was made.
 *
 * @param isHostile whether messages are such that Klaviyo may have to refuse what they ask for
 */
export async function worldForAll({ isHostile = false } = {}): Promise<World> {
  const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
  const log: string[] = [];

  const configurationFor = (account: KlaviyoStandIn) => readConfiguration(environmentFor(shop, account));

  function anotherProcess(account = klaviyo): Deliver {
    const logger = createLogger('trace', { write: (line) => log.push(line) });
    const sync = createSync(configurationFor(account), logger);
    return (payload, options) => sync(openEnvelope(pushBody(payload, options)));
  }

  afterAll(async () => {
    await Promise.all([shop.stop(), klaviyo.stop()]);
    expectHarmlessLog(log, [klaviyo.apiKey, shop.clientSecret]);
    if (!isHostile) expect(klaviyo.violations).toEqual([]);
  });

  return { shop, klaviyo, configuration: configurationFor(klaviyo), log, deliver: anotherProcess(), anotherProcess };
}
