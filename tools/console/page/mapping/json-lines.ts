interface Frame {
  path: string;
  /** Index of the next entry of an array; undefined in an object. */
  index: number | undefined;
  key: string;
}

const TOKEN = /"(?:\\.|[^"\\\n])*"|[{}[\],:\n]|[^\s{}[\],:"]+/g;

/**
 * Gives the line of each path in a text of JSON, such as `orders.trackingUrls` or `lines.0.sku`, from 1; the whole text has the
 * empty path. Of a text that is cut or wrong it gives what stands before that.
 */
export function linesOf(text: string): Map<string, number> {
  const lines = new Map([['', 1]]);
  const frames: Frame[] = [];
  let line = 1;
  let held = '';

  /** A value begins: in an array it has a place of its own. */
  const begin = () => {
    const frame = frames.at(-1);
    if (frame?.index !== undefined) lines.set(pathOf(frame), line);
  };
  const open = (index: number | undefined) => {
    begin();
    frames.push({ path: pathOf(frames.at(-1)), index, key: '' });
  };
  const readers: Record<string, () => void> = {
    '\n': () => {
      line += 1;
    },
    '{': () => open(undefined),
    '[': () => open(0),
    '}': () => frames.pop(),
    ']': () => frames.pop(),
    ',': () => {
      const frame = frames.at(-1);
      if (frame?.index !== undefined) frame.index += 1;
    },
    ':': () => {
      const frame = frames.at(-1);
      if (frame?.index !== undefined || frame === undefined) return;
      frame.key = unquoted(held);
      lines.set(pathOf(frame), line);
    },
  };
  for (const [token] of text.matchAll(TOKEN)) {
    const read = readers[token] ?? begin;
    read();
    if (token !== '\n') held = token;
  }
  return lines;
}

/** The path of what comes next in an object or an array. */
function pathOf(frame: Frame | undefined): string {
  if (!frame) return '';
  const name = frame.index === undefined ? frame.key : String(frame.index);
  return frame.path === '' ? name : `${frame.path}.${name}`;
}

/** The line of a path, or of the nearest that is around it where the path itself is missing; from 1. */
export function lineOf(lines: ReadonlyMap<string, number>, path: string): number {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const line = lines.get(parts.slice(0, length).join('.'));
    if (line !== undefined) return line;
  }
  return 1;
}

/** A string as it is meant, of JSON that may be wrong. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replaceAll('"', '');
  }
}
