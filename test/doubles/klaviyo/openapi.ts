import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { closedSchema, type Schema, type Schemas } from './openapi-schema.ts';

/** Something in a request that Klaviyo's OpenAPI document does not allow, in the body or the query. */
interface Finding {
  place: { pointer: string } | { parameter: string };
  message: string;
}

/** Compares a request with the document. Operations that are not in it pass. */
export type Check = (operation: { method: string; path: string }, query: URLSearchParams, body: unknown) => Finding[];

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Schemas };
}

const checks = new Map<string, Check>();

/** Gives the check for the OpenAPI document in this file, which is read once per process. Throws when it cannot be. */
export function openApiCheck(file: string): Check {
  const check = checks.get(file) ?? createCheck(JSON.parse(readFileSync(file, 'utf8')));
  checks.set(file, check);
  return check;
}

function createCheck({ paths, components }: Document): Check {
  const ajv = formats.default(new Ajv({ allErrors: true, strict: false }));
  const validators = new Map<Operation, ValidateFunction>();

  function validatorOf(operation: Operation): ValidateFunction {
    const validator = validators.get(operation) ?? ajv.compile(requestSchema(operation, components.schemas));
    validators.set(operation, validator);
    return validator;
  }

  return ({ method, path }, query, body) => {
    const operation = paths[path]?.[method.toLowerCase()];
    if (operation === undefined) return [];
    const validate = validatorOf(operation);
    validate({ query: parsed(query, operation), ...(body === undefined ? {} : { body }) });
    return (validate.errors ?? []).map(toFinding);
  };
}

function requestSchema({ parameters = [], requestBody }: Operation, schemas: Schemas): Schema {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const query = {
    type: 'object',
    properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
    required: inQuery.filter(({ required }) => required).map(({ name }) => name),
  };
  const [content] = Object.values(requestBody?.content ?? {});
  const properties = content === undefined ? { query } : { query, body: content.schema };
  return closedSchema({ type: 'object', properties, required: Object.keys(properties) }, schemas);
}

/** The query's values as the types the document gives them; arrays are comma-separated (`explode: false`). */
function parsed(query: URLSearchParams, { parameters = [] }: Operation): Record<string, unknown> {
  const types = new Map(parameters.map(({ name, schema }) => [name, schema.type]));
  return Object.fromEntries(
    [...query].map(([name, value]) => {
      if (types.get(name) === 'array') return [name, value.split(',')];
      return [name, types.get(name) === 'integer' && value.trim() !== '' ? Number(value) : value];
    }),
  );
}

function toFinding({ instancePath, keyword, params, message }: ErrorObject): Finding {
  const key = params.missingProperty ?? params.additionalProperty;
  const path = key === undefined ? instancePath : `${instancePath}/${key}`;
  const words: Record<string, string> = {
    required: 'is required',
    additionalProperties: "is not in Klaviyo's OpenAPI document",
    enum: `must be one of ${JSON.stringify(params.allowedValues)}`,
  };
  const [, part, rest = ''] = path.match(/^\/(query|body)(.*)$/s) ?? [];
  return {
    place: part === 'query' ? { parameter: rest.slice(1) } : { pointer: rest },
    message: words[keyword] ?? message ?? keyword,
  };
}
