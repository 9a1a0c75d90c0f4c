import * as z from 'zod';
import { VERSION } from '../../../shared/version.ts';
import { commit } from '../../build/commit.ts';
import { type VersionLabels, versionLabels } from '../../build/labels.ts';
import type { Google as Everything } from '../support/google.ts';
import type { LaneResources } from '../support/lanes.ts';
import { attempted, type Check, ok, warning } from './check.ts';
import type { Deployment } from './deployment.ts';
import { regionOf } from './region.ts';

const NAME = 'version';
const LABELS = 'Label what you deploy: docs/deploy-without-terraform.md says how, and Terraform does so by itself.';

type Google = Pick<Everything, 'publisher' | 'functionOf' | 'serviceOf' | 'isEmulator'>;

/** What is read of a function, and of a service of Cloud Run: https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions */
const labelledSchema = z.looseObject({
  labels: z.looseObject({ 'sync-version': z.string().optional(), 'sync-commit': z.string().optional() }).default({}),
});

/**
 * Says which version a lane runs by its labels, and which version the doctor is: another doctor asks for what its own version
 * needs.
 *
 * @param own labels of the doctor's version
 */
export function checkVersion(
  google: Google,
  { project, region }: Deployment,
  { topic, program }: LaneResources,
  own = versionLabels(VERSION, commit()),
): Promise<Check> {
  const doctor = `this doctor is ${inWords(own)}`;
  const notChecked = (why: string, advice?: string) => warning(NAME, `not checked: ${why}; ${doctor}`, advice);
  return attempted(NAME, async () => {
    if (google.isEmulator) return notChecked('the emulator runs no function');
    const where = region ?? (await regionOf(google.publisher, topic));
    if (!where) return notChecked('the topic does not say where it is', 'Give --region.');
    const { status, labels } = await labelsOf(google, `projects/${project}/locations/${where}`, program);
    if (status === 404) return notChecked(`there is no function or service ${program} in ${where}`);
    if (!labels)
      return notChecked(
        `status ${status}`,
        'Ask for roles/cloudfunctions.viewer, of a container for roles/run.viewer.',
      );
    const { 'sync-version': version, 'sync-commit': commit } = labels;
    if (!version) return warning(NAME, `${program} has no label sync-version; ${doctor}`, LABELS);
    const deployed = { 'sync-version': version, 'sync-commit': commit };
    if (isSame(deployed, own)) return ok(NAME, `${inWords(deployed)}, as this doctor`);
    const advice = 'Before an upgrade this is meant to be. Else check with the doctor of the version that runs.';
    return warning(NAME, `${program} is ${inWords(deployed)}; ${doctor}`, advice);
  });
}

/** The labels of the function of a name or, where there is none that one may see, of the service of that name. */
async function labelsOf({ functionOf, serviceOf }: Google, location: string, name: string) {
  const { status, data } = await functionOf(`${location}/functions/${name}`);
  if (status === 200) return { status, labels: labelledSchema.parse(data).labels };
  const service = await serviceOf(`${location}/services/${name}`);
  const labels = service.status === 200 ? labelledSchema.parse(service.data).labels : undefined;
  // The service of a function need not have the function's labels.
  if (labels && (labels['sync-version'] || status === 404)) return { status: 200, labels };
  return { status: status === 404 ? service.status : status };
}

/** A commit is compared where both sides know theirs. */
const isSame = (one: VersionLabels, other: VersionLabels) =>
  one['sync-version'] === other['sync-version'] &&
  (one['sync-commit'] ?? other['sync-commit']) === (other['sync-commit'] ?? one['sync-commit']);

/** `1.2.0 (commit 5b70bf9d1e2f)`: a label has hyphens for the dots. */
const inWords = ({ 'sync-version': version, 'sync-commit': commit }: VersionLabels) =>
  `${version.replace(/^(\d+)-(\d+)-(\d+)/, '$1.$2.$3')}${commit ? ` (commit ${commit})` : ''}`;
