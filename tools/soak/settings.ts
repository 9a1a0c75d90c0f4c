import { readConfiguration } from '../../shared/config/environment.ts';
import type { Settings } from '../../shared/config/settings.ts';

/** The settings that a function with this environment has. */
export const settingsOf = (env: Record<string, string>): Settings => readConfiguration(env).settings;
