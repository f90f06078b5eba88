// What might come under packages of levers: the answer of /whatif.

import { type Raw, type Spread, ends, isRecord, list, number, record, records, recordsIn, text, texts } from "./raw";

/** What came in earlier episodes of a lever, over what was expected. */
export interface History {
  ratio: number;
  low: number;
  high: number;
  episodes: number;
  observed: [number, number] | null;
  placebo_share: number | null;
}

export interface LeverTold {
  text: string;
  isAssumed: boolean;
  /** "assumed", or from how many episodes. */
  label: string;
  low: number | null;
  high: number | null;
  /** The streams on which it acts. */
  on: string[];
  /** Episodes of it that are known, whether or not its strength rests on them. */
  known: number;
  history: History | null;
  /** The episodes that it was estimated from. */
  evidence: string[];
}

export interface Course {
  stream: string;
  total: Spread;
  days_each: number;
  steps: (Spread & { day: string })[];
}

export interface Contrast {
  against: string;
  stream: string;
  fewer: number | null;
  more: number | null;
  difference: Spread | null;
  words: string;
}

export interface PackageTold {
  name: string;
  levers: LeverTold[];
  courses: Course[];
  contrasts: Contrast[];
  flags: string[];
}

interface Expert {
  lever: string;
  who: string;
  says: string;
  agrees: boolean | null;
  evidence: string[];
}

export interface LongRun {
  package: string;
  spectral_radius: number;
  streams: { stream: string; reckoned: number; simulated: number; agrees: boolean }[];
}

/** A day or a week before, with what was counted in it. */
interface PastStep {
  day: string;
  /** Null where no day of it was observed. */
  n: number | null;
  evidence: string[];
}

export interface WhatIf {
  title: string;
  isAttackAndReply: boolean;
  first_day: string | null;
  days: number;
  futures: number;
  /** Of each stream what was counted before, in steps as long as those of the courses. */
  past: Map<string, PastStep[]>;
  /** How what is without levers is called. */
  none: string;
  no_lever: Course[];
  packages: PackageTold[];
  experts: Expert[];
  checks: LongRun[];
  /** What history does not bear in all of it; then what to heed of the fit. */
  flags: string[];
  warnings: string[];
}

const ALL = "all together";
const DAY_MS = 86_400_000;
/** Weeks, where there are so many of them; else days. */
const WEEKS = 4;

export function readWhatIf(answer: unknown): WhatIf {
  const told = record(answer, "what-if");
  const outcomes = recordsIn(told, "outcomes", "what-if");
  const [without, ...packages] = outcomes;
  const streams = texts(told.streams);
  const first_day = text(told.first_day);
  const days = number(told.days) ?? 0;
  const step = days >= 7 * WEEKS ? 7 : 1;
  // Of a single stream "all together" says the same again.
  const isShown = (stream: unknown) => text(stream) !== null || streams.length > 1;
  const courses = (raw: Raw): Course[] =>
    records(raw.totals).flatMap((one) => {
      const total = spread(one.events);
      if (!total || !isShown(one.stream)) return [];
      const fan = records(step === 7 ? raw.weekly : raw.daily).find(({ stream }) => stream === one.stream);
      const steps = records(fan?.steps).flatMap((each, i) => {
        const foretold = spread(each);
        return foretold ? [{ ...foretold, day: dayAt(first_day, i * step) }] : [];
      });
      return [{ stream: text(one.stream) ?? ALL, total, days_each: step, steps }];
    });
  const contrasts = records(told.contrasts);
  const flags = records(told.flags);
  return {
    title: text(told.title) ?? "",
    isAttackAndReply: told.language === "attack_and_reply",
    first_day,
    days,
    futures: number(told.futures) ?? 0,
    past: pastOf(streams, list(told.past).map(records), first_day, step),
    none: text(without?.package) ?? "no lever",
    no_lever: without ? courses(without) : [],
    packages: packages.map((raw) => {
      const name = text(raw.package) ?? "";
      return {
        name,
        levers: records(raw.levers).map(lever),
        courses: courses(raw),
        contrasts: contrasts
          .filter((one) => one.package === name && isShown(one.stream))
          .map((one) => ({
            against: text(one.against) ?? "",
            stream: text(one.stream) ?? ALL,
            fewer: number(one.fewer),
            more: number(one.more),
            difference: spread(one.difference),
            words: text(one.words) ?? "",
          })),
        flags: flags.flatMap((flag) => (flag.package === name ? (text(flag.words) ?? []) : [])),
      };
    }),
    experts: records(told.judgements).map((raw) => ({
      lever: text(raw.lever) ?? "",
      who: text(raw.who) ?? "not said",
      says: text(raw.says) ?? "",
      agrees: typeof raw.agrees === "boolean" ? raw.agrees : null,
      evidence: texts(raw.evidence),
    })),
    checks: records(told.checks).map((raw) => ({
      package: text(raw.package) ?? "",
      spectral_radius: number(raw.spectral_radius) ?? 0,
      streams: records(raw.streams).map((one) => ({
        stream: text(one.stream) ?? "",
        reckoned: number(one.reckoned) ?? 0,
        simulated: number(one.simulated) ?? 0,
        agrees: one.agrees === true,
      })),
    })),
    flags: flags.flatMap((flag) => (text(flag.package) === null ? (text(flag.words) ?? []) : [])),
    warnings: texts(told.warnings),
  };
}

function lever(raw: Raw): LeverTold {
  const estimated = isRecord(raw.basis) && isRecord(raw.basis.estimated) ? number(raw.basis.estimated.episodes) : null;
  return {
    text: text(raw.lever) ?? "",
    // What does not say that it was estimated counts as assumed.
    isAssumed: estimated === null,
    label: estimated === null ? "assumed" : `estimated from ${estimated} ${estimated === 1 ? "episode" : "episodes"}`,
    low: number(raw.low),
    high: number(raw.high),
    on: texts(raw.on),
    known: number(raw.known) ?? 0,
    history: isRecord(raw.effect) ? history(raw.effect) : null,
    evidence: texts(raw.evidence),
  };
}

function history(raw: Raw): History | null {
  const log = number(raw.log_ratio);
  const interval = ends(raw);
  if (log === null || !interval) return null;
  return {
    ratio: Math.exp(log),
    low: interval[0],
    high: interval[1],
    episodes: records(raw.windows).length,
    observed: ends(raw.observed),
    placebo_share: number(raw.placebo_share),
  };
}

/** The last days before the first one, as many as lie ahead at most, in steps that end with the day before it. */
function pastOf(streams: string[], seen: Raw[][], first_day: string | null, step: number): Map<string, PastStep[]> {
  const steps = (days: Raw[][]): PastStep[] => {
    const long = Math.max(0, ...days.map((each) => each.length));
    const n = Math.min(step === 7 ? 8 : 14, Math.floor(long / step));
    return Array.from({ length: n }, (_, i) => {
      const from = long - (n - i) * step;
      const within = days.flatMap((each) => each.slice(from, from + step));
      const observed = within.flatMap(({ events }) => number(events) ?? []);
      return {
        day: dayAt(first_day, from - long),
        n: observed.length ? observed.reduce((sum, events) => sum + events, 0) : null,
        evidence: within.flatMap((day) => texts(day.evidence)),
      };
    });
  };
  const past = new Map(streams.map((stream, i) => [stream, steps([seen[i] ?? []])]));
  if (streams.length > 1) past.set(ALL, steps(seen));
  return past;
}

/** A day so many after the first one; without a calendar, its number. */
function dayAt(first: string | null, after: number): string {
  const begin = first === null ? Number.NaN : Date.parse(first);
  return Number.isNaN(begin) ? `day ${after + 1}` : new Date(begin + after * DAY_MS).toISOString().slice(0, 10);
}

function spread(raw: unknown): Spread | null {
  if (!isRecord(raw)) return null;
  const [median, low90, high90] = [number(raw.median), number(raw.low_90), number(raw.high_90)];
  if (median === null || low90 === null || high90 === null) return null;
  return { median, low50: number(raw.low_50) ?? median, high50: number(raw.high_50) ?? median, low90, high90 };
}
