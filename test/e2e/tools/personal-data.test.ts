import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingsSchema } from '../../../shared/config/settings.ts';
import { tool } from '../../../tools/operator/plan.ts';
import { personalValuesIn } from '../../doubles/personal.ts';
import { type Services, startServices } from './support.ts';

const text = readFileSync('docs/personal-data.md', 'utf8');
const LEAST = /```json\n(.*?)```/s.exec(text)?.[1] ?? '';

/** A write, as far as it is looked at here. */
interface Planned {
  event?: { properties: unknown };
  profile?: Record<string, unknown> & { location?: object };
}

describe('what is told of personal data', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices();
  });
  afterAll(() => services.stop());

  async function writesOf(name: string, settings = '{}'): Promise<Planned[]> {
    const args = [`test/fixtures/platform-format/${name}.json`, '--json', '--show-payload'];
    const { stdout } = await services.run(tool, args, { KLAVIYO_SYNC_SETTINGS: settings });
    return JSON.parse(stdout).writes;
  }

  const personalOfEvents = async (settings?: string) =>
    (await writesOf('OrderCreated', settings)).flatMap(({ event }) => personalValuesIn(event?.properties));

  test('names the least settings, with which no event has any among its properties', async () => {
    expect(settingsSchema.safeParse(JSON.parse(LEAST)).success).toBe(true);
    expect(await personalOfEvents()).not.toEqual([]);
    expect(await personalOfEvents(LEAST)).toEqual([]);
  });

  test('names every field of a profile', async () => {
    const [{ profile = {} } = {}] = await writesOf('CustomerCreated');
    const { location = {}, properties, ...fields } = profile;
    const names = Object.keys({ ...fields, ...location }).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    );

    expect(names).toContain('email');
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
