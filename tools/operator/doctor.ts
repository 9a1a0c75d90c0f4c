import { styleText } from 'node:util';
import type { Check } from './doctor/check.ts';
import { diagnose } from './doctor/diagnose.ts';
import { chooseLanes } from './doctor/lanes.ts';
import { defineTool, runTool, UsageError } from './support/cli.ts';
import { DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS, projectOf } from './support/google.ts';
import { resourcesOf } from './support/lanes.ts';

const HELP = `
Checks a deployment, and says what to do about whatever is wrong. It only reads.

  npm run doctor -- [options]

${DEPLOYMENT_HELP}
  --connect                         an application of commercetools Connect, by its SUBSCRIPTION_PREFIX as NAME: Google is
                                    not asked, and where subscriptions publish to is not looked at
  --lanes N                         1 or 2; when left out, 2 where NAME-catalog-dead-letter is there
  --topic NAME                      topic that commercetools publishes to; NAME when left out
  --subscription NAME               subscription that delivers to the function; NAME-push when left out,
                                    with Eventarc its own:
                                    terraform -chdir=my-deployment output -raw source_subscription
  --catalog-subscription NAME       the same of the second lane; NAME-catalog-push when left out
  --dead-letter-topic NAME          NAME-dead-letter when left out
  --dead-letter-subscription NAME   NAME-dead-letter when left out
  --region REGION                   where the schedule is, if messages are not stored in that region only
  --skip TYPE                       a resource type that is left out on purpose, such as payment; may be repeated
  --json                            print JSON
  --help                            print this

It needs the function's environment, and the right to look at Pub/Sub (gcloud auth application-default login).
Exit code: 0 nothing is wrong, 1 something is, 2 wrong usage. What could not be found out (!) is not counted as wrong.
`;

const MARKS = {
  ok: styleText('green', '✓'),
  warning: styleText('yellow', '!'),
  failed: styleText('red', '✗'),
};

const line = ({ name, status, detail, advice }: Check): string =>
  [`${MARKS[status]} ${styleText('bold', name)}: ${detail}`, ...(advice ? [`    → ${advice}`] : [])].join('\n');

/** Checks a deployment. */
export const tool = defineTool({
  help: HELP,
  options: {
    ...DEPLOYMENT_OPTIONS,
    connect: { type: 'boolean', default: false },
    lanes: { type: 'string' },
    topic: { type: 'string' },
    subscription: { type: 'string' },
    'catalog-subscription': { type: 'string' },
    'dead-letter-topic': { type: 'string' },
    'dead-letter-subscription': { type: 'string' },
    region: { type: 'string' },
    skip: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean' },
  },
  async run({ name, json, skip, connect: isConnect, ...given }, [unexpected]) {
    if (unexpected) throw new UsageError(`What is ${unexpected}?`);
    const print = (checks: Check[]) => {
      console.log(json ? JSON.stringify(checks, null, 2) : checks.map(line).join('\n'));
      return checks.every(({ status }) => status !== 'failed');
    };
    if (isConnect) {
      const [other] = Object.keys(given);
      if (other) throw new UsageError(`--${other} is for a deployment at Google, not for --connect.`);
      return print(await diagnose({ project: '', name, lanes: [resourcesOf('', name, 'orders')], skip, isConnect }));
    }
    const project = projectOf(given.project);
    const chosen = await chooseLanes(given.lanes, project, name);
    const first = resourcesOf(project, name, 'orders', {
      topic: given.topic,
      subscription: given.subscription,
      deadLetterTopic: given['dead-letter-topic'],
      deadLetterSubscription: given['dead-letter-subscription'],
    });
    const second = resourcesOf(project, name, 'catalog', { subscription: given['catalog-subscription'] });
    const lanes = chosen.lanes.includes('catalog') ? ([first, second] as const) : ([first] as const);
    return print([...chosen.checks, ...(await diagnose({ project, name, lanes, skip, region: given.region }))]);
  },
});

if (import.meta.main) process.exitCode = await runTool(tool);
