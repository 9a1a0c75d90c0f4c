import { PubSub, v1 } from '@google-cloud/pubsub';
import { googleCloudProject } from '../../../shared/config/early.ts';
import { ToolError, UsageError } from './cli.ts';

/** Options that say which deployment a tool is about. */
export const DEPLOYMENT_OPTIONS = {
  project: { type: 'string' },
  name: { type: 'string', default: 'klaviyo-sync' },
} as const;

/** How `--help` explains them. */
export const DEPLOYMENT_HELP = `  --project ID   Google Cloud project; GOOGLE_CLOUD_PROJECT when left out
  --name NAME    name of the deployment, as in Terraform; klaviyo-sync when left out`;

/** A connection to Pub/Sub. PUBSUB_EMULATOR_HOST leads it to the emulator, which needs no credentials. */
export interface Google {
  subscriber: InstanceType<typeof v1.SubscriberClient>;
  publisher: InstanceType<typeof v1.PublisherClient>;
  isEmulator: boolean;
  /** The IAM policy of one topic or subscription itself; undefined with the emulator, which has no IAM. */
  policyOf(kind: Kind, resource: string): Promise<Policy | undefined>;
  /** What Cloud Scheduler answers when it is asked for a job. The emulator has none: nobody is asked there. */
  jobOf(job: string): Promise<Answer>;
  /** What Cloud Functions answers when it is asked for a function, by its full name; the same of the emulator. */
  functionOf(name: string): Promise<Answer>;
  /** What Cloud Run answers when it is asked for a service, by its full name; the same of the emulator. */
  serviceOf(name: string): Promise<Answer>;
  close(): Promise<void>;
}

/** What one of Google's APIs answers, whatever the status. */
interface Answer {
  status: number;
  data: unknown;
}

type Kind = 'topics' | 'subscriptions';

/** Who has which role on a resource, as far as it is read. */
export interface Policy {
  bindings?: readonly { role?: string | null; members?: readonly string[] | null }[] | null;
}

/**
 * The project that is asked for.
 *
 * @throws UsageError when there is none
 */
export function projectOf(given: string | undefined): string {
  const project = given ?? googleCloudProject();
  if (!project) throw new UsageError('Which Google Cloud project? Give --project or set GOOGLE_CLOUD_PROJECT.');
  return project;
}

/** A full resource name; what is one already stays as it is. */
export const fullName = (project: string, kind: Kind, name: string): string =>
  name.includes('/') ? name : `projects/${project}/${kind}/${name}`;

/** Options of a call that somebody waits for: one try, at most ten seconds. Its error says what is wrong. */
export const ONE_TRY = { timeout: 10_000, retry: null };

/**
 * Connects with the credentials of the environment (`gcloud auth application-default login`).
 *
 * @throws ToolError when there are none
 */
export async function connect(projectId: string): Promise<Google> {
  const pubsub = new PubSub({ projectId });
  const { port, ...config } = await pubsub.getClientConfig();
  // Before its first call to the emulator a client would look for credentials that it does not use, and complain.
  const universe = pubsub.isEmulator && { universeDomain: 'googleapis.com' };
  const options = { ...config, ...(port && { port: Number(port) }), ...universe };
  const subscriber = new v1.SubscriberClient(options);
  const publisher = new v1.PublisherClient(options);
  // A call that finds none ends the process: the client looks for them where nobody can catch the error.
  if (!pubsub.isEmulator) await subscriber.auth.getClient().catch(refuse);
  const ask = async (url: string): Promise<Answer> => {
    const options = { url, timeout: ONE_TRY.timeout, retry: false, validateStatus: () => true };
    const { status, data } = await subscriber.auth.request<unknown>(options);
    return { status, data };
  };
  return {
    subscriber,
    publisher,
    isEmulator: pubsub.isEmulator,
    async policyOf(kind, resource) {
      if (pubsub.isEmulator) return undefined;
      const { iam } = kind === 'topics' ? pubsub.topic(resource) : pubsub.subscription(resource);
      const [policy] = await iam.getPolicy(ONE_TRY);
      return policy;
    },
    jobOf: (job) => ask(`https://cloudscheduler.googleapis.com/v1/${job}`),
    functionOf: (name) => ask(`https://cloudfunctions.googleapis.com/v2/${name}`),
    serviceOf: (name) => ask(`https://run.googleapis.com/v2/${name}`),
    async close() {
      await Promise.all([subscriber.close(), publisher.close(), pubsub.close()]);
    },
  };
}

/** In words of our own: Google's may quote the file. */
function refuse(cause: unknown): never {
  const otherwise = 'or GOOGLE_APPLICATION_CREDENTIALS with the path of a file that holds some';
  throw new ToolError(`no credentials: gcloud auth application-default login, ${otherwise}`, { cause });
}

const CODES = { DEADLINE_EXCEEDED: 4, NOT_FOUND: 5, PERMISSION_DENIED: 7 } as const;

/** Whether an error is the given one of gRPC: https://grpc.io/docs/guides/status-codes */
export const isGrpcError = (error: unknown, code: keyof typeof CODES): boolean =>
  error instanceof Error && 'code' in error && error.code === CODES[code];
