import type { Lab } from './lab.ts';

/** A question to Klaviyo whose answer our code and the stand-in (`test/doubles/klaviyo`) have assumed so far. */
export interface Experiment {
  /** Unique within its subject, such as `repeat-in-a-request`. */
  name: string;
  /** One sentence. */
  question: string;
  /** The answer that is assumed, word for word as `run` tells it. */
  assumed: string;
  /** What is built on that answer, and has to change when Klaviyo gives another: a setting of the stand-in, a file of ours. */
  change: string;
  /**
   * Finds the answer out, and returns it in words of our own, without a value of anybody.
   *
   * @throws ToolError or SyncError where it cannot be found out
   */
  run(lab: Lab): Promise<string>;
}

/** Experiments of one kind, and what the key needs for them. */
export interface Subject {
  name: string;
  scopes: readonly string[];
  experiments: readonly Experiment[];
}
