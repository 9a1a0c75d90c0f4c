import { randomBytes } from 'node:crypto';

/** Of nobody: https://www.rfc-editor.org/rfc/rfc2606. Klaviyo drops addresses at example.com without a word. */
const DOMAIN = 'probe.example.org';
const RUN = /^probe-([0-9a-f]{10})$/;
const NAME = /^probe-([0-9a-f]{10})-(\d+)$/;

/** The names of one run: they are counted, so that whoever knows the run can find everything that it made. */
export interface Names {
  run: string;
  /** How many have been given so far. */
  count: number;
}

/** Returns the names of a new run. */
export const newNames = (): Names => ({ run: `probe-${randomBytes(5).toString('hex')}`, count: 0 });

/** Returns whether a text names a run. */
export const isRun = (text: string): boolean => RUN.test(text);

/** Returns a name: an external id of a profile, a category, an item or a variant. */
export const nameOf = (run: string, number: number): string => `${run}-${number}`;

/** Returns the e-mail address that goes with a name. */
export const emailOf = (name: string): string => `${name}@${DOMAIN}`;

/** Returns the place that goes with a name among so many, such as numbers or hours: another one for each name of a run. */
export function placeOf(name: string, places: number): number {
  const [, run = '', number = ''] = NAME.exec(name) ?? [];
  return (Number.parseInt(run, 16) + Number(number)) % places;
}
