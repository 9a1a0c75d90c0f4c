/** Something that whoever asks can mend: answered with its status and words. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  /** Where in the request. */
  readonly where: string | undefined;

  constructor(status: number, message: string, where?: string) {
    super(message);
    this.status = status;
    this.where = where;
  }
}

/** Returns what was looked for. Throws a 404 that names it when there is none. */
export function found<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw new ProblemError(404, `There is no ${what}.`);
  return one;
}
