import type { Random } from '../random.ts';
import { tick } from './notifications.ts';
import { LOCALE } from './state.ts';

let number = 0;

/** A name of something that could be sold, another one each time. */
function word(random: Random): string {
  number += 1;
  return `${random.pick(['Red', 'Warm', 'Light', 'Old'])} ${random.pick(['Coat', 'Boot', 'Tent', 'Lamp'])} ${number}`;
}

/** The same in two locales. */
export const texts = (random: Random) => ({ [LOCALE]: word(random), 'de-DE': word(random) });

/** The next version of a resource. */
export const next = <T extends { version: number; lastModifiedAt: string }>(resource: T, changes: Partial<T>): T => ({
  ...resource,
  ...changes,
  version: resource.version + 1,
  lastModifiedAt: tick(),
});
