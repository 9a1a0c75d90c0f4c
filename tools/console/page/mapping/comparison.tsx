import type { MappingAnswer, Plan } from '../../api.ts';
import { Badge, Empty } from '../kit/basics.tsx';
import { Fold } from '../kit/fold.tsx';
import { countOf, numberOf, wordsOf } from '../kit/format.ts';
import { PlanTable } from '../kit/plan-table.tsx';
import { type Compared, compare, type Difference } from './differences.ts';

/** Differences of a write that are shown at once. */
const SHOWN = 6;

/** Old and new plan side by side, after what differs. */
export function Comparison({ answer }: { answer: MappingAnswer | undefined }) {
  if (!answer?.before && !answer?.after)
    return (
      <div class="card">
        <Empty icon="mapping" title="No plan yet">
          Choose a notification above, or paste one that commercetools sent.
        </Empty>
      </div>
    );
  const compared = compare(answer.before, answer.after);
  const changed = answer.after
    ? compared.filter(({ before, after, differences }) => !before || !after || differences.length > 0)
    : [];
  return (
    <div class="plans">
      <section class="card changes" aria-label="What differs">
        <header>
          <h2>What differs</h2>
          <span class="small soft" role="status">
            {answer.after ? (changed.length === 0 ? 'nothing' : countOf(changed.length, 'write')) : 'not known'}
          </span>
        </header>
        <div class="pad">
          {!answer.after && <p class="soft">The settings have to be mended first: see beside their lines.</p>}
          {answer.after && changed.length === 0 && (
            <p class="soft">
              Change a setting at the left, for example{' '}
              <code>
                "orders": {'{'} "addresses": false {'}'}
              </code>
              .
            </p>
          )}
          <ul class="stack">
            {changed.map((one) => (
              <Change key={`${one.kind} ${one.target}`} compared={one} />
            ))}
          </ul>
        </div>
      </section>
      <Side name="As it is" plan={answer.before} />
      <Side name="As it would be" plan={answer.after} />
    </div>
  );
}

const Change = ({ compared: { kind, target, before, after, differences } }: { compared: Compared }) => (
  <li>
    <div class="row">
      <strong class="strong">{wordsOf(kind)}</strong>
      <span class="mono soft">{target}</span>
      {!before && <Badge tone="good">new</Badge>}
      {!after && <Badge tone="bad">no more</Badge>}
    </div>
    <Differences differences={differences.slice(0, SHOWN)} />
    {differences.length > SHOWN && (
      <Fold summary={`${numberOf(differences.length - SHOWN)} more`}>
        {() => <Differences differences={differences.slice(SHOWN)} />}
      </Fold>
    )}
  </li>
);

const Differences = ({ differences }: { differences: Difference[] }) =>
  differences.length > 0 && (
    <table class="diff">
      <colgroup>
        <col class="field" />
        <col span={2} />
      </colgroup>
      <thead class="hidden">
        <tr>
          <th>Field</th>
          <th>As it is</th>
          <th>As it would be</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row" class="mono">
              {path.split('.').flatMap((part, index) => (index === 0 ? [part] : ['.', <wbr key={index} />, part]))}
            </th>
            <td class="mono gone">{before ?? '–'}</td>
            <td class="mono come">{after ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );

const Side = ({ name, plan }: { name: string; plan: Plan | undefined }) => (
  <section class="card" aria-label={name}>
    <header>
      <h2>{name}</h2>
      <span class="small soft">{plan && (plan.handler ?? 'no handler')}</span>
    </header>
    <div class="pad stack">{plan ? <PlanTable plan={plan} /> : <p class="soft">It cannot be planned.</p>}</div>
  </section>
);
