import * as z from 'zod';
import type { Settings } from '../../../shared/config/settings.ts';
import { lanes } from '../../../shared/handlers/index.ts';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import type { Tick } from '../../../shared/platform-format/schema.ts';
import type { Google } from '../support/google.ts';
import { duration } from '../support/table.ts';
import { attempted, type Check, failed, unless, warning } from './check.ts';
import type { Deployment } from './deployment.ts';
import { switchedOn } from './features.ts';
import { regionOf } from './region.ts';

const APPLY = 'Run terraform apply, or see docs/deploy-without-terraform.md.';

/** https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
const jobSchema = z.looseObject({
  state: z.string().optional(),
  schedule: z.string().optional(),
  pubsubTarget: z.looseObject({ topicName: z.string(), data: z.string().optional() }).optional(),
  lastAttemptTime: z.string().optional(),
  status: z.looseObject({ code: z.number().default(0) }).optional(),
});

type Job = z.output<typeof jobSchema>;

/** Checks the schedule of each resource type that the settings have looked at. */
export function checkSchedules(
  google: Pick<Google, 'publisher' | 'jobOf' | 'isEmulator'>,
  deployment: Deployment,
  settings: Settings,
): Promise<Check>[] {
  const isOn = new Set<string>(switchedOn(settings).flatMap(({ handlers }) => handlers));
  return Object.entries(lanes).flatMap(([lane, handlers]) =>
    handlers
      .filter(({ name, tick }) => tick && isOn.has(name))
      .map(({ resource }) => {
        const { topic } = deployment.lanes.find((one) => one.lane === lane) ?? deployment.lanes[0];
        return checkSchedule(google, deployment, topic, resource);
      }),
  );
}

/** Whether a schedule is there, and ticks. */
function checkSchedule(
  { publisher, jobOf, isEmulator }: Pick<Google, 'publisher' | 'jobOf' | 'isEmulator'>,
  { project, name, region }: Deployment,
  topic: string,
  typeId: string,
): Promise<Check> {
  const job = `${name}-tick-${typeId}`;
  const title = `schedule ${job}`;
  return attempted(title, async () => {
    if (isEmulator) return warning(title, 'not checked: the emulator has no schedules');
    const where = region ?? (await regionOf(publisher, topic));
    if (!where) return warning(title, 'not checked: the topic does not say where it is', 'Give --region.');
    const { status, data } = await jobOf(`projects/${project}/locations/${where}/jobs/${job}`);
    if (status === 404) return failed(title, `does not exist in ${where}`, APPLY);
    if (status !== 200)
      return warning(
        title,
        `not checked: status ${status}`,
        'Ask for roles/cloudscheduler.viewer, and switch the API on.',
      );
    return judge(title, jobSchema.parse(data), {
      job: `${job} --location=${where} --project=${project}`,
      topic,
      typeId,
    });
  });
}

function judge(title: string, found: Job, expected: { job: string; topic: string; typeId: string }): Check {
  const { state, schedule, pubsubTarget, lastAttemptTime, status } = found;
  const tick = tickOf(pubsubTarget?.data);
  const seconds = tick?.intervalSeconds ?? 0;
  const age = Date.now() - Date.parse(lastAttemptTime ?? '');
  const check = unless(
    title,
    [
      state === 'ENABLED' ? undefined : `is ${state?.toLowerCase() ?? 'in no known state'}`,
      pubsubTarget?.topicName === expected.topic ? undefined : `publishes to ${pubsubTarget?.topicName ?? 'no topic'}`,
      tick?.resource.typeId === expected.typeId ? undefined : `publishes no tick of ${expected.typeId}`,
      !tick || schedule === `*/${seconds / 60} * * * *` ? undefined : `ticks ${schedule}, and says every ${seconds} s`,
      status?.code ? `its last tick was not published (code ${status.code})` : undefined,
      tick && age > 2000 * seconds ? `has not ticked for ${duration(age)}` : undefined,
    ],
    `ticked ${duration(age)} ago`,
    `${APPLY} Paused: gcloud scheduler jobs resume ${expected.job}. Ticks that are missing: docs/operations.md.`,
  );
  if (check.status === 'ok' && lastAttemptTime === undefined) return warning(title, 'has not ticked yet');
  return check;
}

/** The tick that a job publishes; undefined for anything else. */
function tickOf(data: string | undefined): Tick | undefined {
  try {
    const notification = parseNotification({ content: { push: { message: { data } } } });
    return notification.notificationType === 'Tick' ? notification : undefined;
  } catch {
    return undefined;
  }
}
