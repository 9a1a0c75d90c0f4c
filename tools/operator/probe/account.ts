import { createInterface } from 'node:readline/promises';
import * as z from 'zod';
import { CredentialsError } from '../../../shared/errors.ts';
import type { RawKlaviyo } from '../../../shared/klaviyo/raw.ts';
import { ToolError, UsageError } from '../support/cli.ts';
import { read } from './answers.ts';

const answer = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({
        test_account: z.boolean(),
        contact_information: z.looseObject({ organization_name: z.string() }),
      }),
    }),
  ),
});

/** A Klaviyo account, as far as it tells which one it is. */
export interface ProbedAccount {
  /** Klaviyo's public id of the account. */
  id: string;
  /** The name of the organization, as Klaviyo shows it. */
  name: string;
  /** Whether Klaviyo says that the account is for tests. A trial account need not be. */
  isTest: boolean;
}

/** Where somebody can be asked. */
export type Ask = (question: string) => Promise<string>;

/** Returns how to ask whoever sits at the terminal, which throws ToolError when asking is broken off; undefined without one. */
export function terminal(): Ask | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    // The results may go to a pipe.
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } catch {
      throw new ToolError('The account was not confirmed. Nothing was written.');
    } finally {
      lines.close();
    }
  };
}

/**
 * Returns the account of the key. Reads, and writes nothing.
 *
 * @throws ToolError unless the key is taken and the account has the name
 */
export async function accountNamed(klaviyo: RawKlaviyo, name: string): Promise<ProbedAccount> {
  const answered = await klaviyo({ method: 'GET', path: '/api/accounts' }).catch((error: unknown) => {
    if (!(error instanceof CredentialsError)) throw error;
    throw new ToolError('Klaviyo refused KLAVIYO_PROBE_KEY, or the key lacks accounts:read. Nothing was written.');
  });
  const [first] = read(answer, answered).data;
  if (first?.attributes.contact_information.organization_name !== name)
    throw new ToolError('The key is of an account with another name than --account says. Nothing was written.');
  return { id: first.id, name, isTest: first.attributes.test_account };
}

/** What was said of the account and the key on the command line. */
export interface Confirmation {
  /** Whether the command line says that nobody need be asked. */
  isGiven: boolean;
  /** The last characters of the key, if the command line has them. */
  keyEnds: string | undefined;
}

/** Characters of the key that are shown: they tell keys from each other, and are of no use to anybody. */
const SHOWN = 4;

/** Returns what names a key without telling it. */
export const endOf = (apiKey: string): string => apiKey.slice(-SHOWN);

/**
 * Makes sure that account and key are those that are meant: by the name that is typed again, or by `--yes` with `--key-ends`.
 *
 * @param ask undefined where nobody can be asked
 * @throws UsageError when the key is another, or nobody has confirmed; ToolError when the name that is typed is another
 */
export async function confirm(
  name: string,
  apiKey: string,
  { isGiven, keyEnds }: Confirmation,
  ask: Ask | undefined,
): Promise<void> {
  if (keyEnds !== undefined && keyEnds !== endOf(apiKey))
    throw new UsageError('KLAVIYO_PROBE_KEY does not end as --key-ends says. Nothing was written.');
  if (isGiven) {
    if (keyEnds === undefined) throw new UsageError('--yes needs --key-ends with the last four characters of the key.');
    return;
  }
  if (!ask) throw new UsageError('Nobody can be asked here: give --yes and --key-ends.');
  if ((await ask('Type the name of the account to go on: ')) !== name)
    throw new ToolError('That is not the name of the account. Nothing was written.');
}
