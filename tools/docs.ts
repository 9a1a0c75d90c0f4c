import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { VARIABLES } from '../shared/config/environment.ts';
import { settingsSchema } from '../shared/config/settings.ts';
import { handlers } from '../shared/handlers/index.ts';

/**
 * Writes the README's tables of variables and settings from the schemas, between their markers; with `--check`, fails
 * when they are not what the schemas say.
 */
const README = 'README.md';

type Node = { type?: string; properties?: Record<string, Node>; default?: unknown; description?: string };

function settingRows(node: Node, path: string[] = []): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const here = [...path, name];
    if (child.properties) return settingRows(child, here);
    const value = child.default === undefined ? 'unset' : `\`${JSON.stringify(child.default)}\``;
    return [[`\`${here.join('.')}\``, value, child.description ?? '']];
  });
}

const table = (header: string[], rows: string[][]) =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const settings = z.toJSONSchema(settingsSchema(handlers.map(({ name }) => name)), { io: 'input' });
const tables = {
  environment: table(
    ['variable', '', 'what it is'],
    VARIABLES.map(({ name, description, isRequired }) => [`\`${name}\``, isRequired ? 'required' : '', description]),
  ),
  settings: table(['setting', 'default', 'what it does'], settingRows(settings as Node)),
};

const current = readFileSync(README, 'utf8');
const written = Object.entries(tables).reduce(
  (text, [name, content]) =>
    text.replace(
      new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
      (_, open, close) => `${open}\n${content}\n\n${close}`,
    ),
  current,
);

if (process.argv.includes('--check')) {
  if (written !== current) {
    console.error('README.md does not say what the schemas say: npm run docs');
    process.exit(1);
  }
} else {
  writeFileSync(README, written);
}
