import type { Plan } from './flow.ts';

/** `GET /api/mapping`. */
export interface MappingStart {
  /** Names of notifications that are there to try. */
  fixtures: string[];
  /** The settings of the function, as JSON with two spaces. */
  settings: string;
  /** JSON schema of the settings, with descriptions and defaults. */
  schema: Record<string, unknown>;
}

/** `GET /api/mapping/fixtures/{name}`. */
export interface FixtureText {
  text: string;
}

/** `POST /api/mapping`: both as they are typed. */
export interface MappingRequest {
  notification: string;
  settings: string;
}

/** What it would become. Status 200 also when something is wrong with what was typed. */
export interface MappingAnswer {
  problems: MappingProblem[];
  /** By the settings of the function; undefined when the notification is not JSON. */
  before?: Plan;
  /** By those that were typed; undefined when something is wrong with them. */
  after?: Plan;
}

/** What is wrong with what was typed, in the words of the schema. */
export interface MappingProblem {
  in: 'notification' | 'settings';
  /** Such as `orders.trackingUrls`; empty for the whole. */
  path: string;
  message: string;
  /** Of JSON that cannot be read, from 1. */
  line?: number;
  column?: number;
}
