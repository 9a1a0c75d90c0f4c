import { readConnectVariables } from '../../shared/config/connect.ts';
import { readAccess } from '../../shared/config/planning.ts';
import { defineTool, runTool, ToolError } from '../operator/support/cli.ts';
import { knownDestination } from './destination.ts';
import { removeEach } from './each.ts';
import { subscriptionsClient } from './subscriptions.ts';
import { subscriptionKeys } from './wanted.ts';

const HELP = `
What commercetools Connect runs before a deployment is taken away: deletes its subscriptions.

  node dist/pre-undeploy.cjs

A subscription that is not there counts as deleted. One that reports to the topic of another deployment is left alone, where Connect
says which topic is this deployment's. Exit code: 0 done, 1 not done, and what to do is said.
`;

/** Deletes all subscriptions of the deployment. */
const preUndeploy = defineTool({
  help: HELP,
  options: {},
  async run() {
    const client = subscriptionsClient(readAccess());
    const connect = readConnectVariables();
    const keys = subscriptionKeys(connect.SUBSCRIPTION_PREFIX);
    if (!(await removeEach(client, keys, knownDestination(connect))))
      throw new ToolError('Not all subscriptions are deleted. Those that are left can be deleted by hand.');
    return true;
  },
});

// It is bundled, so nothing is awaited at its top.
runTool(preUndeploy).then((code) => {
  process.exitCode = code;
});
