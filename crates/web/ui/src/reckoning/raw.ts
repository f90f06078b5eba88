// Reading an answer whose form nobody vouches for: what is missing, or of another kind than expected, is null or empty, never 0.

export type Raw = Record<string, unknown>;

export interface Within {
  best: number;
  low: number;
  /** Null where the data set no upper end. */
  high: number | null;
}

/** What is foretold of one number: half of the time between the fifties, nine times of ten between the nineties. */
export interface Spread {
  median: number;
  low50: number;
  high50: number;
  low90: number;
  high90: number;
}

export const isRecord = (value: unknown): value is Raw =>
  value !== null && typeof value === "object" && !Array.isArray(value);
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const records = (value: unknown): Raw[] => list(value).filter(isRecord);
export const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
export const numbers = (value: unknown): number[] => list(value).map((one) => number(one) ?? 0);
export const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
export const texts = (value: unknown): string[] =>
  list(value).filter((one): one is string => typeof one === "string");

/** `{"ged": 12}` as pairs. */
export const counts = (value: unknown): [string, number][] =>
  isRecord(value)
    ? Object.entries(value).flatMap(([name, n]): [string, number][] => (typeof n === "number" ? [[name, n]] : []))
    : [];

export function record(value: unknown, what: string): Raw {
  if (isRecord(value)) return value;
  throw new Error(
    `The server's answer about ${what} has not the form that this page knows. Is the page as new as the server?`,
  );
}

/** A list that must be there, for else it is no such answer. */
export function recordsIn(told: Raw, name: string, what: string): Raw[] {
  if (Array.isArray(told[name])) return records(told[name]);
  throw new Error(
    `The server's answer about ${what} has not the form that this page knows. Is the page as new as the server?`,
  );
}

export function within(raw: unknown): Within | null {
  if (!isRecord(raw)) return null;
  const best = number(raw.best);
  return best === null ? null : { best, low: number(raw.low) ?? 0, high: number(raw.high) };
}

/** From a number to another; null where either is missing. */
export function ends(raw: unknown): [number, number] | null {
  const [low, high] = isRecord(raw) ? [number(raw.low), number(raw.high)] : list(raw).map(number);
  return low == null || high == null ? null : [low, high];
}
