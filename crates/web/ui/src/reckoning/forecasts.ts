// Deaths to come, and the record of what was foretold: the answers of /forecast and /forecast/record.

import { type Raw, type Spread, counts, ends, isRecord, number, numbers, record, records, recordsIn, text, texts } from "./raw";

interface PastMonth {
  month: string;
  deaths: number | null;
  evidence: string[];
}

interface MonthAhead extends Spread {
  month: string;
  lead: number;
  chance_any: number | null;
  chance_25: number | null;
  outcome: number | null;
  /** What the outcome rests on. */
  evidence: string[];
}

export interface UnitForecast {
  unit: string;
  as_of_month: string;
  past: PastMonth[];
  months: MonthAhead[];
  /** Whether this way of forecasting was shown to be better, in a sentence. */
  shown: string;
}

export interface Forecast {
  title: string;
  model: string;
  data: string;
  units: UnitForecast[];
  /** Whether it beat every baseline on months held out; null where that was not tried. */
  isShown: boolean | null;
}

/** A forecast that was kept; its outcome is null while its month has not come. */
export interface KeptForecast extends Spread {
  unit: string;
  model: string;
  issued: string;
  as_of_month: string;
  month: string;
  lead: number;
  outcome: number | null;
  isMiss: boolean;
  crps: number | null;
  evidence: string[];
}

export interface BesideBaseline {
  name: string;
  crps: number | null;
  /** Ours less its, with its 95% interval; below 0 ours is better. */
  difference: { best: number; low: number; high: number; verdict: "better" | "worse" | "not shown" } | null;
  lacking: number;
}

export interface ForecastRecord {
  title: string;
  models: [string, number][];
  data: [string, number][];
  forecasts: KeptForecast[];
  due: number;
  misses: number;
  /** Mean CRPS of ours; null where nothing has come due. */
  crps: number | null;
  baselines: BesideBaseline[];
  calibration: {
    left_out: number;
    /** Shares of outcomes in ten equal parts of what was foretold. */
    histogram: number[];
    coverage: { claimed: number; held: number }[];
  } | null;
}

export function readForecast(answer: unknown): Forecast {
  const told = record(answer, "forecasts");
  const { held_out } = told;
  const verdicts = isRecord(held_out)
    ? records(held_out.against).map(({ crps }) => (isRecord(crps) ? crps.verdict : null))
    : [];
  return {
    title: text(told.title) ?? "",
    model: text(told.model) ?? "not said",
    data: text(told.data) ?? "not said",
    units: recordsIn(told, "units", "forecasts").map((raw) => ({
      unit: text(raw.unit) ?? "",
      as_of_month: text(raw.as_of) ?? "",
      past: records(raw.past).map(count),
      months: records(raw.ahead).flatMap((one) => {
        const foretold = spread(one);
        const outcome = isRecord(one.outcome) ? count(one.outcome) : null;
        return foretold
          ? {
              ...foretold,
              month: text(one.month) ?? "",
              lead: number(one.lead_months) ?? 0,
              chance_any: number(one.chance_of_any),
              chance_25: number(one.chance_of_25),
              outcome: outcome?.deaths ?? null,
              evidence: outcome?.evidence ?? [],
            }
          : [];
      }),
      shown: text(raw.shown) ?? "",
    })),
    isShown: verdicts.length === 0 ? null : verdicts.every((one) => one === "better"),
  };
}

export function readForecastRecord(answer: unknown): ForecastRecord {
  const told = record(answer, "the record of forecasts");
  const resolved = recordsIn(told, "resolved", "the record of forecasts");
  const { calibration } = told;
  return {
    title: text(told.title) ?? "",
    models: counts(told.models),
    data: counts(told.data),
    forecasts: [...resolved, ...records(told.open)].flatMap(kept),
    due: resolved.length,
    misses: number(told.misses) ?? 0,
    crps: isRecord(told.means) ? number(told.means.crps) : null,
    baselines: records(told.baselines).map((raw) => ({
      name: text(raw.name) ?? "",
      crps: isRecord(raw.means) ? number(raw.means.crps) : null,
      difference: isRecord(raw.against) && isRecord(raw.against.crps) ? difference(raw.against.crps) : null,
      lacking: number(raw.lacking) ?? 0,
    })),
    calibration: isRecord(calibration)
      ? {
          left_out: number(calibration.left_out) ?? 0,
          histogram: numbers(calibration.histogram),
          coverage: records(calibration.coverage).flatMap((raw) => {
            const [claimed, held] = [number(raw.claimed), number(raw.found)];
            return claimed === null || held === null ? [] : [{ claimed, held }];
          }),
        }
      : null,
  };
}

function difference(raw: Raw): BesideBaseline["difference"] {
  const best = number(raw.difference);
  const interval = ends(raw.within);
  const verdict = raw.verdict === "better" || raw.verdict === "worse" ? raw.verdict : "not shown";
  return best === null || !interval ? null : { best, low: interval[0], high: interval[1], verdict };
}

const count = (raw: Raw): PastMonth => ({
  month: text(raw.month) ?? "",
  deaths: number(raw.deaths),
  evidence: texts(raw.evidence),
});

function kept(raw: Raw): KeptForecast[] {
  const foretold = spread(raw);
  const came = isRecord(raw.outcome) ? count(raw.outcome) : null;
  const [as_of_month, month] = [text(raw.as_of) ?? "", came?.month ?? text(raw.month) ?? ""];
  if (!foretold) return [];
  return [
    {
      ...foretold,
      unit: text(raw.unit) ?? "",
      model: text(raw.model) ?? "not said",
      issued: text(raw.issued) ?? "",
      as_of_month,
      month,
      lead: monthNumber(month) - monthNumber(as_of_month),
      outcome: came?.deaths ?? null,
      isMiss: raw.is_miss === true,
      crps: number(raw.crps),
      evidence: came?.evidence ?? [],
    },
  ];
}

function monthNumber(month: string): number {
  const [year = 0, of_year = 0] = month.split("-").map(Number);
  return year * 12 + of_year;
}

function spread(raw: Raw): Spread | null {
  const median = number(raw.median_deaths);
  const [fifty, ninety] = [ends(raw.within_50_deaths), ends(raw.within_90_deaths)];
  if (median === null || !ninety) return null;
  const [low50, high50] = fifty ?? [median, median];
  return { median, low50, high50, low90: ninety[0], high90: ninety[1] };
}
