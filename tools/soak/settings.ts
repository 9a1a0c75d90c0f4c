import { readConfiguration } from '../../shared/config/environment.ts';
import type { Settings } from '../../shared/config/settings.ts';
import { CHECKOUTS } from '../../test/doubles/environment.ts';

/** The settings that a function with this environment has. */
export const settingsOf = (env: Record<string, string>): Settings => readConfiguration(env).settings;

/** What is off by default, and looked at in a soak. */
export const SWITCHED_ON = {
  reviews: { events: true },
  checkouts: CHECKOUTS,
  // The shop's own time is that of its seed, and older than a message that may subscribe.
  consent: { email: { customerField: 'newsletter', list: 'NEWS' }, withinHours: 24 * 365 * 100 },
};

/** Of the function's limits, shorter than usual. */
export const LIMITS = { attemptSeconds: 8, requestSeconds: 1.5 };
