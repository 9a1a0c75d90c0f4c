import type { SoakOptions } from '../../tools/soak/run.ts';

/** A soak of some seconds. */
export const SHORT: SoakOptions = { messages: 300, seed: 7, processes: 2, faultRate: 0.125 };
