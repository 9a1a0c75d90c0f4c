import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { VARIABLES } from '../../shared/config/environment.ts';

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
    expect(VARIABLES.map(({ name }) => name)).toEqual(expect.arrayContaining(given));
  });

  test.each(blocks('variable').filter(({ body }) => body.includes('  validation {')))(
    'has a test for each refusal of $name',
    ({ name, body }) => {
      const refusals = testCode.split(`expect_failures = [var.${name}]`).length - 1;

      expect(refusals).toBeGreaterThanOrEqual(body.split('  validation {').length - 1);
    },
  );
});

describe('subscriptions.json', () => {
  const subscriptions: Record<string, unknown> = JSON.parse(read('subscriptions.json'));

  test('names the resource types that are synced', () => {
    expect(Object.keys(subscriptions).sort()).toEqual(
      ['category', 'customer', 'inventory-entry', 'order', 'payment', 'product'].sort(),
    );
  });

  test.each(Object.entries(subscriptions))('says which messages and whether changes of %s are needed', (_, needs) => {
    expect(needs).toEqual({ messages: expect.any(Array), changes: expect.any(Boolean) });
    const { messages, changes } = needs as { messages: unknown[]; changes: boolean };
    expect(messages).toEqual(messages.map(() => expect.stringMatching(/^([A-Z][a-z]+)+$/)));
    expect(new Set(messages).size).toBe(messages.length);
    expect(changes || messages.length > 0).toBe(true);
  });
});
