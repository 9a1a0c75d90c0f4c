import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FlowDetail, FlowRow, Published } from '../../api.ts';
import { rowOf } from '../data/flow.ts';
import { send } from '../data/request.ts';
import { useResource } from '../data/resource.ts';
import { Empty } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { Facts } from '../kit/facts.tsx';
import { countOf, durationOf, timeOf } from '../kit/format.ts';
import { Json } from '../kit/json.tsx';
import { PlanTable } from '../kit/plan-table.tsx';
import { tell } from '../kit/tell.ts';
import { goTo, linkTo } from '../router.ts';
import { Attempts } from './attempts.tsx';
import { Outcome, resourceOf } from './outcome.tsx';

/** All that is known of a message. */
export function FlowDetailPanel({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const live = useComputed(() => rowOf(messageId));
  const path = `/api/flow/${encodeURIComponent(messageId)}`;
  const { value: detail, error, isMissing } = useResource<FlowDetail>(path, [], live.value);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (matchMedia('(max-width: 1023px)').matches) panel.current?.focus();
  }, []);
  const row = live.value ?? detail?.row;

  return (
    <aside ref={panel} class="card detail" aria-label="The message" tabIndex={-1}>
      <header>
        <div class="what">
          <h2 class="cut">{row?.type ?? 'Message'}</h2>
          <span class="soft cut">{row && resourceOf(row)}</span>
        </div>
        <div class="row fixed">
          {row && <Outcome outcome={row.outcome} />}
          <Button look="plain" icon="close" aria-label="Close (Esc)" onPress={onClose} />
        </div>
      </header>
      <div class="scroll">
        {isMissing && (
          <Empty icon="flow" title="This message is not known">
            Only the last ones are kept, and a reset forgets all. Close it, and choose another.
          </Empty>
        )}
        {error && !isMissing && <p class="note bad">{error}</p>}
        {row && <Summary row={row} />}
        {detail && <Whole detail={detail} />}
      </div>
    </aside>
  );
}

function Summary({ row }: { row: FlowRow }) {
  const { messageId, handler, publishedAt, totalMilliseconds, calls, cause, events } = row;
  async function again(): Promise<void> {
    const { messageIds } = await send<Published>('POST', `/api/flow/${encodeURIComponent(messageId)}/again`);
    tell('Sent again, as a new message: Klaviyo does not double what it has.');
    if (messageIds[0]) goTo(linkTo('flow', messageIds[0]));
  }
  return (
    <section>
      {row.error && <p class="note bad">{row.error}</p>}
      <Facts
        facts={[
          ['Handler', handler ?? <span class="soft">none takes it</span>],
          ['Published', [timeOf(publishedAt), cause && `by ${cause}`].filter(Boolean).join(' ')],
          ['Over after', totalMilliseconds && durationOf(totalMilliseconds)],
          ['Calls', calls && `${calls.commercetools} to commercetools, ${calls.klaviyo} to Klaviyo`],
          ['Events', events && `${events.single} single, ${events.bulk} in bulk`],
          ['Message', <span class="mono">{messageId}</span>],
        ]}
      />
      <div class="row">
        <Button icon="again" onPress={again}>
          Send again
        </Button>
      </div>
    </section>
  );
}

const Whole = ({ detail: { attempts, plan, payload, attributes, isForgotten } }: { detail: FlowDetail }) => (
  <>
    {!isForgotten && (
      <section>
        <h3>{countOf(attempts.length, 'attempt')}</h3>
        <Attempts attempts={attempts} />
      </section>
    )}
    {plan && (
      <section>
        <h3>What it would write now</h3>
        <PlanTable plan={plan} />
      </section>
    )}
    <section>
      <h3>Payload</h3>
      {isForgotten ? (
        <p class="note">Payload and attempts are no longer kept, as there were so many messages since.</p>
      ) : (
        <Json value={payload} label="Payload" />
      )}
      {Object.keys(attributes).length > 0 && <Json value={attributes} label="Attributes of Pub/Sub" />}
    </section>
  </>
);
