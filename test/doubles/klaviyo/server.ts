import { createFaults, type Faults } from '../faults.ts';
import { type Answer, type RecordedRequest, type SandboxRequest, type SandboxServer, startServer } from '../http.ts';
import { type Account, dispatch, isOf } from './dispatch.ts';
import { errorBody } from './errors.ts';
import { finishJobs } from './jobs.ts';
import { type Lookups, lookups } from './lookups.ts';
import { openApiCheck } from './openapi.ts';
import { answerPeople, OWN } from './people.ts';
import { type Settings, settingsOf } from './settings.ts';
import { type Channel, createState, type Profile, type State } from './state.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';

/** How to run the stand-in. */
export interface KlaviyoOptions extends Partial<Settings> {
  /** Default 0: any free port. */
  port?: number;
  /** The private key that clients have to send. */
  apiKey?: string;
  /** File with Klaviyo's OpenAPI document, to check requests by; default the environment's `KLAVIYO_OPENAPI`. */
  openApi?: string;
  /** Whether requests are remembered; true by default. */
  recorded?: boolean;
  /** Called once a request that is remembered is answered, cut or left hanging. */
  onRequest?: (request: RecordedRequest) => void;
}

/** A Klaviyo account of one's own, and its API. */
export interface KlaviyoStandIn
  extends Lookups,
    Settings,
    Pick<SandboxServer, 'url' | 'requests' | 'served' | 'latency' | 'stop'> {
  apiKey: string;
  /** Another key, of whoever looks on: requests with it are not remembered. */
  operatorKey: string;
  state: State;
  faults: Faults;
  /** Requests that Klaviyo's OpenAPI document does not allow, a line each; empty without that document. */
  violations: string[];
  /** Carries out everything that Klaviyo has queued. */
  finishJobs(): void;
  /** Somebody decides in Klaviyo itself, by a form or a link in a mail. Throws when there is no such profile. */
  subscribe(email: string, channel?: Channel): void;
  unsubscribe(email: string, channel?: Channel): void;
  /** Lets everybody confirm what waits to be confirmed. */
  confirm(): void;
  /** Forgets data, requests, faults and violations. */
  reset(): void;
}

const INTRODUCTION = `This is a stand-in for the Klaviyo API, for development and tests.
It keeps what it is sent in memory only: see /-/state.
DELETE /-/state forgets it, POST /-/break breaks ten things of it and says which.
`;

/** Starts a stand-in for Klaviyo on 127.0.0.1. Rejects when the port is taken or the document cannot be read. */
export async function startKlaviyo(options: KlaviyoOptions = {}): Promise<KlaviyoStandIn> {
  const { apiKey = 'pk_sandbox', openApi = process.env.KLAVIYO_OPENAPI, port, recorded = true, onRequest } = options;
  const state = createState();
  const faults = createFaults();
  const violations: string[] = [];
  const settings = settingsOf(options);
  const check = openApi ? openApiCheck(openApi) : () => [];
  const operatorKey = `${apiKey}_operator`;
  const account: Account = { apiKeys: [apiKey, operatorKey], state, settings, check, violations };

  function person(email: string): Profile {
    const profile = lookups(state).profileByEmail(email);
    if (!profile) throw new Error(`Klaviyo has no profile of ${email}`);
    return profile;
  }

  function answer(request: SandboxRequest): Answer {
    if (request.path === '/') return { status: 200, body: INTRODUCTION, headers: { 'content-type': 'text/plain' } };
    return request.path.startsWith(OWN) ? answerPeople(state, request) : dispatch(account, request);
  }

  const server = await startServer(answer, {
    faults,
    port,
    recorded: ({ path, headers }) => recorded && !path.startsWith(OWN) && !isOf(operatorKey, headers),
    onRequest,
    contentType: 'application/vnd.api+json',
    faultBody: (status) => errorBody(status, [{ code: 'fault', title: 'Fault.', detail: 'A fault on demand.' }]),
  });

  // From here on the stand-in's own properties are the settings, so that setting one takes effect.
  const standIn = Object.assign(server, lookups(state), settings, {
    apiKey,
    operatorKey,
    state,
    faults,
    violations,
    subscribe: (email: string, channel: Channel = 'email') =>
      subscribe(state, person(email), { channel, method: 'FORM' }),
    unsubscribe: (email: string, channel: Channel = 'email') =>
      unsubscribe(state, person(email), { channel, method: 'LINK' }),
    finishJobs: () => finishJobs(state),
    confirm() {
      for (const { profile, decision } of state.unconfirmed.splice(0))
        subscribe(state, profile, { ...decision, isDoubleOptIn: true });
    },
    reset() {
      state.clear();
      faults.clear();
      server.requests.length = 0;
      violations.length = 0;
    },
  });
  account.settings = standIn;
  return standIn;
}
