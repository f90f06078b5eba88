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
  return {
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
      evidence,
      half_life_days: i === 1 ? null : { best: 2.4, low: 1.1, high: i ? null : 6.3 },
      share_by_itself: 0.58 + 0.1 * i,
      goodness: { compared: 326, distance: 0.06, p_value: i ? 0.02 : 0.61, dispersion: i ? 1.72 : 0.98 },
    })),
    entries,
    spectral_radius: 0.46,
    long_run: { events_per_day: names.map((_, i) => 0.21 - 0.04 * i) },
    warnings: [`${names[1]}: days vary 1.7 times as much as the model has it; intervals are widened`],
    process: {},
    unplaced: { without_day: 12, outside: 0, without_direction: 3, of_no_stream: 40 },
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
      of_one_day: 2,
    },
  };
}

const month = (from, by) => {
  const [year, number] = from.split("-").map(Number);
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
};

export function forecast(leads = 6, units = ["Pakistan", "Afghanistan", "Xanadu"], evidence = []) {
  const random = dice(11);
  const last = "2025-11";
  return {
    forecaster: "stack",
    as_of_month: last,
    units: units.map((unit, u) => {
      const level = [80, 24, 1][u % 3];
      return {
        unit,
        past: Array.from({ length: 18 }, (_, i) => ({
          month: month(last, i - 17),
          deaths: u === 1 && i === 5 ? null : Math.round(level * (0.3 + random() * 1.4)),
          evidence: i % 2 ? evidence.slice(0, 3) : [],
        })),
        months: Array.from({ length: leads }, (_, i) => {
          const spread = 1 + i * 0.25;
          return {
            month: month(last, i + 1),
            lead: i + 1,
            median: Math.round(level * 0.9),
            low50: Math.round(level * (0.7 / spread)),
            high50: Math.round(level * 1.3 * spread),
            low90: Math.round(level * (0.3 / spread)),
            high90: Math.round(level * 2.6 * spread),
            chance_any: level > 10 ? 0.998 : 0.31,
            chance_25: level > 10 ? 0.9 : 0.004,
            outcome: u === 0 && i < 2 ? Math.round(level * (i ? 4.4 : 1.1)) : null,
          };
        }),
        held_out: {
          words: u
            ? "Over the last 24 months held out, CRPS 9.1 beside 9.0 of the weighted past: no difference that chance does not give."
            : "Over the last 24 months held out, CRPS 12.7 beside 13.6 of the weighted past (difference −0.9, 95% −1.7 to −0.1).",
          is_shown: u === 0,
        },
      };
    }),
  };
}

export function record(units = ["Pakistan", "Afghanistan"], evidence = []) {
  const random = dice(5);
  const forecasts = units.flatMap((unit, u) =>
    [1, 3, 6].flatMap((lead) =>
      Array.from({ length: 30 }, (_, i) => {
        const level = u ? 22 : 75;
        const outcome = Math.round(level * random() * (i % 9 === 4 ? 4 : 1.6));
        return {
          unit,
          as_of_month: month("2023-05", i - lead),
          month: month("2023-05", i),
          lead,
          median: Math.round(level * 0.8),
          low90: Math.round(level * 0.2),
          high90: Math.round(level * (1.6 + lead * 0.2)),
          outcome: i === 29 ? null : outcome,
          crps: 4 + random() * 20,
          baseline_crps: 5 + random() * 21,
          evidence,
        };
      }),
    ),
  );
  return {
    forecasts,
    scores: {
      n: forecasts.length,
      crps: 12.66,
      baseline_crps: 13.57,
      words: "Ours less the weighted past: −0.91 (95% −2.83 to +0.51): not shown to be better.",
    },
    pit: [0.11, 0.1, 0.09, 0.09, 0.09, 0.09, 0.1, 0.1, 0.1, 0.13],
    coverage: [
      { claimed: 0.5, held: 0.65 },
      { claimed: 0.8, held: 0.84 },
      { claimed: 0.9, held: 0.91 },
      { claimed: 0.95, held: 0.93 },
    ],
  };
}

export function whatif(packages = ["truce::ceasefire:14d=0.1..0.4"], days = 90, evidence = []) {
  const random = dice(3);
  const streams = ["PAK → TTP", "TTP → PAK"];
  const spread = (median) => ({
    median,
    low50: median * 0.75,
    high50: median * 1.3,
    low90: median * 0.4,
    high90: median * 2.1,
  });
  const whole = (median) =>
    Object.fromEntries(Object.entries(spread(median)).map(([name, n]) => [name, Math.round(n)]));
  const courses = (factor) =>
    streams.map((stream, s) => ({
      stream,
      total: whole((s ? 26 : 34) * factor),
      days: Array.from({ length: days }, (_, i) => ({
        day: new Date(Date.UTC(2025, 10, 13) + i * 86_400_000).toISOString().slice(0, 10),
        ...spread((s ? 0.29 : 0.38) * (i < 14 ? factor : (1 + factor) / 2) * (0.9 + random() * 0.2)),
      })),
    }));
  return {
    packages: packages.map((written, p) => {
      const [name, levers] = written.includes("::") ? written.split("::") : [written, written];
      const factor = 0.6 + 0.2 * p;
      return {
        name,
        levers: levers.split(/[+ ]/).map((text) => {
          const [low, high = low] = (text.split("=")[1] ?? "0.72..1.15").split("..").map(Number);
          return text.includes("=")
            ? { text, label: "assumed", low, high, flags: [] }
            : {
                text,
                label: "estimated from 9 episodes",
                low,
                high,
                flags: ["few episodes: the range is wide for it"],
                evidence,
              };
        }),
        streams: courses(factor),
        contrasts: streams.map((stream, s) => ({
          stream,
          fewer_share: 0.83 - 0.1 * p,
          difference: { median: -9 + p, low50: -14, high50: -4, low90: -25, high90: 4 },
          ratio: spread(factor),
          words: `${s ? 7 : 9} fewer attacks ${stream} than without a lever are as likely as not; more are not ruled out`,
        })),
        flags: p ? ["the assumed range lies outside of what any episode has shown"] : [],
      };
    }),
    no_lever: courses(1),
    experts: [
      {
        lever: packages[0].split("::").pop().split("+")[0],
        who: "an analyst (made up)",
        says: "Further strikes would only harden the group's stance.",
        agrees: false,
        evidence,
      },
      {
        lever: "talks",
        who: "a former envoy (made up)",
        says: "Talks lower the temperature.",
        agrees: null,
        evidence: [],
      },
    ],
    analytic: [{ stream: streams[0], per_day: 0.37 }, null],
    words: `With “${packages[0].split("::")[0]}” there would be fewer attacks in most of the simulated courses, as far as the assumed range goes.`,
  };
}
