import type { Plan, PlannedWrite } from '../../api.ts';
import { Fold } from './fold.tsx';
import { wordsOf } from './format.ts';
import { Json } from './json.tsx';

type Write = Omit<PlannedWrite, 'write'> & { write?: PlannedWrite['write'] };

/** What a notification would write, one write a row; each opens to all of it. */
export function PlanTable({ plan }: { plan: Plan }) {
  return (
    <>
      {plan.warnings.map((warning) => (
        <p key={warning} class="note warn">
          {warning}
        </p>
      ))}
      {plan.adjusted.map(({ write, what }) => (
        <p key={write} class="note">
          {what} by the extension: <span class="mono">{write}</span>
        </p>
      ))}
      {plan.writes.length > 0 ? <Writes writes={plan.writes} /> : <p class="note">{nothingBecause(plan)}</p>}
    </>
  );
}

function nothingBecause({ outcome, handler, reason }: Plan): string {
  if (outcome === 'failed') return `It cannot be planned: ${reason}`;
  if (outcome === 'gone') return `Nothing to do: ${reason}`;
  return handler ? `Nothing to do for ${handler}.` : 'Nothing to do: no handler takes it.';
}

/** Writes, one a row. */
export const Writes = ({ writes }: { writes: readonly Write[] }) => (
  <ul class="writes">
    {writes.map((write, index) => (
      <li key={`${index}`}>
        <Fold
          summary={
            <>
              <strong>{wordsOf(write.kind)}</strong>
              <span class="mono cut soft">{write.target}</span>
            </>
          }
        >
          {() => <Json value={write.write ?? write.fields} label={`All of ${wordsOf(write.kind)}`} />}
        </Fold>
        <Fields fields={write.fields} />
      </li>
    ))}
  </ul>
);

const Fields = ({ fields }: { fields: Write['fields'] }) => (
  <dl class="fields">
    {Object.entries(fields)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{wordsOf(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
