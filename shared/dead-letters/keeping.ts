import { CredentialsError, SyncError } from '../errors.ts';
import type { Logger } from '../log/logger.ts';
import { safeToLog } from '../log/safely.ts';
import type { Envelope } from '../platform-format/envelope.ts';
import type { Sync } from '../sync.ts';
import type { Keeper } from './keeper.ts';
import { toKept } from './kept-message.ts';

const DAY = 86_400_000;
/** Connect drops a message seven days after it was published; the last of these is for keeping it. */
const DAYS = { dropped: 7, givenUp: 6 };

/** What it works with. */
interface Options {
  /** Undefined where nothing keeps what is given up. */
  keeper: Keeper | undefined;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Stands in for a dead-letter topic where the queue has none. What would fail again, or has failed for six days, is kept and then
 * acknowledged: the returned function returns only when the message is kept. Everything else it throws as `work` does, so that
 * the queue delivers again. Without a keeper the log says when the queue will drop the message.
 */
export function keepingGivenUp(work: Sync, options: Options): Sync {
  const { keeper, logger, now = Date.now } = options;
  if (!keeper)
    logger.warn(
      'nothing keeps what cannot be synced: seven days after it was published a message is gone; DEAD_LETTER_CONTAINER names where to keep it',
    );

  return async (envelope, milliseconds) => {
    try {
      await work(envelope, milliseconds);
    } catch (error) {
      if (!(error instanceof SyncError) || !isGivenUp(error, envelope, now())) throw error;
      if (!keeper) {
        logger.error(loss(envelope), 'nothing keeps this message: it is delivered again until it is gone');
        throw error;
      }
      if (!(await isKept(keeper, envelope, error))) throw error;
    }
  };

  async function isKept({ container, keep }: Keeper, envelope: Envelope, error: SyncError): Promise<boolean> {
    const { key, value } = toKept(envelope, error, now());
    const place = { messageId: envelope.messageId, container, key };
    try {
      await keep(key, value);
      logger.error(
        { ...place, outcome: 'kept', error: value.error },
        `given up and kept: npm run dead-letter -- show ${key} --from custom-objects`,
      );
      return true;
    } catch (failure) {
      const reason = failure instanceof SyncError ? failure.message : `unexpected ${safeToLog(failure).name}`;
      const line = { ...place, outcome: 'failed', ...loss(envelope) };
      if (failure instanceof CredentialsError)
        logger.fatal(line, `not kept, so it is delivered again: ${reason}; it needs manage_key_value_documents`);
      else logger.error(line, `not kept, so it is delivered again: ${reason}`);
      return false;
    }
  }
}

const isGivenUp = ({ retry }: SyncError, { publishedAt }: Envelope, now: number): boolean =>
  retry === 'never' || (publishedAt !== undefined && now - publishedAt >= DAYS.givenUp * DAY);

/** Which message is lost, and when. */
const loss = ({ messageId, publishedAt }: Envelope) => ({
  messageId,
  goneAt: publishedAt === undefined ? undefined : new Date(publishedAt + DAYS.dropped * DAY).toISOString(),
});
