import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { readConfiguration } from '../../shared/config/environment.ts';
import { VARIABLES } from '../../shared/config/variables.ts';
import { versionLabels } from '../../tools/build/labels.ts';
import { pushBody } from '../doubles/delivery.ts';
import type { Variables } from '../doubles/environment.ts';
import { freePort } from '../doubles/free-port.ts';
import { startFunction } from '../doubles/function-process.ts';
import { fixture } from '../fixtures/index.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const [, port = ''] = /^ENV .*\bPORT=(\d+)$/m.exec(dockerfile) ?? [];
const words = (pattern: RegExp): string[] => z.array(z.string()).parse(JSON.parse(pattern.exec(dockerfile)?.[1] ?? ''));
const command = words(/^CMD (\[.*\])$/m);
const healthCheck = words(/^HEALTHCHECK [^[]*(\[.*\])$/m);

/** The part of a Deployment and of a service of Cloud Run that both have. */
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.union([z.number(), z.string()]) }) });
const container = z.looseObject({
  image: z.string(),
  ports: z.tuple([z.looseObject({ name: z.string(), containerPort: z.number() })]),
  startupProbe: z.looseObject(probe.shape),
  livenessProbe: z.looseObject(probe.shape),
  readinessProbe: z.looseObject(probe.shape).optional(),
  lifecycle: z.object({ preStop: z.object({ sleep: z.object({ seconds: z.number() }) }) }).optional(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  envFrom: z.array(z.looseObject({ secretRef: z.looseObject({ name: z.string() }).optional() })).default([]),
});
const pod = z.looseObject({ containers: z.tuple([container]), terminationGracePeriodSeconds: z.number().optional() });
const metadata = z.looseObject({ labels: z.record(z.string(), z.string()) });
const workload = z.looseObject({ metadata, spec: z.looseObject({ template: z.looseObject({ spec: pod }) }) });

const SECRETS = { CT_API_CLIENT: '{"clientId":"id","secret":"none"}', KLAVIYO_AUTH_KEY: 'pk_none' };

/** Reads an example: the one pod that it runs, and the variables that the pod gets. */
function example(name: string) {
  const documents = parseAllDocuments(readFileSync(`docs/containers/${name}.yaml`, 'utf8')).map((one) => {
    expect(one.errors).toEqual([]);
    return one.toJS();
  });
  const runs = workload.parse(documents.find(({ kind }) => kind === 'Deployment' || kind === 'Service'));
  const { spec } = runs.spec.template;
  const [first] = spec.containers;
  const given = first.env.map(({ name, value }) => [name, value ?? Reflect.get(SECRETS, name)]);
  const secrets = first.envFrom.some(({ secretRef }) => secretRef) ? SECRETS : {};
  const variables: Variables = Object.assign(Object.fromEntries(given), secrets, ...documents.map(({ data }) => data));
  // What is applied goes over a Secret that is there.
  expect(documents.map(({ kind }) => kind)).not.toContain('Secret');
  return { spec, container: first, variables, labels: runs.metadata.labels };
}

/** Starts what the image starts, with the variables that are given. */
async function start(env: Variables) {
  const running = await startFunction({ args: command.slice(1), env: { ...env, HOST: '127.0.0.1' } });
  onTestFinished(running.stop);
  await running.untilServing();
  return running;
}

async function push(url: string): Promise<number> {
  const body = JSON.stringify(pushBody(fixture('ResourceCreated.subscription')));
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

/** The exit code of the image's HEALTHCHECK. */
async function health(port: number): Promise<number> {
  const [code] = await once(spawn(process.execPath, healthCheck.slice(1), { env: { PORT: String(port) } }), 'close');
  return code;
}

describe('the image', () => {
  test('says on which port it listens', () => {
    expect(dockerfile).toContain(`\nEXPOSE ${port}\n`);
  });

  test('is reached where the guide starts it, whatever HOST the .env has', () => {
    const [host = 'no HOST'] = /\bHOST=\S+/.exec(dockerfile) ?? [];
    expect(readFileSync('docs/containers.md', 'utf8')).toMatch(new RegExp(`^docker run .*--env ${host} `, 'm'));
  });

  test('names its base once, so that there is one place to pin', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toEqual([expect.stringMatching(/^node:24-slim@sha256:[0-9a-f]{64}$/), 'node', 'node', 'node']);
  });

  test('is healthy while it serves, and not without', async () => {
    const running = await start(example('kubernetes').variables);
    expect(await health(running.port)).toBe(0);
    expect(await health(await freePort())).toBe(1);
  });
});

describe.each([
  { name: 'kubernetes', kind: 'Deployment', answer: 401 },
  // Google has checked the token before.
  { name: 'cloud-run', kind: 'Service', answer: 204 },
])('the example for $name', ({ name, answer }) => {
  const { container, spec, variables } = example(name);
  const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe ?? container.livenessProbe];

  test('sets variables that there are', () => {
    expect(Object.keys(variables).filter((variable) => !VARIABLES.includes(variable))).toEqual([]);
    expect(readConfiguration(variables)).toMatchObject({ commercetools: { projectKey: 'my-shop' } });
  });

  test('asks the port that the image listens on', () => {
    const [{ name, containerPort }] = container.ports;
    expect(String(containerPort)).toBe(port);
    for (const { httpGet } of probes) expect([name, containerPort]).toContain(httpGet.port);
  });

  test('asks for health where it is told, and says who may push', async () => {
    const { url } = await start(variables);
    for (const { httpGet } of probes) expect((await fetch(url + httpGet.path)).status).toBe(200);
    expect(await push(url)).toBe(answer);
  });

  test('leaves time for what is in flight', () => {
    // Ten seconds are Cloud Run’s own.
    const { terminationGracePeriodSeconds: grace = 10 } = spec;
    expect(grace - (container.lifecycle?.preStop.sleep.seconds ?? 0)).toBeGreaterThan(8);
  });
});

test('the example for Cloud Run tells the doctor the version of its image', () => {
  const { labels, container } = example('cloud-run');
  expect(labels).toEqual(versionLabels(container.image.split(':').at(-1) ?? '', undefined));
});

describe('.ci/container', () => {
  const script = readFileSync('.ci/container', 'utf8');

  test('sets variables that there are', () => {
    const set = [...script.matchAll(/--env '?(\w+)=([^'\s]+)/g)].map(([, variable = '', value = '']) => [
      variable,
      value,
    ]);
    expect(set.length).toBeGreaterThan(VARIABLES.length / 4);
    expect(set.filter(([variable = '']) => !VARIABLES.includes(variable))).toEqual([]);
    expect(() => readConfiguration(Object.fromEntries(set))).not.toThrow();
  });

  test('is run by the public CI', () => {
    const [workflow] = parseAllDocuments(readFileSync('.github/workflows/ci.yml', 'utf8')).map((one) => one.toJS());
    expect(workflow.jobs.container.steps).toContainEqual({ run: 'bash .ci/container' });
  });
});
