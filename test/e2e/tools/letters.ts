import { afterAll, beforeAll } from 'vitest';
import { tool } from '../../../tools/operator/dead-letter.ts';
import { createTopics, giveUp } from './pubsub.ts';
import { type Site, startSite } from './support.ts';

/** The tool for dead letters, on a site of its own for the `describe` that calls this. Each test has topics of its own. */
export function deadLetters() {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.stop());

  return {
    get site() {
      return site;
    },
    run: (name: string, ...args: string[]) => site.run(tool, [...args, '--name', name]),
    /** Makes the topics of a test, with these messages given up. */
    async given(name: string, ...contents: string[]): Promise<void> {
      await createTopics(site.pubsub, name);
      for (const content of contents) await giveUp(site.pubsub, name, content);
    },
    /** Takes the dead letters that wait. */
    waiting: (name: string) => site.pubsub.take(`${name}-dead-letter`),
  };
}
