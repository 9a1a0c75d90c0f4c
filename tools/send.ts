import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const TOPIC = 'projects/demo/topics/commercetools';
const EMULATOR = '127.0.0.1:8085';

const HELP = `Usage: npm run send -- FILE… [OPTIONS]

Publishes files, each a notification of commercetools, to the Pub/Sub emulator; or, with --url, posts them to a running
function as Pub/Sub would. \`npm run sandbox -- --keep\` has both.

  --emulator HOST:PORT  where the emulator is (${EMULATOR})
  --topic NAME          what to publish to (${TOPIC})
  --url URL             the function to post to, in place of the emulator
  --raw                 also send what is not JSON
  --help                this text

Exit codes: 0 all were taken, 1 some were not, 2 wrong usage.
`;

interface Delivery {
  text: string;
  isTaken: boolean;
}

function fail(message: string, exitCode: number): never {
  console.error(message);
  process.exit(exitCode);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        emulator: { type: 'string', default: EMULATOR },
        topic: { type: 'string', default: TOPIC },
        url: { type: 'string' },
        raw: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${HELP}`, 2);
  }
}

function readNotification(file: string, isRaw: boolean): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, 1);
  }
  if (isRaw) return text;
  try {
    JSON.parse(text);
    return text;
  } catch {
    return fail(`${file} is not JSON. To send it as it is: --raw`, 1);
  }
}

async function post(url: URL, body: unknown): Promise<Response> {
  try {
    const headers = { 'content-type': 'application/json' };
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  } catch {
    return fail(`Nothing answers at ${url.origin}. Is it up? npm run sandbox -- --keep`, 1);
  }
}

function urlOf(text: string): URL {
  return URL.parse(text) ?? fail(`${text} is not a URL`, 2);
}

async function publish(data: string): Promise<Delivery> {
  const url = urlOf(`http://${options.emulator}/v1/${options.topic}:publish`);
  const response = await post(url, { messages: [{ data }] });
  const answer = await response.text();
  if (!response.ok) return { text: `the emulator refuses it: ${response.status} ${answer}`, isTaken: false };
  return { text: `published as message ${JSON.parse(answer).messageIds}`, isTaken: true };
}

async function push(data: string, to: string): Promise<Delivery> {
  const url = urlOf(to);
  // The functions-framework reads the topic from the path.
  if (url.pathname === '/') url.pathname = options.topic;
  const messageId = randomUUID();
  const message = { data, messageId, publishTime: new Date().toISOString(), attributes: {} };
  const { status, ok } = await post(url, { message, subscription: 'projects/demo/subscriptions/send' });
  const meaning = ok ? 'acknowledged' : 'not acknowledged, so that Pub/Sub would deliver it again';
  return { text: `${status} ${meaning} (message ${messageId})`, isTaken: ok };
}

/** Sends notifications to the sandbox, or to any function, from the command line. */
const { values: options, positionals: files } = readArguments();
if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (files.length === 0) fail(`Which file?\n\n${HELP}`, 2);
const notifications = files.map((file) => ({ file, text: readNotification(file, options.raw) }));

for (const { file, text } of notifications) {
  const data = Buffer.from(text).toString('base64');
  const { text: what, isTaken } = await (options.url ? push(data, options.url) : publish(data));
  console.log(`${file}: ${what}`);
  if (!isTaken) process.exitCode = 1;
}
