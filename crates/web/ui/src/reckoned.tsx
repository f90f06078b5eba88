// What the screens of reckoning share: an answer read into its form, a refusal that is no fault, numbers with their intervals.

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Answer } from "./answers";
import type { Asked } from "./api";
import { Empty, Failed, Loading } from "./pieces";
import type { Spread, Within } from "./reckoning";
import { range } from "./words";

/** An answer in its form; where the server says why there is none, its words. */
export function Reckoned<T>({
  asked,
  read,
  refused,
  otherwise,
  children,
}: {
  asked: Asked<Answer<unknown>>;
  read: (answer: unknown) => T;
  /** The heading over the server's reason. */
  refused: string;
  /** What else could be asked. */
  otherwise?: ComponentChildren;
  children: (told: T, whole: Answer<unknown>) => ComponentChildren;
}) {
  const { data, error, status, loading } = asked;
  const told = useMemo(() => (data ? attempt(() => read(data.answer)) : null), [data, read]);
  if (error !== null) {
    // Too few events, a question that cannot be asked: an answer of its own, not a failure.
    return status !== null && status >= 400 && status < 500 ? (
      <Empty title={refused}>
        <p>{sentence(inWords(error))}</p>
        {otherwise}
      </Empty>
    ) : (
      <Failed why={error} />
    );
  }
  if (!data || !told) return <Loading />;
  if ("why" in told) return <Failed why={told.why} />;
  return (
    <div class={loading ? "stale" : undefined} aria-busy={loading}>
      {children(told.done, data)}
    </div>
  );
}

function attempt<T>(work: () => T): { done: T } | { why: string } {
  try {
    return { done: work() };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** On the command line one writes what is chosen here. */
const inWords = (error: string): string =>
  error.replace("name one with --source", "choose one").replace(/\breading\b(?=, )/, "the reports");

/** Words of the server as a sentence. */
export const sentence = (words: string): string => {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};

/** A small number to two digits. */
export const small = (value: number): string => value.toFixed(2);

/** A number of days or events: with a digit where it is small, and a true minus. */
export const amount = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 }).replace("-", "−");

export const withinWords = ({ low, high }: Within): string =>
  high === null ? `${small(low)} or more` : `${small(low)} to ${small(high)}`;

/** A spread in words, never the middle alone. */
export function SpreadWords({ spread }: { spread: Spread }) {
  return (
    <>
      <b>{amount(spread.median)}</b>{" "}
      <span class="detail">
        ({amount(spread.low90)} to {amount(spread.high90)}; half of the time {amount(spread.low50)} to{" "}
        {amount(spread.high50)})
      </span>
    </>
  );
}

export const percent = (share: number): string => {
  const hundredths = share * 100;
  if (share > 0 && hundredths < 1) return "under 1%";
  if (share < 1 && hundredths > 99) return "over 99%";
  return `${range(Math.round(hundredths), Math.round(hundredths))}%`;
};
