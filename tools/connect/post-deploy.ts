import { readConnectVariables } from '../../shared/config/connect.ts';
import { readPlanningConfiguration } from '../../shared/config/planning.ts';
import { defineTool, runTool, ToolError } from '../operator/support/cli.ts';
import { destinationOf } from './destination.ts';
import { forEach, removeEach } from './each.ts';
import { bring, subscriptionsClient } from './subscriptions.ts';
import { wantedSubscriptions } from './wanted.ts';

const HELP = `
What commercetools Connect runs after each deployment: has commercetools report to the topic of this deployment.

  node dist/post-deploy.cjs

Subscriptions are made or changed in place, never deleted and made again: nothing is missed meanwhile. Where all handlers of a
resource are switched off in the settings, its subscription is deleted. Exit code: 0 done, 1 not done, and what to do is said.
`;

/** Brings the subscriptions to what the handlers need. */
const postDeploy = defineTool({
  help: HELP,
  options: {},
  async run() {
    const configuration = readPlanningConfiguration();
    const connect = readConnectVariables();
    const destination = destinationOf(connect);
    const { wanted, unwanted } = wantedSubscriptions(configuration.settings, connect.SUBSCRIPTION_PREFIX, destination);
    const client = subscriptionsClient(configuration);
    const isThere = await forEach(wanted, (one) => bring(client, one));
    const isGone = isThere && (await removeEach(client, unwanted));
    if (!isGone) throw new ToolError('Not all subscriptions are as they should be: deploy again once that is mended.');
    return true;
  },
});

// It is bundled, so nothing is awaited at its top.
runTool(postDeploy).then((code) => {
  process.exitCode = code;
});
