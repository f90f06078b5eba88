import { describe, expect, test } from "vitest";
import { readCycles, readForecast, readForecastRecord, readWhatIf } from "../src/reckoning";
import { cycles, forecast, record, whatif } from "./reckonings.mjs";

describe("cycles", () => {
  test("the constant baseline is labelled and never alone", () => {
    const { baselines } = readCycles(cycles());
    expect(baselines.map((one) => [one.knots, one.isConstant, one.isChosen])).toEqual([
      [1, true, false],
      [2, false, false],
      [3, false, true],
      [5, false, false],
    ]);
  });

  test("an interval without an upper end stays one", () => {
    const told = cycles();
    told.entries[0].branching = { best: 0.4, low: 0.1, high: null };
    expect(readCycles(told).entries[0].branching).toEqual({ best: 0.4, low: 0.1, high: null });
    expect(readCycles(told).streams[1].half_life).toBeNull();
  });

  test("a long run that is none says why", () => {
    const told = { ...cycles(), long_run: { none: "the process never comes to rest" } };
    expect(readCycles(told).long_run).toEqual({ why: "the process never comes to rest" });
  });

  test("each stream has its periods with their evidence; what was not observed is null", () => {
    const [, second] = readCycles(cycles(undefined, ["clm_a"])).streams;
    expect(second.periods.map(({ label, events, evidence }) => [label, events, evidence])).toEqual([
      ["2024-12", 17, ["clm_a"]],
      ["2025-01", null, []],
      ["2025-02", 17, ["clm_a"]],
    ]);
  });

  test("stated replies have two chances beside them, of which the second may be none", () => {
    const told = cycles();
    const chances = ({ replies }) => [replies?.share_by_chance, replies?.share_by_shift, replies?.share_by_shift_95];
    expect(chances(readCycles(told))).toEqual([0.12, 0.1, 0.2]);
    Object.assign(told.replies, { share_by_shift: null, share_by_shift_95: null });
    expect(chances(readCycles(told))).toEqual([0.12, null, null]);
  });

  test("what is left out is told by why", () => {
    expect(readCycles(cycles()).left_out.map(({ n }) => n)).toEqual([12, 3, 40, 1]);
  });
});

describe("forecasts", () => {
  test("what is not known is null: a month before, an outcome, a chance", () => {
    const told = forecast(2);
    delete told.units[0].ahead[0].chance_of_any;
    const { units } = readForecast(told);
    expect([units[1].past[5].deaths, units[0].months[0].chance_any, units[1].months[0].outcome]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("better than one baseline is not better than each; untried is neither", () => {
    expect(readForecast(forecast()).isShown).toBe(false);
    expect(readForecast({ ...forecast(), held_out: null }).isShown).toBeNull();
    const told = forecast();
    told.held_out.against.pop();
    expect(readForecast(told).isShown).toBe(true);
  });

  test("an outcome has what it rests on", () => {
    const [first] = readForecast(forecast(2, ["Pakistan"], ["clm_a"])).units[0].months;
    expect([first.outcome, first.evidence, first.low90, first.high90]).toEqual([88, ["clm_a"], 24, 208]);
  });
});

describe("the record", () => {
  const read = readForecastRecord(record());

  test("keeps misses as it keeps hits, and what is open", () => {
    expect([read.forecasts.length, read.due, read.forecasts.filter((one) => one.isMiss).length]).toEqual([
      180,
      174,
      read.misses,
    ]);
    expect(read.misses).toBeGreaterThan(0);
    const open = read.forecasts.filter((one) => one.outcome === null);
    expect(open.map((one) => one.lead)).toEqual([1, 3, 6, 1, 3, 6]);
  });

  test("stands beside baselines, one of which has nothing to say", () => {
    expect(read.baselines.map((one) => [one.name, one.crps, one.difference?.verdict ?? null])).toEqual([
      ["weighted_3", 13.57, "not shown"],
      ["zero", 41.2, "better"],
      ["conflictology", null, null],
    ]);
    expect([read.calibration?.histogram.length, read.calibration?.coverage.length]).toEqual([10, 4]);
  });

  test("is empty where nothing has come due", () => {
    const none = readForecastRecord({ resolved: [], misses: 0, open: [], means: null, calibration: null, baselines: [] });
    expect([none.forecasts, none.crps, none.calibration]).toEqual([[], null, null]);
  });
});

describe("what if", () => {
  test("assumed and estimated are told apart; what says neither is assumed", () => {
    const told = whatif(["a::ceasefire:14d=0.1..0.4+talks:PAK-AFG"]);
    delete told.outcomes[1].levers[0].basis;
    const levers = readWhatIf(told).packages[0].levers;
    expect(levers.map((one) => [one.isAssumed, one.label, one.history?.episodes ?? null])).toEqual([
      [true, "assumed", null],
      [false, "estimated from 12 episodes", 12],
    ]);
  });

  test("no lever comes first and apart; flags go to their package; an analyst may be of no side", () => {
    const read = readWhatIf(whatif(["a::ceasefire:14d=0.1..0.4", "b::talks:PAK-TTP=0.9"]));
    expect([read.none, read.no_lever.length, read.packages.map(({ name }) => name)]).toEqual([
      "no lever",
      3,
      ["a", "b"],
    ]);
    expect([read.packages[0].flags.length, read.packages[1].flags.length, read.flags.length]).toEqual([1, 0, 1]);
    expect(read.packages[1].contrasts.map((one) => one.against)).toEqual([...Array(3).fill("no lever"), ...Array(3).fill("a")]);
    expect(read.experts.map((one) => one.agrees)).toEqual([false, null]);
  });

  test("long horizons go by the week, with the weeks before; short ones by the day", () => {
    const { no_lever, past } = readWhatIf(whatif(undefined, 90, ["clm_1"]));
    expect([no_lever[0].days_each, no_lever[0].steps.length, no_lever[0].steps[1].day]).toEqual([7, 12, "2025-11-20"]);
    expect([past.get("PAK → TTP")?.length, past.get("PAK → TTP")?.at(-1)]).toEqual([
      8,
      { day: "2025-11-06", n: 8, evidence: Array(7).fill("clm_1") },
    ]);
    expect(readWhatIf(whatif(undefined, 10)).no_lever[0].steps).toHaveLength(10);
  });

  test("a week before of which no day was observed is null; else the days that were count", () => {
    const { past } = readWhatIf(whatif(undefined, 90, ["clm_1"]));
    const first = (stream) => past.get(stream)?.slice(0, 2).map(({ n, evidence }) => [n, evidence.length]);
    expect(first("TTP → PAK")).toEqual([
      [null, 0],
      [5, 5],
    ]);
    expect(first("all together")?.[0]).toEqual(first("PAK → TTP")?.[0]);
  });

  test("of one stream nothing is told twice", () => {
    const told = { ...whatif(), streams: ["PAK → TTP"] };
    expect(readWhatIf(told).no_lever.some((one) => one.stream === "all together")).toBe(false);
  });
});

test.each([readCycles, readForecast, readForecastRecord, readWhatIf])(
  "%o: an answer of no known form says so",
  (read) => {
    expect(() => read("<html>")).toThrow(/form that this page knows/);
    expect(() => read({})).toThrow(/form that this page knows/);
  },
);
