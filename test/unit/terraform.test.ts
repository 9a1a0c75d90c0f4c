import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../shared/config/settings.ts';
import { VARIABLES } from '../../shared/config/variables.ts';
import * as errors from '../../shared/errors.ts';
import { lanes } from '../../shared/handlers/index.ts';
import { subscriptionsOf } from '../../shared/handlers/subscriptions.ts';
import { toLetter, toReplayed } from '../../tools/operator/dead-letter/letter.ts';

const folder = new URL('../../terraform/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const readAll = (under: string, ending: string) =>
  readdirSync(new URL(under, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => read(`${under}${file}`))
    .join('\n');
const code = readAll('./', '.tf');
const testCode = readAll('./tests/', '.tftest.hcl');

/** The top-level blocks of a kind (`variable`, `output`) as name and body; `terraform fmt` keeps their shape. */
const blocks = (kind: string) =>
  [...code.matchAll(new RegExp(`^${kind} "(\\w+)" {\\n(.*?)\\n}$`, 'gms'))].map(([, name = '', body = '']) => ({
    name,
    body,
  }));

const argument = (body: string, name: string) => new RegExp(`^ {2}${name} += (.*)$`, 'm').exec(body)?.[1];

const description = (body: string) => JSON.parse(argument(body, 'description') ?? '""');

/** The rows of the table under a heading of the README, without the spaces that align its columns. */
const table = (heading: string) =>
  (read('README.md').split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replaceAll(/ {2,}/g, ' '));

describe('the README of the Terraform module', () => {
  test('lists every input with its type, default and description', () => {
    const rows = blocks('variable').map(({ name, body }) => {
      const value = argument(body, 'default');
      const shown = value === undefined ? 'required' : `\`${value}\``;
      return `| \`${name}\` | \`${argument(body, 'type')}\` | ${shown} | ${description(body)} |`;
    });

    expect(rows).not.toEqual([]);
    expect(table('Inputs').sort()).toEqual(rows.sort());
  });

  test('lists every output with its description', () => {
    const rows = blocks('output').map(({ name, body }) => `| \`${name}\` | ${description(body)} |`);

    expect(rows).not.toEqual([]);
    expect(table('Outputs').sort()).toEqual(rows.sort());
  });
});

describe('the Terraform module', () => {
  test('gives the function only variables that it reads', () => {
    const environment = /^ {2}environment = {\n(.*?)^ {2}}$/ms.exec(code)?.[1] ?? '';
    const secrets = /^ {2}secrets = {\n(.*?)^ {2}}$/ms.exec(code)?.[1] ?? '';
    const given = [...`${environment}${secrets}`.matchAll(/^ {4}([A-Z_]+) += /gm)].map(([, name]) => name);

    expect(given).toContain('CT_API_URL');
    expect(given).toContain('KLAVIYO_AUTH_KEY');
    expect(VARIABLES).toEqual(expect.arrayContaining(given));
  });

  test.each(blocks('variable').filter(({ body }) => body.includes('  validation {')))(
    'has a test for each refusal of $name',
    ({ name, body }) => {
      const refusals = testCode.split(`expect_failures = [var.${name}]`).length - 1;

      expect(refusals).toBeGreaterThanOrEqual(body.split('  validation {').length - 1);
    },
  );
});

describe('a lane', () => {
  const resources = [...code.matchAll(/^resource "(\w+)" "(\w+)" {\n(.*?)\n}$/gms)];
  const ofLanes = resources.filter(([, , , body = '']) =>
    /for_each += (local\.(lanes|pushed|triggered)$|{ for lane)/m.test(body),
  );

  test.each(ofLanes.map(([, type, name]) => `${type}.${name}`))(
    'that was there before there were two keeps what it has: %s',
    (address) => {
      expect(code).toMatch(new RegExp(`from = ${address}(\\[0\\])?\\n +to += ${address}\\["orders"\\]$`, 'm'));
    },
  );

  test('gets its notifications only when all of it is there', () => {
    const [, , , body = ''] = resources.find(([, type]) => type === 'commercetools_subscription') ?? [];
    const [, first = ''] = /depends_on = \[\n(.*?) {2}\]/s.exec(body) ?? [];

    expect(first).toContain('google_pubsub_subscription.push,');
    expect(first).not.toContain('[');
  });
});

describe('what keeps messages', () => {
  test.each(['topic', 'subscription'])('is not destroyed: the dead-letter %s', (kind) => {
    const [, body] =
      new RegExp(`^resource "google_pubsub_${kind}" "dead_letter" {\\n(.*?)\\n}$`, 'ms').exec(code) ?? [];

    expect(body).toContain('prevent_destroy = true');
  });

  test('keeps the versions of its providers: git sees the lock file of a deployment', () => {
    const isIgnored = (file: string) => spawnSync('git', ['check-ignore', '--quiet', file]).status === 0;

    expect(['my-deployment/.terraform.lock.hcl', 'terraform/.terraform.lock.hcl'].map(isIgnored)).toEqual([
      false,
      true,
    ]);
  });
});

describe('settings', () => {
  const { body = '' } = blocks('variable').find(({ name }) => name === 'settings') ?? {};

  test('may have the keys that the function knows', () => {
    const [, known = ''] = /setsubtract\(.*?\[\n(.*?)\]\)/s.exec(body) ?? [];

    expect([...known.matchAll(/"([$\w]+)"/g)].map(([, key]) => key).sort()).toEqual(
      Object.keys(settingsSchema.shape).sort(),
    );
  });

  test('are recommended and tested as the function takes them', () => {
    const recommended = /such as (\{.*\}):/.exec(body)?.[1]?.replaceAll('\\"', '"');
    const tested = /^ +settings += (\{ orders.*)$/m.exec(testCode)?.[1];
    for (const object of [recommended, tested]) {
      const settings = settingsSchema.parse(JSON.parse(object?.replaceAll(/(\w+) = /g, '"$1": ') ?? ''));

      expect(settings.orders.fulfilledStates).toEqual(['Complete']);
    }
  });
});

describe('what the documents tell an operator to do', () => {
  const runbook = read('../docs/operations.md');
  const byHand = read('../docs/deploy-without-terraform.md');
  const readme = read('README.md');
  const commands = [runbook, byHand, readme].flatMap((text) => [...text.matchAll(/^ *```sh\n(.*?)^ *```$/gms)]);

  test.each(['minimal', 'production'])('with Terraform finds the outputs in the %s example', (example) => {
    const handedOn = [...read(`examples/${example}/outputs.tf`).matchAll(/"(\w+)" {\n {2}value = (.*)\n}/g)];
    const asked = [...`${runbook}${readme}`.matchAll(/my-deployment output (?:-raw )?(\w+)/g)].map(([, name]) => name);

    expect(handedOn.map(([, name]) => name)).toEqual(blocks('output').map(({ name }) => name));
    for (const [, name, value] of handedOn) expect(value).toBe(`module.klaviyo_sync.${name}`);
    expect(asked).toContain('dashboard_url');
    expect(handedOn.map(([, name]) => name)).toEqual(expect.arrayContaining(asked));
  });

  test('with Terraform names the folder', () => {
    expect(runbook).not.toMatch(/terraform (apply|init|output|plan)/);
  });

  test('reads a secret before it is stored, and stores it in one region', () => {
    const storing = commands.map(([, command = '']) => command).filter((one) => one.includes('--data-file=-'));

    expect(storing).toHaveLength(6);
    for (const command of storing) {
      expect(command).toMatch(/read -rs KEY && .*"\$KEY"|read -r ID && read -rs SECRET && .*"\$ID" "\$SECRET"/);
      if (command.includes('create')) expect(command).toMatch(/--replication-policy=user-managed --locations=\S/);
    }
  });

  test('without Terraform grants what Terraform grants', () => {
    const granted = [...code.matchAll(/^ +role += "(roles\/[\w.]+)"$/gm)].map(([, role]) => `--role=${role} `);

    expect(granted).toHaveLength(11);
    for (const role of granted) expect(byHand).toContain(role);
  });

  test('without Terraform moves what belongs to the second lane', () => {
    const [, moved = ''] = /^for type in (.*); do move/m.exec(byHand) ?? [];

    expect(moved.split(' ').sort()).toEqual(
      Object.entries(subscriptionsOf(lanes))
        .flatMap(([type, { lane }]) => (lane === 'catalog' ? [type] : []))
        .sort(),
    );
  });

  test('puts no secret into an argument of a command', () => {
    const secret = /(-u|--user|-H|--header|-d|--data)[ =]["']?[^"'\n]*\$(SECRET|KEY|TOKEN)\b|(SECRET|KEY)=…/;

    for (const [, command = ''] of commands) expect(command).not.toMatch(secret);
  });

  test('to switch the trigger leaves out what is replayed', () => {
    const filtered = /--message-filter='NOT attributes:(\w+)'/.exec(readme)?.[1];

    expect(Object.keys(toReplayed(toLetter({})).attributes)).toEqual([filtered]);
  });

  test('about a failure depends on classes that errors have', () => {
    const [, rows = ''] = /^\| `error\.class` .*\n.*\n((?:\|.*\n)+)/m.exec(runbook) ?? [];
    const explained = rows.split('\n').flatMap((row) => row.split(' | ')[0]?.match(/\w+Error/g) ?? []);

    expect(explained).toContain('RetryableError');
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(explained));
  });

  test.each(['products', 'stock'])('to size the catalog’s function adds up: %s', (what) => {
    const row = new RegExp(`^\\| ${what}.* \\| ([\\d.]+) × ([\\d.]+) / ([\\d.]+) = ([\\d.]+) \\|$`, 'm').exec(runbook);
    const [perSecond = 0, seconds = 0, calls = 0, underWay] = row?.slice(1).map(Number) ?? [];

    expect(underWay).toBe((perSecond * seconds) / calls);
  });
});
