import { rows } from '../data/flow.ts';
import { Outcome } from '../flow/outcome.tsx';
import { countOf } from '../kit/format.ts';
import { linkTo } from '../router.ts';
import { last } from './act.ts';

/** How many messages are shown one by one. */
const SHOWN = 4;

/** What the last button did, and what becomes of each notification that the shop published for it. */
export function Published() {
  const { said, messageIds } = last.value ?? {};
  const ids = new Set(messageIds);
  const published = rows.value.filter(({ messageId }) => ids.has(messageId)).toReversed();
  return (
    <div class="published" role="status">
      {said && messageIds ? (
        <>
          <p>
            {said} <span class="soft">{countOf(messageIds.length, 'notification')}:</span>
          </p>
          <ul class="row">
            {published.slice(0, SHOWN).map(({ messageId, type, outcome }) => (
              <li key={messageId}>
                <a class="message" href={linkTo('flow', messageId)}>
                  {type} <Outcome outcome={outcome} />
                </a>
              </li>
            ))}
            {published.length > SHOWN && (
              <li>
                <a href={linkTo('flow')}>and {published.length - SHOWN} more</a>
              </li>
            )}
          </ul>
        </>
      ) : (
        <p class="soft">Press a button: the shop changes, and what it tells of that appears here.</p>
      )}
    </div>
  );
}
