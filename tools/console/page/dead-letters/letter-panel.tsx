import type { DeadLetter } from '../../api.ts';
import { isTooDeep } from '../../levels.ts';
import { Button } from '../kit/button.tsx';
import { Facts } from '../kit/facts.tsx';
import { dayOf } from '../kit/format.ts';
import { Json } from '../kit/json.tsx';
import { Writes } from '../kit/plan-table.tsx';
import { linkTo } from '../router.ts';

interface Props {
  letter: DeadLetter;
  onClose: () => void;
  settle: (id: string, what: 'replay' | 'drop') => Promise<void>;
}

/** All that is known of a dead letter, and what can be done with it. */
export function LetterPanel({ letter, onClose, settle }: Props) {
  const { id, type, resource, likelyReason, handler, attempts, publishedAt, writes, payload, messageId } = letter;
  return (
    <aside class="card detail" aria-label="The letter">
      <header>
        <div class="what">
          <h2 class="cut">{type}</h2>
          <span class="soft cut">{resource}</span>
        </div>
        <Button look="plain" icon="close" aria-label="Close (Esc)" onPress={onClose} />
      </header>
      <div class="scroll">
        <section>
          <p class={`note ${writes.length > 0 ? 'good' : 'bad'}`}>{likelyReason}</p>
          <Facts
            facts={[
              ['Handler', handler],
              [
                'Attempts',
                <>
                  {attempts ?? '?'} {messageId && <a href={linkTo('flow', messageId)}>see them in Flow</a>}
                </>,
              ],
              ['Published', dayOf(publishedAt)],
              ['Letter', <span class="mono">{id}</span>],
            ]}
          />
          <div class="row">
            <Button look="first" icon="again" onPress={() => settle(id, 'replay')}>
              Replay
            </Button>
            <Button look="harsh" onPress={() => settle(id, 'drop')}>
              Drop
            </Button>
          </div>
        </section>
        <section>
          <h3>What it would write now</h3>
          {writes.length > 0 ? <Writes writes={writes} /> : <p class="note">Nothing: the reason is still there.</p>}
        </section>
        <section>
          <h3>Payload</h3>
          <Json value={readable(payload)} label="Payload" />
        </section>
      </div>
    </aside>
  );
}

/** JSON as it is meant; text that is none, or that has too many levels, as it is. */
function readable(payload: string): unknown {
  try {
    const value: unknown = JSON.parse(payload);
    return isTooDeep(value) ? payload : value;
  } catch {
    return payload;
  }
}
