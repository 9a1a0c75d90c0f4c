import { readConfiguration } from '../../shared/config/environment.ts';
import type { Settings } from '../../shared/config/settings.ts';
import { handlers } from '../../shared/handlers/index.ts';

/** The settings that a function with this environment has. */
export const settingsOf = (env: Record<string, string>): Settings =>
  readConfiguration(
    handlers.map(({ name }) => name),
    env,
  ).settings;
