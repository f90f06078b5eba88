// What the routes /cycles, /forecast, /forecast/record and /whatif answer, as these pages use it. Everything that knows the
// server's names stands in this one file; what is missing is null or empty, never 0.

type Raw = Record<string, unknown>;

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

export interface Baseline {
  isConstant: boolean;
  isChosen: boolean;
  knots: number;
  held_out: number;
  weight: number;
  branching: number[][];
  spectral_radius: number;
}

export interface CycleStream {
  name: string;
  events: number;
  evidence: string[];
  half_life: Within | null;
  share_by_itself: number;
  fit_p: number | null;
  dispersion: number | null;
}

export interface Entry {
  of: string;
  by: string;
  branching: Within;
  p_value: number;
  is_told: boolean;
  words: string;
}

export interface StatedReply {
  earlier: string;
  later: string;
  lag_days: number;
  probability: number;
  stream_probability: number;
  is_found: boolean;
}

export interface Cycles {
  isAttackAndReply: boolean;
  isDaily: boolean;
  first_day: string | null;
  span_days: number;
  /** The constant one first; never without one that moves. */
  baselines: Baseline[];
  streams: CycleStream[];
  entries: Entry[];
  spectral_radius: number;
  long_run: { per_day: number[] } | { why: string };
  warnings: string[];
  left_out: { words: string; n: number }[];
  replies: {
    replies: StatedReply[];
    found: number;
    share_found: number | null;
    share_by_chance: number | null;
    share_by_chance_95: number | null;
    of_one_day: number;
  } | null;
}

export interface PastMonth {
  month: string;
  deaths: number | null;
  evidence: string[];
}

export interface MonthAhead extends Spread {
  month: string;
  lead: number;
  chance_any: number | null;
  chance_25: number | null;
  outcome: number | null;
}

export interface UnitForecast {
  unit: string;
  past: PastMonth[];
  months: MonthAhead[];
  held_out: { words: string; is_shown: boolean } | null;
}

export interface Forecast {
  forecaster: string;
  as_of_month: string;
  units: UnitForecast[];
}

export interface PastForecast {
  unit: string;
  as_of_month: string;
  month: string;
  lead: number;
  median: number;
  low90: number;
  high90: number;
  outcome: number | null;
  crps: number | null;
  baseline_crps: number | null;
  evidence: string[];
}

export interface ForecastRecord {
  forecasts: PastForecast[];
  scores: { n: number; crps: number | null; baseline_crps: number | null; words: string } | null;
  /** Shares of outcomes in ten equal parts of what was foretold. */
  pit: number[];
  coverage: { claimed: number; held: number }[];
}

export interface LeverTold {
  text: string;
  isAssumed: boolean;
  /** "assumed", or from how many episodes. */
  label: string;
  low: number | null;
  high: number | null;
  flags: string[];
  /** The episodes that it was estimated from. */
  evidence: string[];
}

export interface Course {
  stream: string;
  total: Spread;
  days: (Spread & { day: string })[];
}

export interface Contrast {
  stream: string;
  fewer_share: number | null;
  difference: Spread | null;
  ratio: Spread | null;
  words: string;
}

export interface PackageTold {
  name: string;
  levers: LeverTold[];
  streams: Course[];
  contrasts: Contrast[];
  flags: string[];
}

export interface Expert {
  lever: string;
  who: string;
  says: string;
  agrees: boolean | null;
  evidence: string[];
}

export interface WhatIf {
  packages: PackageTold[];
  no_lever: Course[];
  experts: Expert[];
  analytic: ({ stream: string; per_day: number } | null)[];
  words: string;
}

export function readCycles(answer: unknown): Cycles {
  const told = record(answer, "cycles");
  // With or without an envelope of its own around the report.
  const report = told.report === undefined ? told : record(told.report, "cycles");
  const choices = record(report.choices, "baselines of cycles");
  const chosen = number(choices.chosen_knots);
  const baseline = (raw: Raw): Baseline => ({
    isConstant: raw.baseline === "constant",
    isChosen: number(raw.knots) === chosen,
    knots: number(raw.knots) ?? 0,
    held_out: number(raw.held_out) ?? 0,
    weight: number(raw.weight) ?? 0,
    branching: list(raw.branching).map((row) => list(row).map((one) => number(one) ?? 0)),
    spectral_radius: number(raw.spectral_radius) ?? 0,
  });
  const long = record(report.long_run ?? {}, "the long run");
  const replies = told.replies ?? report.replies;
  const unplaced = told.unplaced ?? report.unplaced;
  return {
    isAttackAndReply: report.language === "attack_and_reply",
    isDaily: report.resolution === "daily",
    first_day: text(report.first_day),
    span_days: number(report.span_days) ?? 0,
    baselines: [record(choices.constant, "the constant baseline"), ...records(choices.varying)].map(baseline),
    streams: records(report.streams).map((raw) => {
      const fit = record(raw.goodness ?? {}, "the fit");
      return {
        name: text(raw.name) ?? "",
        events: number(raw.events) ?? 0,
        evidence: texts(raw.evidence),
        half_life: within(raw.half_life_days),
        share_by_itself: number(raw.share_by_itself) ?? 0,
        fit_p: number(fit.p_value),
        dispersion: number(fit.dispersion),
      };
    }),
    entries: records(report.entries).map((raw) => ({
      of: text(raw.of) ?? "",
      by: text(raw.by) ?? "",
      branching: within(raw.branching) ?? { best: 0, low: 0, high: null },
      p_value: number(raw.p_value) ?? 1,
      is_told: raw.is_told === true,
      words: text(raw.words) ?? "",
    })),
    spectral_radius: number(report.spectral_radius) ?? 0,
    long_run: Array.isArray(long.events_per_day)
      ? { per_day: long.events_per_day.map((one) => number(one) ?? 0) }
      : { why: text(long.none) ?? "the server does not say why" },
    warnings: texts(report.warnings),
    left_out: isRecord(unplaced)
      ? LEFT_OUT.flatMap(([name, words]) => {
          const n = number(unplaced[name]);
          return n ? [{ words, n }] : [];
        })
      : [],
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
          of_one_day: number(replies.of_one_day) ?? 0,
        }
      : null,
  };
}

const LEFT_OUT: [string, string][] = [
  ["without_day", "without a single known day"],
  ["outside", "outside the days that are looked at"],
  ["without_direction", "of which nobody says who did it to whom"],
  ["of_no_stream", "of no stream that is shown"],
];

export function readForecast(answer: unknown): Forecast {
  const told = record(answer, "forecasts");
  return {
    forecaster: text(told.forecaster) ?? "not said",
    as_of_month: text(told.as_of_month) ?? "",
    units: records(told.units).map((raw) => ({
      unit: text(raw.unit) ?? "",
      past: records(raw.past).map((one) => ({
        month: text(one.month) ?? "",
        deaths: number(one.deaths),
        evidence: texts(one.evidence),
      })),
      months: records(raw.months).flatMap((one) => {
        const foretold = spread(one);
        return foretold
          ? {
              ...foretold,
              month: text(one.month) ?? "",
              lead: number(one.lead) ?? 0,
              chance_any: number(one.chance_any),
              chance_25: number(one.chance_25),
              outcome: number(one.outcome),
            }
          : [];
      }),
      held_out: isRecord(raw.held_out)
        ? { words: text(raw.held_out.words) ?? "", is_shown: raw.held_out.is_shown === true }
        : null,
    })),
  };
}

export function readForecastRecord(answer: unknown): ForecastRecord {
  const told = record(answer, "the record of forecasts");
  return {
    forecasts: records(told.forecasts).map((raw) => ({
      unit: text(raw.unit) ?? "",
      as_of_month: text(raw.as_of_month) ?? "",
      month: text(raw.month) ?? "",
      lead: number(raw.lead) ?? 0,
      median: number(raw.median) ?? 0,
      low90: number(raw.low90) ?? 0,
      high90: number(raw.high90) ?? 0,
      outcome: number(raw.outcome),
      crps: number(raw.crps),
      baseline_crps: number(raw.baseline_crps),
      evidence: texts(raw.evidence),
    })),
    scores: isRecord(told.scores)
      ? {
          n: number(told.scores.n) ?? 0,
          crps: number(told.scores.crps),
          baseline_crps: number(told.scores.baseline_crps),
          words: text(told.scores.words) ?? "",
        }
      : null,
    pit: list(told.pit).map((one) => number(one) ?? 0),
    coverage: records(told.coverage).flatMap((raw) => {
      const [claimed, held] = [number(raw.claimed), number(raw.held)];
      return claimed === null || held === null ? [] : [{ claimed, held }];
    }),
  };
}

export function readWhatIf(answer: unknown): WhatIf {
  const told = record(answer, "what-if");
  const courses = (raw: unknown): Course[] =>
    records(raw).flatMap((one) => {
      const total = spread(one.total);
      const days = records(one.days).flatMap((day) => {
        const foretold = spread(day);
        return foretold ? [{ ...foretold, day: text(day.day) ?? String(number(day.day) ?? "") }] : [];
      });
      return total ? [{ stream: text(one.stream) ?? "", total, days }] : [];
    });
  const none = told.no_lever;
  return {
    packages: records(told.packages).map((raw) => ({
      name: text(raw.name) ?? "",
      levers: records(raw.levers).map((lever) => {
        const label = text(lever.label) ?? "assumed";
        return {
          text: text(lever.text) ?? "",
          // What does not say that it was estimated counts as assumed.
          isAssumed: !label.startsWith("estimated"),
          label,
          low: number(lever.low),
          high: number(lever.high),
          flags: texts(lever.flags),
          evidence: texts(lever.evidence),
        };
      }),
      streams: courses(raw.streams),
      contrasts: records(raw.contrasts).map((one) => ({
        stream: text(one.stream) ?? "",
        fewer_share: number(one.fewer_share),
        difference: spread(one.difference),
        ratio: spread(one.ratio),
        words: text(one.words) ?? "",
      })),
      flags: texts(raw.flags),
    })),
    no_lever: courses(isRecord(none) ? none.streams : none),
    experts: records(told.experts).map((raw) => ({
      lever: text(raw.lever) ?? "",
      who: text(raw.who) ?? "not said",
      says: text(raw.says) ?? "",
      agrees: typeof raw.agrees === "boolean" ? raw.agrees : null,
      evidence: texts(raw.evidence),
    })),
    analytic: list(told.analytic).map((one) => {
      const per_day = isRecord(one) ? number(one.per_day) : null;
      return isRecord(one) && per_day !== null ? { stream: text(one.stream) ?? "", per_day } : null;
    }),
    words: text(told.words) ?? "",
  };
}

function spread(raw: unknown): Spread | null {
  if (!isRecord(raw)) return null;
  const [median, low50, high50, low90, high90] = [
    number(raw.median),
    number(raw.low50),
    number(raw.high50),
    number(raw.low90),
    number(raw.high90),
  ];
  if (median === null || low90 === null || high90 === null) return null;
  return { median, low50: low50 ?? median, high50: high50 ?? median, low90, high90 };
}

function within(raw: unknown): Within | null {
  if (!isRecord(raw)) return null;
  const best = number(raw.best);
  return best === null ? null : { best, low: number(raw.low) ?? 0, high: number(raw.high) };
}

const isRecord = (value: unknown): value is Raw => value !== null && typeof value === "object" && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const records = (value: unknown): Raw[] => list(value).filter(isRecord);
const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const texts = (value: unknown): string[] => list(value).filter((one): one is string => typeof one === "string");

function record(value: unknown, what: string): Raw {
  if (isRecord(value)) return value;
  throw new Error(
    `The server's answer about ${what} has not the form that this page knows. Is the page as new as the server?`,
  );
}
