/** Finds the resource behind a reference; undefined when it is gone. */
export type Lookup = (typeId: string, id: string) => Promise<object | undefined>;

/**
 * Puts `obj` into the references along an expansion path such as `categories[*].ancestors[*]`. A reference to something
 * that is gone stays as it is; the mock would refuse the whole request.
 *
 * Source: https://docs.commercetools.com/api/general-concepts#reference-expansion
 */
export async function expand(resource: unknown, path: string, lookup: Lookup): Promise<void> {
  const fields = path.split('.').map((field) => field.replace(/\[.*\]$/, ''));
  await follow(resource, fields, lookup);
}

async function follow(node: unknown, fields: string[], lookup: Lookup): Promise<void> {
  if (Array.isArray(node)) {
    for (const element of node) await follow(element, fields, lookup);
    return;
  }
  if (!isRecord(node)) return;
  const { typeId, id } = node;
  const isReference = typeof typeId === 'string' && typeof id === 'string';
  if (isReference) node.obj ??= await lookup(typeId, id);
  const holder = isReference ? node.obj : node;
  const [field, ...rest] = fields;
  if (field !== undefined && isRecord(holder)) await follow(holder[field], rest, lookup);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
