// Made-up answers of /cycles, /forecast, /forecast/record and /whatif, in the server's form: for tests of what the pages read of
// them, and for looking at the screens. No number in here was ever observed.

/** Numbers that are the same each time. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

export const grounds = {
  asked: "about PAK, AFG",
  claims: 406,
  reports: 25,
  incidents: 179,
  published: ["2024-12-22", "2025-11-12"],
  publishers: { "Made-up Wire": 20 },
  languages: { en: 25 },
  method: "made up for the tests of the pages",
  caveats: ["Nothing here was observed."],
};

export const envelope = (answer, command) => ({ command, grounds, answer });

export function cycles(names = ["PAK → TTP", "TTP → PAK"], evidence = []) {
  const random = dice(7);
  const n = names.length;
  const matrix = (scale) => names.map(() => names.map(() => Number((random() * scale).toFixed(3))));
  const choice = (baseline, knots, weight, held_out, scale) => ({
    baseline,
    knots,
    held_out,
    weight,
    log_likelihood: held_out + 20,
    branching: matrix(scale),
    half_lives_days: names.map((_, i) => (i === 1 ? null : 2.4)),
    spectral_radius: scale * 0.8,
  });
  const entries = names.flatMap((of, i) =>
    names.map((by, j) => {
      const best = [0.42, 0.18, 0.31, 0.05, 0.6, 0][(i * n + j) % 6];
      const is_told = best > 0.3;
      const high = (i * n + j) % 5 === 3 ? null : best + 0.29;
      const low = Math.max(0, best - 0.24);
      const doubt = is_told ? "" : "; no more than chance gives";
      return {
        of,
        by,
        branching: { best, low, high },
        p_value: is_told ? 0.01 : 0.3,
        is_told,
        words: `an attack ${by} is followed by ${best.toFixed(2)} (${low.toFixed(2)} to ${high?.toFixed(2) ?? "more"}) attacks ${of}${doubt}`,
      };
    }),
  );
  const months = ["2024-12", "2025-01", "2025-02"];
  return {
    title: "Who to whom, about PAK, AFG",
    language: "attack_and_reply",
    resolution: "daily",
    first_day: "2024-12-22",
    span_days: 326,
    choices: {
      constant: choice("constant", 1, 0.08, -412.6, 0.9),
      varying: [
        choice("varying", 2, 0.2, -409.1, 0.7),
        choice("varying", 3, 0.6, -405.2, 0.5),
        choice("varying", 5, 0.12, -407.9, 0.4),
      ],
      chosen_knots: 3,
    },
    streams: names.map((name, i) => ({
      name,
      events: 41 - 7 * i,
      half_life_days: i === 1 ? null : { best: 2.4, low: 1.1, high: i ? null : 6.3 },
      share_by_itself: 0.58 + 0.1 * i,
      goodness: { compared: 326, distance: 0.06, p_value: i ? 0.02 : 0.61, dispersion: i ? 1.72 : 0.98 },
    })),
    entries,
    spectral_radius: 0.46,
    spectral_radius_within: { best: 0.46, low: 0.2, high: 0.9 },
    spectral_radius_words: "below 1, so that a cycle dies away",
    long_run: { events_per_day: names.map((_, i) => 0.21 - 0.04 * i) },
    warnings: [`${names[1]}: days vary 1.7 times as much as the model has it; intervals are widened`],
    over_time: names.map((stream, i) => ({
      stream,
      periods: months.map((label, m) => ({
        label,
        from: `${label}-01`,
        to: `${label}-28`,
        observed_days: m === 1 ? 0 : 28,
        events: m === 1 ? null : 20 - 3 * i,
        by_itself: m === 1 ? null : 11.5,
        evidence: m === 1 ? [] : evidence,
      })),
    })),
    not_placed: { without_day: 12, outside: 0, without_direction: 3, of_no_stream: 40, on_days_not_covered: 1 },
    replies: {
      threshold: 0.1,
      replies: evidence.slice(1).map((later, i) => ({
        earlier: evidence[0],
        later,
        lag_days: 2 + i,
        probability: i ? 0.04 : 0.22,
        stream_probability: 0.5,
        is_found: i === 0,
      })),
      found: 1,
      share_found: 0.5,
      share_by_chance: 0.12,
      share_by_chance_95: 0.24,
      share_by_shift: 0.1,
      share_by_shift_95: 0.2,
      median_lag_days: 2,
      median_lag_found_days: 2,
      of_one_day: 2,
      reversed: 1,
      without_event: 4,
    },
  };
}

const month = (from, by) => {
  const [year, number] = from.split("-").map(Number);
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
};

const range = (low, high) => ({ low, high });
const compared = (verdict) => ({
  cells: 180,
  ours: 12.66,
  theirs: 13.57,
  difference: -0.91,
  within: verdict === "better" ? [-2.83, -0.2] : [-2.83, 0.51],
  verdict,
});

export function forecast(leads = 6, units = ["Pakistan", "Afghanistan", "Xanadu"], evidence = []) {
  const random = dice(11);
  const last = "2025-11";
  const shown =
    "On 2023-01 to 2025-11, held out, stack was not shown to beat weighted_3 (mean CRPS 12.66 beside 13.57, difference -0.91; 95 %: -2.83 to +0.51).";
  return {
    title: "Deaths by month",
    model: "stack",
    data: "own, 2024-06 to 2025-11",
    units: units.map((unit, u) => {
      const level = [80, 24, 1][u % 3];
      return {
        unit,
        as_of: last,
        past: Array.from({ length: 18 }, (_, i) => ({
          month: month(last, i - 17),
          deaths: u === 1 && i === 5 ? null : Math.round(level * (0.3 + random() * 1.4)),
          evidence: i % 2 ? evidence.slice(0, 3) : [],
        })),
        ahead: Array.from({ length: leads }, (_, i) => {
          const spread = 1 + i * 0.25;
          return {
            lead_months: i + 1,
            month: month(last, i + 1),
            median_deaths: Math.round(level * 0.9),
            mean_deaths: level,
            within_50_deaths: range(Math.round(level * (0.7 / spread)), Math.round(level * 1.3 * spread)),
            within_90_deaths: range(Math.round(level * (0.3 / spread)), Math.round(level * 2.6 * spread)),
            chance_of_any: level > 10 ? 0.998 : 0.31,
            chance_of_25: level > 10 ? 0.9 : 0.004,
            outcome:
              u === 0 && i < 2
                ? { month: month(last, i + 1), deaths: Math.round(level * (i ? 4.4 : 1.1)), evidence }
                : null,
          };
        }),
        shown,
      };
    }),
    held_out: {
      model: "stack",
      as_of: ["2022-12"],
      first: "2023-01",
      last,
      cells: 180,
      against: [
        { baseline: "zero", crps: compared("better"), crps_log: compared("better") },
        { baseline: "weighted_3", crps: compared("not shown"), crps_log: compared("not shown") },
      ],
    },
  };
}

export function record(units = ["Pakistan", "Afghanistan"], evidence = []) {
  const random = dice(5);
  const all = units.flatMap((unit, u) =>
    [1, 3, 6].flatMap((lead) =>
      Array.from({ length: 30 }, (_, i) => {
        const level = u ? 22 : 75;
        const deaths = Math.round(level * random() * (i % 9 === 4 ? 4 : 1.6));
        const [low, high] = [Math.round(level * 0.2), Math.round(level * (1.6 + lead * 0.2))];
        const told = {
          issued: `${month("2023-05", i - lead + 1)}-02`,
          model: "stack",
          unit,
          as_of: month("2023-05", i - lead),
          median_deaths: Math.round(level * 0.8),
          within_90_deaths: range(low, high),
        };
        if (i === 29) return { ...told, month: month("2023-05", i) };
        return {
          ...told,
          outcome: { month: month("2023-05", i), deaths, evidence },
          within_50_deaths: range(Math.round(level * 0.5), level),
          is_miss: deaths < low || deaths > high,
          crps: 4 + random() * 20,
          crps_log: 0.4,
          ignorance_bits: 5.1,
          interval_score: 160,
          caveat: null,
        };
      }),
    ),
  );
  const resolved = all.filter((one) => one.outcome).sort((a, b) => Number(b.is_miss) - Number(a.is_miss));
  const means = { cells: resolved.length, crps: 12.66, crps_log: 0.61, ignorance: 5.2, interval_score: 158 };
  const calibration = {
    cells: resolved.length - 2,
    left_out: 2,
    histogram: [0.11, 0.1, 0.09, 0.09, 0.09, 0.09, 0.1, 0.1, 0.1, 0.13],
    coverage: [
      { claimed: 0.5, found: 0.65, width_deaths: 30 },
      { claimed: 0.8, found: 0.84, width_deaths: 62 },
      { claimed: 0.9, found: 0.91, width_deaths: 88 },
      { claimed: 0.95, found: 0.93, width_deaths: 110 },
    ],
  };
  const against = (baseline, verdict) => ({ baseline, crps: compared(verdict), crps_log: compared(verdict) });
  return {
    title: "Forecasts of deaths by month since December 2022",
    models: { stack: all.length },
    data: { "own, 2021-01 to 2025-11": all.length },
    resolved,
    misses: resolved.filter((one) => one.is_miss).length,
    open: all.filter((one) => !one.outcome),
    means,
    calibration,
    baselines: [
      { name: "weighted_3", means: { ...means, crps: 13.57 }, against: against("weighted_3", "not shown"), calibration, lacking: 0 },
      { name: "zero", means: { ...means, crps: 41.2 }, against: against("zero", "better"), calibration: null, lacking: 0 },
      { name: "conflictology", means: null, against: null, calibration: null, lacking: resolved.length },
    ],
  };
}

export function whatif(packages = ["truce::ceasefire:14d=0.1..0.4"], days = 90, evidence = []) {
  const streams = ["PAK → TTP", "TTP → PAK"];
  const spread = (median) => ({
    mean: median * 1.1,
    median,
    low_50: median * 0.75,
    high_50: median * 1.3,
    low_90: median * 0.4,
    high_90: median * 2.1,
  });
  const whole = (median) =>
    Object.fromEntries(Object.entries(spread(median)).map(([name, n]) => [name, Math.round(n)]));
  const each = [null, ...streams];
  const level = (stream) => (stream === null ? 60 : stream === streams[0] ? 34 : 26);
  const fans = (factor, days_each) =>
    each.map((stream) => ({
      stream,
      days_each,
      steps: Array.from({ length: Math.floor(days / days_each) }, () =>
        spread((level(stream) * factor * days_each) / days),
      ),
    }));
  const outcome = (name, text, levers, factor) => ({
    package: name,
    text,
    levers,
    totals: each.map((stream) => ({ stream, events: whole(level(stream) * factor) })),
    daily: fans(factor, 1),
    weekly: fans(factor, 7),
    capped: 0,
    endless: 0,
  });
  const named = packages.map((written) =>
    written.includes("::") ? written.split("::") : [written, written],
  );
  const lever = (text) => {
    const assumed = text.includes("=");
    const [low, high = low] = (text.split("=")[1] ?? "0.72..1.15").split("..").map(Number);
    return {
      lever: text,
      basis: assumed ? "assumed" : { estimated: { episodes: 12 } },
      low,
      high,
      on: streams,
      known: assumed ? 0 : 12,
      effect: assumed
        ? null
        : {
            windows: Array.from({ length: 12 }, (_, i) => ({ days: [i * 20, i * 20 + 14], came: 3, expected: 4 })),
            left_out: 0,
            log_ratio: -0.1,
            standard_error: 0.1,
            between: 0.05,
            low: 0.74,
            high: 1.1,
            placebo_share: 0.34,
            observed: [0.2, 1.9],
          },
    };
  };
  const contrast = (name, against, p) =>
    each.map((stream) => ({
      package: name,
      against,
      stream,
      difference: { mean: -9, median: -9 + p, low_50: -14, high_50: -4, low_90: -25, high_90: 4 },
      ratio: spread(0.6 + 0.2 * p),
      fewer: 0.83 - 0.1 * p,
      more: 0.12,
      words: "fewer in 83 of 100 futures; more are not ruled out",
    }));
  return {
    title: "Events about PAK, TTP",
    first_day: "2025-11-13",
    days,
    futures: 2000,
    seed: 1,
    language: "attack_and_reply",
    streams,
    // Of the second stream the first week that is shown was not observed, nor were two days of the next one.
    past: streams.map((_, s) =>
      Array.from({ length: 2 * days }, (_, i) => {
        const before = 2 * days - i;
        return s === 1 && before > 47 && before <= 56 ? { events: null, evidence: [] } : { events: (i + s) % 3, evidence };
      }),
    ),
    outcomes: [
      outcome("no lever", null, [], 1),
      ...named.map(([name, levers], p) => outcome(name, levers, levers.split(/[+ ]/).map(lever), 0.6 + 0.2 * p)),
    ],
    contrasts: named.flatMap(([name], p) => [
      ...contrast(name, "no lever", p),
      ...named.slice(0, p).flatMap(([before]) => contrast(name, before, p)),
    ]),
    checks: [
      {
        package: "no lever",
        spectral_radius: 0.46,
        streams: streams.map((stream) => ({ stream, reckoned: 0.37, simulated: 0.36, standard_error: 0.01, agrees: true })),
      },
      { package: named[0]?.[0], spectral_radius: 1.2, streams: [] },
    ],
    flags: [
      { package: named[0]?.[0], kind: "no_episode", words: "no episode of it is known" },
      { package: null, kind: "long_horizon", words: "the horizon is long beside what was looked at" },
    ],
    warnings: [],
    judgements: [
      {
        lever: named[0]?.[1].split("+")[0],
        who: "an analyst (made up)",
        says: "Further strikes would only harden the group's stance.",
        agrees: false,
        evidence,
      },
      {
        lever: "talks:PAK-TTP",
        who: "a former envoy (made up)",
        says: "Talks lower the temperature.",
        agrees: null,
        evidence: [],
      },
    ],
  };
}
