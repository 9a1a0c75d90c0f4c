import type { MappingAnswer, Plan } from '../../api.ts';
import { Badge, Empty } from '../kit/basics.tsx';
import { countOf, wordsOf } from '../kit/format.ts';
import { PlanTable } from '../kit/plan-table.tsx';
import { type Compared, compare } from './differences.ts';

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
    {differences.length > 0 && (
      <table class="diff">
        <thead class="hidden">
          <tr>
            <th>Field</th>
            <th>As it is</th>
            <th>As it would be</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.path}>
              <th scope="row" class="mono">
                {one.path
                  .split('.')
                  .flatMap((part, index) => (index === 0 ? [part] : ['.', <wbr key={index} />, part]))}
              </th>
              <td class="mono gone">{one.before ?? '–'}</td>
              <td class="mono come">{one.after ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </li>
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
