import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The building blocks of `environment.ts` and `settings.ts`. */

const required = (expected: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined ? `is required: ${expected}` : `expected ${expected}`,
});

/** A text that has to be there. */
export const requiredText = (expected: string) => z.string(required(expected)).trim().min(1, `expected ${expected}`);

/** A URL without a trailing slash. */
export const url = z
  .url({ protocol: /^https?$/, ...required('an http(s) URL') })
  .transform((value) => value.replace(/\/+$/, ''));

/** Returns the schema of the template of a URL with placeholders such as `{{sku}}`, each of them one of those given. */
export function urlTemplate(placeholders: readonly string[]) {
  const known = placeholders.map((name) => `{{${name}}}`);
  const filled = (template: string) => known.reduce((text, placeholder) => text.replaceAll(placeholder, 'x'), template);
  return z
    .string()
    .refine((template) => !/[{}]/.test(filled(template)), `may use ${known.join(', ')} only, and no other brace`)
    .refine((template) => /^https?:\/\//i.test(template) && URL.canParse(filled(template)), 'expected an http(s) URL');
}

/** The value of a JSON text. */
export const json = z.string(required('JSON')).transform((value, context) => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    context.addIssue('expected JSON');
    return z.NEVER;
  }
});

const ENCODED = 'base64:';

/** A text, given as it is or, where commas do not survive the way, as `base64:` and its Base64. */
export const maybeEncoded = z.string().transform((value, context) => {
  if (!value.startsWith(ENCODED)) return value;
  const encoded = value.slice(ENCODED.length).replace(/\s+/g, '');
  const bytes = Buffer.from(encoded, 'base64');
  if (/^[\w+/-]+={0,2}$/.test(encoded) && encoded.replace(/=+$/, '').length % 4 !== 1 && isUtf8(bytes))
    return bytes.toString('utf8');
  context.addIssue('expected the Base64 of a text after base64:');
  return z.NEVER;
});

/** A JSON text, given as it is, encoded, or by the path of a file. */
export const jsonOrPath = maybeEncoded.transform((value, context) => {
  if (value.trimStart().startsWith('{')) return value;
  try {
    return readFileSync(value, 'utf8');
  } catch {
    context.addIssue('expected JSON, or the path of a JSON file that can be read');
    return z.NEVER;
  }
});

/** Adds a problem, where there is one, to what is wrong with an object. */
export const refuse = (context: z.RefinementCtx, path: string[], problem: string | undefined): void => {
  if (problem) context.addIssue({ code: 'custom', path, message: problem });
};

/** A port number, where one is given. */
export const port = z.coerce.number('expected a port number').int().min(0).max(65535).optional();

/** An ISO 4217 code. */
export const currency = z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR');

/** A time span in seconds. */
export const seconds = (description: string, value: number, maximum: number) =>
  z.number().positive().max(maximum).default(value).describe(`${description}, in seconds`);

/** One of known values; the JSON Schema of the settings lists them for editors. */
const knownValue = (known: readonly string[]) =>
  z
    .string()
    .refine((value) => known.includes(value), `expected ${known.join(', ')}`)
    .meta({ enum: known });

/** A list of known values. A typo would never match, and silently disable what it was meant to enable. */
export const knownValues = (description: string, known: readonly string[], values: string[]) =>
  z.array(knownValue(known)).default(values).describe(description);

/** Which properties of something are sent, and under which names. */
export const selection = (of: string) =>
  z
    .strictObject({
      include: z.array(z.string().min(1)).optional().describe(`send only these ${of}; unset sends all`),
      exclude: z.array(z.string().min(1)).default([]).describe(`never send these ${of}`),
      map: z.record(z.string(), z.string().min(1)).default({}).describe(`rename ${of}: \`{"from": "to"}\``),
    })
    .prefault({});

/** The same where the properties are known; `sent` are those that are sent by default. */
export function knownSelection(of: string, known: readonly string[], sent: string[]) {
  return z
    .strictObject({
      include: knownValues(`send only these ${of}, of ${known.join(', ')}`, known, sent),
      exclude: knownValues(`never send these ${of}`, known, []),
      map: z.record(knownValue(known), z.string().min(1)).default({}).describe(`rename ${of}: \`{"from": "to"}\``),
    })
    .prefault({});
}

/** Which properties of an object are sent to Klaviyo, and under which names. */
export type Selection = z.output<ReturnType<typeof selection>>;
