/** A request, as far as an answer depends on it. */
interface StandInRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  body: string;
}

/** An answer with a JSON body; empty for none. */
export interface Answer {
  status: number;
  body: string;
}

/** Decides the answer to a request; nothing for one that is not known. */
export type Route = (request: StandInRequest) => Answer | '' | undefined;
