import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { environmentSchema } from '../shared/config/variables.ts';
import type { Handler } from '../shared/handlers/handler.ts';
import { handlers, lanes } from '../shared/handlers/index.ts';
import { subscriptionsOf } from '../shared/handlers/subscriptions.ts';
import { estimates } from './docs/estimates.ts';
import { SETTINGS_SCHEMA, settingRows, settingsForEditors } from './docs/settings.ts';
import { code, table } from './docs/table.ts';

const subscriptions = Object.entries(subscriptionsOf(lanes));

/** What a handler takes, in words: `Message CustomerCreated; ResourceUpdated customer`. */
function taken({ resource, messages, changes, tick }: Handler): string {
  const types = Object.keys(messages).join(', ');
  const isChanged = changes.length > 0 && `${changes.join(', ')} ${resource}`;
  return [types && `Message ${types}`, isChanged, tick && `Tick ${resource}, of a schedule`].filter(Boolean).join('; ');
}

const mapping = () =>
  table(
    ['notification', 'becomes', 'handler'],
    [
      ...handlers.map((handler) => [taken(handler), handler.becomes, code(handler.name)]),
      ['anything else that is well formed', 'nothing: it is acknowledged and logged as ignored', ''],
    ],
  );

const environment = () =>
  table(
    ['variable', '', 'what it is'],
    Object.entries(environmentSchema.shape).map(([name, variable]) => {
      const isRequired = !variable.safeParse(undefined).success;
      return [code(name), isRequired ? 'required' : '', variable.description ?? ''];
    }),
  );

const settings = () => table(['setting', 'default', 'what it does'], settingRows());

/** The request body of each subscription, for whoever makes them by hand. */
const samples = () =>
  subscriptions
    .map(([resourceTypeId, { lane, messages, changes }]) => {
      const second = lane === 'orders' ? '' : `, to the topic \`klaviyo-sync-${lane}\` where there are two lanes`;
      const fields = [
        ['key', `klaviyo-sync-${resourceTypeId}`],
        ['destination', { type: 'GoogleCloudPubSub', projectId: 'my-project', topic: 'klaviyo-sync' }],
        ...(messages.length > 0 ? [['messages', [{ resourceTypeId, types: messages }]]] : []),
        ...(changes ? [['changes', [{ resourceTypeId }]]] : []),
      ];
      const lines = fields.map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`);
      return `\`${resourceTypeId}\`${second}:\n\n\`\`\`json\n{\n${lines.join(',\n')}\n}\n\`\`\``;
    })
    .join('\n\n');

/** The examples of extensions, each by the name of its file. */
const EXAMPLES = ['net-value', 'loyalty', 'one-brand'];

const exampleOf = (name: string) => `\`\`\`ts\n${readFileSync(`docs/extensions/${name}.ts`, 'utf8')}\`\`\``;

/** A text with other content between the markers of a name. Throws when the markers are missing. */
function filled(text: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!block.test(text)) throw new Error(`the markers <!-- ${name} --> are missing`);
  return text.replace(block, (_, open, close) => `${open}\n${content}\n\n${close}`);
}

/** What each generated file is to hold, given what it holds now. */
const FILES: Record<string, (current: string) => string> = {
  'README.md': (current) =>
    Object.entries({ mapping, environment, settings }).reduce(
      (text, [name, content]) => filled(text, name, content()),
      current,
    ),
  'docs/backfill.md': (current) => filled(current, 'estimate', estimates()),
  'docs/extensions.md': (current) => EXAMPLES.reduce((text, name) => filled(text, name, exampleOf(name)), current),
  'docs/deploy-without-terraform.md': (current) => filled(current, 'subscriptions', samples()),
  [SETTINGS_SCHEMA]: settingsForEditors,
  'terraform/subscriptions.json': () => {
    const lines = subscriptions.map(([resource, needs]) => `  ${JSON.stringify(resource)}: ${JSON.stringify(needs)}`);
    return `{\n${lines.join(',\n')}\n}\n`;
  },
};

const stale = Object.entries(FILES)
  .map(([path, write]) => ({ path, current: existsSync(path) ? readFileSync(path, 'utf8') : '', write }))
  .map(({ path, current, write }) => ({ path, current, written: write(current) }))
  .filter(({ current, written }) => current !== written);

// Writes what is derived from handlers and schemas; with --check, only says which files are stale.
if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} does not say what the handlers and schemas say: npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { path, written } of stale) {
    writeFileSync(path, written);
    console.log(`wrote ${path}`);
  }
}
