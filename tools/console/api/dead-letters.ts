/** `GET /api/dead-letters`: oldest first. */
export interface DeadLetters {
  letters: DeadLetter[];
}

/** A message that was given up, as `npm run dead-letter -- show` tells it. */
export interface DeadLetter {
  /** Of the dead letter, other than in its attempts; what replay and drop take. */
  id: string;
  type: string;
  resource: string;
  publishedAt: number;
  attempts?: number;
  likelyReason: string;
  handler?: string;
  payload: string;
  /** What it would write now. */
  writes: { kind: string; target: string; fields: Record<string, string | number> }[];
  /** Id of the message that was given up, where it is in the flow. */
  messageId?: string;
}

/** `POST /api/dead-letters/{id}/replay` and `…/drop`: how many; `{id}` may be `all`. */
export interface DeadLettersDone {
  done: number;
}
