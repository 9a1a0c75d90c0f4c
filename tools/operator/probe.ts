import { readProbeAccess } from '../../shared/config/probe.ts';
import { createRawKlaviyo } from '../../shared/klaviyo/raw.ts';
import { accountNamed, confirm, endOf, terminal } from './probe/account.ts';
import { CLEANING } from './probe/cleanup.ts';
import { isRun, newNames } from './probe/names.ts';
import { probe, sweep } from './probe/probe.ts';
import { subjects } from './probe/subjects/index.ts';
import { countOf, defineTool, runTool, UsageError } from './support/cli.ts';

/** Those of the subjects, of the account's name, and of deleting what was made. */
const SCOPES = new Set(['accounts:read', ...CLEANING, ...subjects.flatMap(({ scopes }) => scopes)]);

const HELP = `
Tries with a real Klaviyo account what this project assumes of Klaviyo, and deletes what it made.

  KLAVIYO_PROBE_KEY=pk_… npm run probe -- --account NAME [options]

  --account NAME       name of the account, as Klaviyo shows it; an account with another name is left alone
  --key-ends XXXX      last four characters of the key; a key that ends otherwise is not used
  --yes                ask nobody; needs --key-ends
  --only SUBJECT       the experiments of one subject; may be repeated
  --patience SECONDS   how long to wait for what Klaviyo does later; 360 when left out
  --settle SECONDS     how long to wait before saying that something does not happen; 20 when left out
  --clean RUN          delete what a run has left that was killed, such as probe-0123456789
  --json               print JSON
  --help               print this

Use an account for trials that no shop is synced to, with a private key of its own. The key has a variable of its own:
KLAVIYO_AUTH_KEY is never used. docs/probe.md tells what the probe touches, and what stays.

Subjects: ${subjects.map(({ name }) => name).join(', ')}
Scopes:   ${[...SCOPES].toSorted().join(' ')}

✓ Klaviyo does what is assumed; ✗ Klaviyo does not: what to change; ! it could not be found out.
Exit code: 0 all agree, 1 something differs or could not be found out, 2 wrong usage.
`;

/** What a run has fewer names than. */
const MOST_NAMES = 500;

/** Whole seconds in milliseconds. Throws UsageError for anything else. */
const seconds = (option: string, value: string): number => (value === '0' ? 0 : countOf(option, value) * 1000);

/** Tries what is assumed of Klaviyo. */
export const tool = defineTool({
  help: HELP,
  options: {
    account: { type: 'string' },
    'key-ends': { type: 'string' },
    yes: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    patience: { type: 'string', default: '360' },
    settle: { type: 'string', default: '20' },
    clean: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  async run({ account: name, 'key-ends': keyEnds, yes, only, clean, json, ...values }, [unexpected]) {
    if (unexpected) throw new UsageError(`What is ${unexpected}?`);
    if (!name) throw new UsageError('Which account? Give --account with its name.');
    if (clean !== undefined && !isRun(clean)) throw new UsageError('--clean takes the name of a run.');
    const unknown = only.find((one) => !subjects.some((subject) => subject.name === one));
    if (unknown) throw new UsageError(`There is no subject ${unknown}.`);
    const waiting = { patience: seconds('patience', values.patience), settle: seconds('settle', values.settle) };
    const access = readProbeAccess();
    const klaviyo = createRawKlaviyo(access);
    const account = await accountNamed(klaviyo, name);
    const kind = account.isTest ? ', a test account' : '';
    console.error(`Account ${account.name} (${account.id}${kind}), key …${endOf(access.apiKey)}.`);
    await confirm(name, access.apiKey, { isGiven: yes, keyEnds }, terminal());
    if (clean) return sweep(klaviyo, { run: clean, count: MOST_NAMES }, waiting);
    const chosen = subjects.filter((subject) => only.length === 0 || only.includes(subject.name));
    return probe(chosen, { klaviyo, names: newNames(), waiting, json });
  },
});

if (import.meta.main) process.exitCode = await runTool(tool);
