import * as z from 'zod';
import { settingsSchema } from '../../shared/config/settings.ts';
import { code } from './table.ts';

/** Where the JSON Schema of the settings is. */
export const SETTINGS_SCHEMA = 'docs/settings.schema.json';

interface Node {
  properties?: Record<string, Node>;
  default?: unknown;
  description?: string;
}

/** Returns name, default and description of each setting, for the README. */
export function settingRows(
  node = z.toJSONSchema(settingsSchema, { io: 'input' }) as Node,
  path: string[] = [],
): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const here = [...path, name];
    if (child.properties) return settingRows(child, here);
    const value = child.default === undefined ? 'unset' : code(JSON.stringify(child.default));
    return [[code(here.join('.')), value, child.description ?? '']];
  });
}

/** Returns the JSON Schema of the settings as a text. Draft 7 is what editors know best. */
export function settingsForEditors(): string {
  const schema = z.toJSONSchema(settingsSchema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title: 'Settings of commercetools-klaviyo-sync', ...schema }, null, 2)}\n`;
}
