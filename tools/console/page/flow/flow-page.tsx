import type { FlowRow } from '../../api.ts';
import { isLoaded, rows } from '../data/flow.ts';
import { send } from '../data/request.ts';
import { Empty, Head } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { countOf, durationOf, numberOf, timeOf } from '../kit/format.ts';
import { useEscape } from '../kit/keys.ts';
import { isNarrow } from '../kit/narrow.ts';
import { Search } from '../kit/search.tsx';
import { VirtualList } from '../kit/virtual-list.tsx';
import { goTo, linkTo, place } from '../router.ts';
import { KINDS, type Kind, kind, paused, seen, text, unseen } from './filter.ts';
import { FlowDetailPanel } from './flow-detail.tsx';
import { Outcome, resourceOf } from './outcome.tsx';

const close = () => goTo(linkTo('flow'));

/** Notifications as they arrive; one click tells all of one. */
export function FlowPage() {
  const [messageId] = place.value.rest;
  const isCompact = isNarrow.value || messageId !== undefined;
  useEscape(messageId === undefined ? undefined : close);
  return (
    <>
      <Head title="Flow" tools={<Tools />}>
        Every notification of the shop and what became of it: {countOf(seen.value.length, 'message')}.
      </Head>
      <div class={`split ${messageId ? 'open' : ''}`}>
        <div class="card list">
          <VirtualList
            class={`flow-line ${isCompact ? 'compact' : ''}`}
            label="Notifications"
            items={seen}
            keyOf={keyOf}
            rowHeight={isCompact ? 58 : 40}
            selected={messageId}
            onOpen={(row) => goTo(linkTo('flow', row.messageId), { replace: messageId !== undefined })}
            row={(row) => <Row row={row} />}
            head={!isCompact && <HeadRow />}
            empty={<Nothing />}
          />
        </div>
        {messageId && <FlowDetailPanel key={messageId} messageId={messageId} onClose={close} />}
      </div>
    </>
  );
}

const keyOf = ({ messageId }: FlowRow) => messageId;

function Tools() {
  return (
    <>
      <Search label="Filter notifications" value={text} placeholder="type, order, handler, error" />
      <select
        class="input kind"
        aria-label="Which notifications"
        value={kind.value}
        onChange={({ currentTarget }) => {
          kind.value = Object.hasOwn(KINDS, currentTarget.value) ? (currentTarget.value as Kind) : 'all';
        }}
      >
        {Object.entries(KINDS).map(([name, { name: shown }]) => (
          <option key={name} value={name}>
            {shown}
          </option>
        ))}
      </select>
      <Button
        icon={paused.value ? 'play' : 'pause'}
        aria-pressed={paused.value !== undefined}
        onPress={() => {
          paused.value = paused.value ? undefined : rows.value;
        }}
      >
        {paused.value ? `Paused${unseen.value > 0 ? `, ${numberOf(unseen.value)} new` : ''}` : 'Pause'}
      </Button>
    </>
  );
}

const HeadRow = () => (
  <>
    <span>Time</span>
    <span>Notification</span>
    <span>About</span>
    <span class="handler">Handler</span>
    <span>Outcome</span>
    <span class="number tries">Attempts</span>
    <span class="number">Took</span>
  </>
);

const Row = ({ row }: { row: FlowRow }) => (
  <>
    <span class="soft time">{timeOf(row.publishedAt)}</span>
    <span class="cut type">{row.type}</span>
    <span class="cut soft about">{resourceOf(row)}</span>
    <span class="cut soft handler">{row.handler ?? ''}</span>
    <span class="outcome">
      <Outcome outcome={row.outcome} />
    </span>
    <span class={`number tries ${row.attempts > 1 ? 'warn' : 'soft'}`}>{row.attempts}</span>
    <span class="number soft took">{durationOf(row.milliseconds)}</span>
  </>
);

function Nothing() {
  if (!isLoaded.value) return <div class="empty">Asking …</div>;
  if (rows.value.length > 0)
    return (
      <Empty icon="flow" title="Nothing fits the filter">
        {countOf(rows.value.length, 'message')} came so far. Try fewer words, or press Esc in the filter.
      </Empty>
    );
  return (
    <div>
      <Empty icon="flow" title="Nothing has happened in the shop yet">
        Do what a shopper does, and see each notification come in here.
      </Empty>
      <div class="row centred">
        <Button look="first" onPress={() => send('POST', '/api/shop/place-order')}>
          Place an order
        </Button>
        <a class="button" href={linkTo('shop')}>
          Go to the shop
        </a>
      </div>
    </div>
  );
}
