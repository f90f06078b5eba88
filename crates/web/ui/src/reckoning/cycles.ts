// What follows what: the answer of /cycles.

import {
  type Raw,
  type Within,
  counts,
  isRecord,
  list,
  number,
  numbers,
  record,
  records,
  recordsIn,
  text,
  texts,
  within,
} from "./raw";

export interface Baseline {
  isConstant: boolean;
  isChosen: boolean;
  knots: number;
  held_out: number;
  weight: number;
  branching: number[][];
  spectral_radius: number;
}

/** A stretch of time, with what was counted in it. */
export interface Period {
  label: string;
  from: string;
  to: string;
  /** Null where nothing was observed. */
  events: number | null;
  by_itself: number | null;
  evidence: string[];
}

export interface CycleStream {
  name: string;
  events: number;
  periods: Period[];
  half_life: Within | null;
  share_by_itself: number;
  fit_p: number | null;
  dispersion: number | null;
}

export interface Entry {
  of: string;
  by: string;
  branching: Within;
  is_told: boolean;
  words: string;
}

interface StatedReply {
  earlier: string;
  later: string;
  lag_days: number;
  probability: number;
  stream_probability: number;
  is_found: boolean;
}

export interface Cycles {
  title: string;
  isAttackAndReply: boolean;
  isDaily: boolean;
  first_day: string | null;
  span_days: number;
  /** The constant one first; never without one that moves. */
  baselines: Baseline[];
  streams: CycleStream[];
  entries: Entry[];
  spectral_radius: number;
  /** What the data allow of it at 95%; null where the server does not say. */
  spectral_radius_within: Within | null;
  spectral_radius_words: string;
  long_run: { per_day: number[] } | { why: string };
  warnings: string[];
  left_out: { words: string; n: number }[];
  replies: {
    replies: StatedReply[];
    found: number;
    share_found: number | null;
    share_by_chance: number | null;
    share_by_chance_95: number | null;
    /** Found where one stream is shifted against the other; null where that cannot be. */
    share_by_shift: number | null;
    share_by_shift_95: number | null;
    of_one_day: number;
    reversed: number;
    without_event: number;
  } | null;
}

export function readCycles(answer: unknown): Cycles {
  const told = record(answer, "cycles");
  const choices = record(told.choices, "baselines of cycles");
  const chosen = number(choices.chosen_knots);
  const baseline = (raw: Raw): Baseline => ({
    isConstant: raw.baseline === "constant",
    isChosen: number(raw.knots) === chosen,
    knots: number(raw.knots) ?? 0,
    held_out: number(raw.held_out) ?? 0,
    weight: number(raw.weight) ?? 0,
    branching: list(raw.branching).map(numbers),
    spectral_radius: number(raw.spectral_radius) ?? 0,
  });
  const over_time = new Map(records(told.over_time).map((raw) => [text(raw.stream), records(raw.periods).map(period)]));
  const long = record(told.long_run ?? {}, "the long run");
  const { replies } = told;
  return {
    title: text(told.title) ?? "",
    isAttackAndReply: told.language === "attack_and_reply",
    isDaily: told.resolution === "daily",
    first_day: text(told.first_day),
    span_days: number(told.span_days) ?? 0,
    baselines: [record(choices.constant, "the constant baseline"), ...records(choices.varying)].map(baseline),
    streams: recordsIn(told, "streams", "cycles").map((raw) => {
      const fit = record(raw.goodness ?? {}, "the fit");
      const name = text(raw.name) ?? "";
      return {
        name,
        events: number(raw.events) ?? 0,
        periods: over_time.get(name) ?? [],
        half_life: within(raw.half_life_days),
        share_by_itself: number(raw.share_by_itself) ?? 0,
        fit_p: number(fit.p_value),
        dispersion: number(fit.dispersion),
      };
    }),
    entries: records(told.entries).map((raw) => ({
      of: text(raw.of) ?? "",
      by: text(raw.by) ?? "",
      branching: within(raw.branching) ?? { best: 0, low: 0, high: null },
      is_told: raw.is_told === true,
      words: text(raw.words) ?? "",
    })),
    spectral_radius: number(told.spectral_radius) ?? 0,
    spectral_radius_within: within(told.spectral_radius_within),
    spectral_radius_words: text(told.spectral_radius_words) ?? "",
    long_run: Array.isArray(long.events_per_day)
      ? { per_day: numbers(long.events_per_day) }
      : { why: text(long.none) ?? "the server does not say why" },
    warnings: texts(told.warnings),
    left_out: counts(told.not_placed).flatMap(([name, n]) =>
      n > 0 ? [{ words: LEFT_OUT[name] ?? name.replace(/_/g, " "), n }] : [],
    ),
    replies: isRecord(replies)
      ? {
          replies: records(replies.replies).map((raw) => ({
            earlier: text(raw.earlier) ?? "",
            later: text(raw.later) ?? "",
            lag_days: number(raw.lag_days) ?? 0,
            probability: number(raw.probability) ?? 0,
            stream_probability: number(raw.stream_probability) ?? 0,
            is_found: raw.is_found === true,
          })),
          found: number(replies.found) ?? 0,
          share_found: number(replies.share_found),
          share_by_chance: number(replies.share_by_chance),
          share_by_chance_95: number(replies.share_by_chance_95),
          share_by_shift: number(replies.share_by_shift),
          share_by_shift_95: number(replies.share_by_shift_95),
          of_one_day: number(replies.of_one_day) ?? 0,
          reversed: number(replies.reversed) ?? 0,
          without_event: number(replies.without_event) ?? 0,
        }
      : null,
  };
}

const period = (raw: Raw): Period => ({
  label: text(raw.label) ?? "",
  from: text(raw.from) ?? "",
  to: text(raw.to) ?? "",
  events: number(raw.events),
  by_itself: number(raw.by_itself),
  evidence: texts(raw.evidence),
});

const LEFT_OUT: Record<string, string> = {
  without_day: "left out, without a single known day",
  outside: "left out, outside the days that are looked at",
  without_direction: "left out, of which nobody says who did it to whom",
  of_no_stream: "left out, of no stream that is shown",
  on_days_not_covered: "on days that nothing read covers: they excite what comes after, and are not accounted for",
};
