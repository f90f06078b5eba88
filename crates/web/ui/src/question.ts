// The question: which claims are asked about. It has the names of the command line and stands in the address of every page.

export interface Question {
  /** Ids of parties. */
  about: string[];
  /** A country code or the name of a place. */
  in: string | null;
  from: string | null;
  to: string | null;
  type: string[];
  as_of: string | null;
  known_at: string | null;
  run: string | null;
}

export const NAMES = ["about", "in", "from", "to", "type", "as_of", "known_at", "run"] as const;

/** The question of an address. */
export function parseQuestion(params: URLSearchParams): Question {
  const one = (name: string) => params.get(name)?.trim() || null;
  const many = (name: string) => [
    ...new Set(
      params
        .getAll(name)
        .flatMap((value) => value.split(","))
        .map((value) => value.trim())
        .filter(Boolean),
    ),
  ];
  return {
    about: many("about"),
    in: one("in"),
    from: one("from"),
    to: one("to"),
    type: many("type"),
    as_of: one("as_of"),
    known_at: one("known_at"),
    run: one("run"),
  };
}

/** The same question as parameters, in a fixed order and without what is not asked. */
export function formatQuestion(question: Question): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = question[name];
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text) params.set(name, text);
  }
  return params;
}

/** What of it single records take, too: as of when, by which run. */
export function standpoint(question: Question): Record<string, string> {
  const { as_of, known_at, run } = question;
  return Object.fromEntries(
    Object.entries({ as_of, known_at, run }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** Whether anything narrows it. */
export function isAsked(question: Question): boolean {
  return [...formatQuestion(question)].length > 0;
}

/** A query string that a person can read: commas, colons and signs of equality stay as they are. */
export function queryString(params: URLSearchParams): string {
  const text = params.toString().replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%3D/g, "=");
  return text ? `?${text}` : "";
}
