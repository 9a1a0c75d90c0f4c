import { useComputed, useSignal } from '@preact/signals';
import type { DeadLetter, DeadLetters, DeadLettersDone } from '../../api.ts';
import { send } from '../data/request.ts';
import { useResource } from '../data/resource.ts';
import { Empty, Head } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { countOf, timeOf } from '../kit/format.ts';
import { useEscape } from '../kit/keys.ts';
import { isNarrow } from '../kit/narrow.ts';
import { tell } from '../kit/tell.ts';
import { VirtualList } from '../kit/virtual-list.tsx';
import { goTo, linkTo, place } from '../router.ts';
import { LetterPanel } from './letter-panel.tsx';

const close = () => goTo(linkTo('dead-letters'));
const keyOf = ({ id }: DeadLetter) => id;

/** Sends letters again, or throws them away; `all` is all of them. */
async function settle(id: string, what: 'replay' | 'drop'): Promise<void> {
  const { done } = await send<DeadLettersDone>('POST', `/api/dead-letters/${encodeURIComponent(id)}/${what}`);
  tell(`${countOf(done, 'letter')} ${what === 'replay' ? 'sent again.' : 'dropped.'}`);
  if (place.value.rest.length > 0) close();
}

/** What was given up and why, by the code of `npm run dead-letter`. */
export function DeadLettersPage() {
  const { value, error } = useResource<DeadLetters>('/api/dead-letters', ['dead-letters']);
  const [id] = place.value.rest;
  const held = useSignal<DeadLetters | undefined>(undefined);
  if (value !== held.peek()) held.value = value;
  const letters = useComputed(() => held.value?.letters ?? []);
  const letter = letters.value.find((one) => one.id === id);
  const isAsked = useSignal(false);
  useEscape(id === undefined ? undefined : close);
  return (
    <>
      <Head
        title="Dead letters"
        tools={
          letters.value.length > 0 && (
            <>
              <Button look="first" icon="again" onPress={() => settle('all', 'replay')}>
                Replay all
              </Button>
              <Button
                look="harsh"
                onPress={() => {
                  isAsked.value = true;
                }}
              >
                Drop all …
              </Button>
            </>
          )
        }
      >
        Messages that were given up after the last attempt. Nothing is lost: mend the reason, then replay them.
      </Head>
      {isAsked.value && (
        <Dialog
          title={`Drop ${countOf(letters.value.length, 'letter')}?`}
          action="Drop all"
          look="harsh"
          onClose={() => {
            isAsked.value = false;
          }}
          onSubmit={() => settle('all', 'drop')}
        >
          <p>What they tell never reaches Klaviyo then.</p>
        </Dialog>
      )}
      <div class={`split ${letter ? 'open' : ''}`}>
        <div class="card list">
          {error && <p class="note bad">{error}</p>}
          <VirtualList
            class="letter-line"
            label="Dead letters"
            items={letters}
            keyOf={keyOf}
            rowHeight={isNarrow.value ? 76 : 56}
            selected={letter?.id}
            onOpen={(one) => goTo(linkTo('dead-letters', one.id), { replace: id !== undefined })}
            row={(one) => <Row letter={one} />}
            empty={held.value ? <None /> : <div class="empty">Asking …</div>}
          />
        </div>
        {letter && <LetterPanel key={letter.id} letter={letter} onClose={close} settle={settle} />}
      </div>
    </>
  );
}

const Row = ({ letter: { type, resource, publishedAt, attempts, likelyReason, writes } }: { letter: DeadLetter }) => (
  <>
    <span class="who">
      <span class="cut">
        <span class="strong">{type}</span> <span class="soft">{resource}</span>
      </span>
      <span class={`cut small ${writes.length > 0 ? 'good' : 'bad'}`}>{likelyReason}</span>
    </span>
    <span class="number soft">{attempts !== undefined && countOf(attempts, 'attempt')}</span>
    <span class="number soft only-wide">{timeOf(publishedAt)}</span>
  </>
);

const None = () => (
  <Empty icon="dead-letters" title="Nothing was given up">
    To see how that looks, let Klaviyo be down in <a href={linkTo('weather')}>Weather</a> and place an order: after five
    attempts the message is here.
  </Empty>
);
