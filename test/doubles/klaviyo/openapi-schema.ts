/** A schema object of OpenAPI 3.0, or of JSON Schema. */
export interface Schema {
  type?: unknown;
  [keyword: string]: unknown;
}

/** `#/components/schemas` by name. */
export type Schemas = Record<string, Schema>;

const ANNOTATIONS = new Set(['nullable', 'description', 'example', 'default', 'title', 'deprecated']);

/**
 * JSON Schema for a schema of OpenAPI 3.0: references are put in place, `nullable` becomes a type, and an object that
 * lists its properties takes no others. The latter is stricter than the document, which is what finds misspelt names.
 */
export function closedSchema(schema: Schema, schemas: Schemas): Schema {
  if (typeof schema.$ref === 'string') return closedSchema(resolve(schema.$ref, schemas), schemas);
  const closed: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!ANNOTATIONS.has(keyword)) closed[keyword] = translated(keyword, value, schemas);
  }
  if (isSchema(schema.properties) && schema.additionalProperties === undefined) closed.additionalProperties = false;
  return schema.nullable === true ? orNull(closed) : closed;
}

/** Widens the type where there is one, since alternatives would be reported as three problems instead of one. */
function orNull(schema: Schema): Schema {
  if (typeof schema.type !== 'string') return { anyOf: [{ type: 'null' }, schema] };
  const values = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...values, type: [schema.type, 'null'] };
}

function translated(keyword: string, value: unknown, schemas: Schemas): unknown {
  if (keyword === 'properties' && isSchema(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, isSchema(inner) ? closedSchema(inner, schemas) : inner]),
    );
  }
  if (keyword === 'items' && isSchema(value)) return closedSchema(value, schemas);
  if (['oneOf', 'anyOf', 'allOf'].includes(keyword) && Array.isArray(value)) {
    return value.map((inner) => closedSchema(inner, schemas));
  }
  return value;
}

function resolve(reference: string, schemas: Schemas): Schema {
  const schema = schemas[reference.slice('#/components/schemas/'.length)];
  if (schema === undefined) throw new Error(`The OpenAPI document has no ${reference}.`);
  return schema;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
