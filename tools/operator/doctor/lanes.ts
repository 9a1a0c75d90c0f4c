import type { Lane } from '../../../shared/handlers/index.ts';
import { messageOf, UsageError } from '../support/cli.ts';
import { connect } from '../support/google.ts';
import { findLanes } from '../support/lanes.ts';
import { type Check, warning } from './check.ts';

/** The lanes to look at, and what there is to say about that. */
interface Chosen {
  lanes: readonly Lane[];
  checks: Check[];
}

/**
 * The lanes of a deployment: as many as asked for, else those that are there.
 *
 * @throws UsageError for any other number
 */
export async function chooseLanes(asked: string | undefined, project: string, name: string): Promise<Chosen> {
  if (asked === '1') return { lanes: ['orders'], checks: [] };
  if (asked === '2') return { lanes: ['orders', 'catalog'], checks: [] };
  if (asked !== undefined) throw new UsageError('--lanes takes 1 or 2');
  try {
    const google = await connect(project);
    return { lanes: await findLanes(google, project, name).finally(() => google.close()), checks: [] };
  } catch (error) {
    const detail = `only the first is looked at, as it is not known whether there are two: ${messageOf(error)}`;
    return { lanes: ['orders'], checks: [warning('lanes', detail, 'Say how many there are: --lanes 1 or --lanes 2.')] };
  }
}
