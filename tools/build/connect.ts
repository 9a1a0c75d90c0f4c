import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildHistory, buildProgram, bundle } from './bundle.ts';
import { bareManifest, deployedManifest } from './manifest.ts';

const FRAMEWORK = 'node_modules/@google-cloud/functions-framework/build/src/main.js';
/** Google's builder runs it in the place of a build: what is built here is read once by the Node there. */
const checked = (...files: string[]) => files.map((file) => `node --check dist/${file}.cjs`).join(' && ');

/** Connect's validation scans the folder `src` of each application, and fails where there is none. */
const SOURCES = `The sources are in the repository of commercetools-klaviyo-sync. \`npm run connect:build\` built \`../dist\` of them there.\n`;

/** The applications of connect.yaml: each is a folder with its name, and all that it needs is in it. */
const APPLICATIONS: Record<string, (folder: string) => Promise<Record<string, Buffer>>> = {
  async 'klaviyo-sync'(dist) {
    await bundle({ entryPoints: ['functions/connect.ts'], outfile: join(dist, 'connect.cjs') });
    await buildProgram({ entryPoints: ['tools/connect/post-deploy.ts'], outfile: join(dist, 'post-deploy.cjs') });
    await buildProgram({ entryPoints: ['tools/connect/pre-undeploy.ts'], outfile: join(dist, 'pre-undeploy.cjs') });
    return deployedManifest({
      name: 'klaviyo-sync',
      main: 'dist/connect.cjs',
      scripts: {
        'gcp-build': checked('connect', 'post-deploy', 'pre-undeploy'),
        start: `NODE_ENV=production exec node ${FRAMEWORK} --target=syncToKlaviyo --signature-type=cloudevent`,
        'connector:post-deploy': 'node dist/post-deploy.cjs',
        'connector:pre-undeploy': 'node dist/pre-undeploy.cjs',
      },
    });
  },
  async 'klaviyo-reconcile'(dist) {
    await buildProgram({ entryPoints: ['tools/connect/job.ts'], outfile: join(dist, 'job.cjs') });
    await buildHistory({ outfile: join(dist, 'history.cjs') });
    return bareManifest({
      name: 'klaviyo-reconcile',
      scripts: { 'gcp-build': checked('job', 'history'), start: 'exec node dist/job.cjs' },
    });
  },
};

/**
 * Writes the repository that commercetools Connect deploys: connect.yaml and a folder for each of its applications, with the bundles,
 * a manifest and a lock file. Nothing is built where it is deployed. Whatever else is in the folder stays, such as .git.
 */
export async function buildConnect(folder = 'build/connect'): Promise<void> {
  mkdirSync(folder, { recursive: true });
  copyFileSync('connect.yaml', join(folder, 'connect.yaml'));
  for (const [name, build] of Object.entries(APPLICATIONS)) {
    const application = join(folder, name);
    rmSync(application, { recursive: true, force: true });
    for (const part of ['dist', 'src']) mkdirSync(join(application, part), { recursive: true });
    writeFileSync(join(application, 'src', 'README.md'), SOURCES);
    for (const [file, content] of Object.entries(await build(join(application, 'dist')))) {
      const path = join(application, file);
      writeFileSync(path, content);
    }
  }
}

if (import.meta.main) {
  await buildConnect();
  console.log('build/connect is a repository for commercetools Connect: see docs/connect.md');
}
