/** Characters of text that become bytes together. */
const A_PIECE = 65_536;

/** An object that is written out as JSON already: it takes less memory than the object, and is written once for all that needs it. */
export class Written {
  /** JSON in UTF-8. */
  readonly bytes: Buffer;

  constructor(value: Record<string, unknown>) {
    this.bytes = Buffer.from(JSON.stringify(value));
  }

  /** Returns the value as it was, but for what JSON leaves out. */
  read(): Record<string, unknown> {
    return JSON.parse(this.bytes.toString());
  }
}

/**
 * Returns a value as JSON in UTF-8, what is written already as it is. Nothing is one text of megabytes on the way, which takes more
 * memory and time (`docs/performance.md`).
 */
export function toJsonBytes(value: unknown): Buffer {
  const pieces: Buffer[] = [];
  let text = '';

  function flush(): void {
    pieces.push(Buffer.from(text));
    text = '';
  }

  function write(part: unknown): void {
    if (text.length > A_PIECE) flush();
    if (part instanceof Written) {
      flush();
      pieces.push(part.bytes);
    } else if (Array.isArray(part)) {
      writeList(part);
    } else if (typeof part === 'object' && part !== null && !('toJSON' in part)) {
      writeMembers(part);
    } else {
      text += JSON.stringify(part);
    }
  }

  function writeList(list: readonly unknown[]): void {
    let before = '[';
    for (const entry of list) {
      text += before;
      write(entry ?? null);
      before = ',';
    }
    text += before === '[' ? '[]' : ']';
  }

  function writeMembers(object: object): void {
    let before = '{';
    for (const name in object) {
      const member: unknown = Reflect.get(object, name);
      if (member === undefined) continue;
      text += `${before}${JSON.stringify(name)}:`;
      write(member);
      before = ',';
    }
    text += before === '{' ? '{}' : '}';
  }

  write(value);
  flush();
  return Buffer.concat(pieces);
}
