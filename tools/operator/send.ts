import { randomUUID } from 'node:crypto';
import { defineTool, runTool, ToolError, UsageError } from './support/cli.ts';
import { readText } from './support/file.ts';

const TOPIC = 'projects/demo/topics/klaviyo-sync';
const EMULATOR = '127.0.0.1:8085';

const HELP = `
Publishes files, each a notification of commercetools, to the Pub/Sub emulator; or, with --url, posts them to a running
function as Pub/Sub would. npm run sandbox -- --keep has both.

  npm run send -- FILE… [options]

  --emulator HOST:PORT  where the emulator is, also as a URL; ${EMULATOR} when left out
  --topic NAME          what to publish to; ${TOPIC} when left out
  --url URL             the function to post to, in place of the emulator
  --raw                 also send what is not JSON
  --help                print this

Exit code: 0 all were taken, 1 some were not, 2 wrong usage.
`;

interface Delivery {
  text: string;
  isTaken: boolean;
}

function readNotification(file: string, isRaw: boolean): string {
  const text = readText(file);
  if (isRaw) return text;
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new ToolError(`${file} is not JSON. To send it as it is: --raw`);
  }
}

/** `localhost:8080` is a URL too, of a protocol named localhost. */
function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${text} is not a URL such as http://127.0.0.1:8080`);
  return url;
}

/** Where the emulator is, whether it was given as `localhost:8085` or as a URL. */
const baseOf = (emulator: string): string =>
  (/^https?:\/\//.test(emulator) ? emulator : `http://${emulator}`).replace(/\/+$/, '');

async function post(url: URL, body: unknown): Promise<Response> {
  try {
    const headers = { 'content-type': 'application/json' };
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch {
    throw new ToolError(`Nothing answers at ${url.origin}. Is it up? npm run sandbox -- --keep`);
  }
}

async function publish(data: string, url: URL): Promise<Delivery> {
  const response = await post(url, { messages: [{ data }] });
  const answer = await response.text();
  if (!response.ok) return { text: `the emulator refuses it: ${response.status} ${answer}`, isTaken: false };
  return { text: `published as message ${JSON.parse(answer).messageIds}`, isTaken: true };
}

async function push(data: string, url: URL): Promise<Delivery> {
  const messageId = randomUUID();
  const message = { data, messageId, publishTime: new Date().toISOString(), attributes: {} };
  const { status, ok } = await post(url, { message, subscription: 'projects/demo/subscriptions/send' });
  const meaning = ok ? 'acknowledged' : 'not acknowledged, so that Pub/Sub would deliver it again';
  return { text: `${status} ${meaning} (message ${messageId})`, isTaken: ok };
}

/** Sends notifications to the sandbox, or to any function. */
const tool = defineTool({
  help: HELP,
  options: {
    emulator: { type: 'string', default: EMULATOR },
    topic: { type: 'string', default: TOPIC },
    url: { type: 'string' },
    raw: { type: 'boolean', default: false },
  },
  async run({ emulator, topic, url: given, raw }, files) {
    if (files.length === 0) throw new UsageError('Give at least one FILE.');
    const url = urlOf(given ?? `${baseOf(emulator)}/v1/${topic}:publish`);
    // The functions-framework reads the topic from the path.
    if (given && url.pathname === '/') url.pathname = topic;
    const notifications = files.map((file) => ({ file, text: readNotification(file, raw) }));
    let areTaken = true;
    for (const { file, text } of notifications) {
      const { text: what, isTaken } = await (given ? push : publish)(Buffer.from(text).toString('base64'), url);
      console.log(`${file}: ${what}`);
      areTaken &&= isTaken;
    }
    return areTaken;
  },
});

process.exitCode = await runTool(tool);
