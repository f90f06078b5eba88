// How records are told in plain English. What is not known is "not said", never 0.

import type { Attitude, Claim, Effect, Party, Place, Time } from "./records";

export const NOT_SAID = "not said";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A date or moment for people: `25 December 2024`, `25 December 2024, 18:00`. */
export function day(when: string | null | undefined, short = false): string {
  if (!when) return NOT_SAID;
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(when);
  if (!found) return when;
  const [, year, month, date, hour] = found;
  const name = MONTHS[Number(month) - 1] ?? month ?? "";
  const clock = hour && !short ? `, ${hour}` : "";
  return `${Number(date)} ${short ? name.slice(0, 3) : name} ${year}${clock}`;
}

/** A month for people: `October 2025`. */
export function monthName(month: string): string {
  const [year, number] = month.split("-");
  const name = MONTHS[Number(number) - 1];
  return name ? `${name} ${year}` : month || NOT_SAID;
}

/** A period, with what is alike in both ends said once. */
export function period(from: string | null | undefined, to: string | null | undefined, short = false): string {
  if (!from && !to) return NOT_SAID;
  if (!from) return `until ${day(to, short)}`;
  if (!to) return `from ${day(from, short)}`;
  if (from.slice(0, 10) === to.slice(0, 10)) return day(from, short);
  const [a, b] = [day(from, short), day(to, short)];
  return from.slice(0, 4) === to.slice(0, 4) ? `${a.replace(` ${from.slice(0, 4)}`, "")} to ${b}` : `${a} to ${b}`;
}

export function timeWords(time: Time | null): string {
  if (!time) return NOT_SAID;
  const when = period(time.from, time.to);
  return time.granularity === "unknown" || when === NOT_SAID
    ? when
    : `${when} (${GRANULARITY[time.granularity] ?? time.granularity})`;
}

const GRANULARITY: Record<string, string> = {
  minute: "to the minute",
  hour: "to the hour",
  day: "to the day",
  week: "to the week",
  month: "to the month",
  season: "to the season",
  year: "to the year",
  range: "some time between",
};

/** A number that may be known only within bounds. */
export function range(low: number | null | undefined, high: number | null | undefined): string {
  const n = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 1 });
  if (low == null && high == null) return NOT_SAID;
  if (low != null && high != null) return low === high ? n(low) : `${n(low)}–${n(high)}`;
  return low != null ? `at least ${n(low)}` : `at most ${n(high ?? 0)}`;
}

export function partyName(party: Party | null | undefined): string {
  if (!party) return NOT_SAID;
  return party.name ?? party.mention ?? party.id ?? "not named";
}

export function parties(list: Party[], most = 3): string {
  if (list.length === 0) return NOT_SAID;
  const names = [...new Set(list.map(partyName))];
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return names.slice(0, most).join(", ") + more;
}

/** `HOSTILE_TO` → `hostile to`. */
export const plain = (code: string | null | undefined): string =>
  code ? code.replace(/_/g, " ").toLowerCase() : NOT_SAID;

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export function placeName(place: Place): string {
  const name = place.name ?? place.mention;
  const within = [place.admin2, place.admin1, place.country].filter((part) => part && part !== name);
  return [name ?? within.shift() ?? NOT_SAID, ...within].join(", ");
}

const PRECISION: Record<string, string> = {
  point: "an exact point",
  settlement: "a town or village",
  admin2: "somewhere in the district",
  admin1: "somewhere in the province",
  border: "along the border",
  country: "somewhere in the country",
  region: "somewhere in the region",
};

export function precisionWords(precision: string | null, radius_km: number | null): string {
  const how = precision ? (PRECISION[precision] ?? precision) : "how exact is not said";
  return radius_km ? `${how}, within ${radius_km.toLocaleString("en", { maximumFractionDigits: 0 })} km` : how;
}

export function effectWords(effect: Effect): string {
  const of = effect.of ? ` ${effect.of}` : "";
  const running = effect.cumulative ? " so far" : "";
  const part = effect.part_of !== null ? ", part of a total above" : "";
  const category = effect.category && effect.category !== "unknown" ? ` (${plain(effect.category)})` : "";
  return `${effect.kind} ${range(effect.low, effect.high)}${of}${category}${running}${part}`;
}

const SAYS: Record<Attitude, string> = {
  asserts: "says",
  confirms: "confirms",
  alleges: "alleges",
  denies: "denies",
  doubts: "doubts",
  retracts: "takes back",
};

export const says = (attitude: Attitude): string => SAYS[attitude] ?? attitude;

const STATUS: Record<string, string> = {
  occurred: "that it happened",
  ongoing: "that it goes on",
  did_not_occur: "that it did not happen",
  cancelled: "that it was called off",
  planned: "that it is planned",
  promised: "a promise of it",
  threatened: "a threat of it",
  demanded: "a demand for it",
  possible: "that it may be",
  hypothetical: "what would be",
};

export const statusWords = (status: string): string => STATUS[status] ?? plain(status);

/** Who speaks: the party, or the publication in its own voice. */
export function asserterName(claim: Claim, publisher: string | null): string {
  return claim.asserter ? partyName(claim.asserter) : `${publisher ?? "the report"}, in its own voice`;
}

/** A claim in one line: who, what, to whom. Words said are quoted, unless they stand beside it anyway. */
export function claimWords(claim: Claim, quote = true): string {
  const who = claim.actor.length ? parties(claim.actor, 2) : "somebody not named";
  const whom = parties(claim.recipient, 2);
  const modes = claim.modes.length ? ` (${claim.modes.map(plain).join(", ")})` : "";
  switch (claim.kind) {
    case "event": {
      const sides = claim.recipient.length ? `${who} → ${whom}` : who;
      return `${capital(plain(claim.type))}${modes}: ${sides}`;
    }
    case "tie":
      return `${who} ${plain(claim.type)} ${whom}`;
    case "figure":
      return `${capital(range(claim.count?.low, claim.count?.high))} ${claim.count?.of ?? ""}`.trim();
    case "commitment":
      return `${who}: ${claim.object?.text ?? "a commitment"}${claim.instrument ? ` (${claim.instrument})` : ""}`;
    case "cause":
      return `${claim.cause?.text ?? NOT_SAID} ${claim.polarity === "-" ? "lowers" : "raises"} ${claim.effect?.text ?? NOT_SAID}`;
    case "statement":
      return `${claim.actor.length ? who : claim.asserter ? partyName(claim.asserter) : who}: ${claim.quote && quote ? `“${clip(claim.quote.text, 90)}”` : claim.quote?.direct ? "words quoted" : "words reported"}`;
  }
}

/** The beginning of long words, cut between words. */
export function clip(words: string, most: number): string {
  if (words.length <= most) return words;
  return `${words.slice(0, most).replace(/\s+\S*$/, "")}…`;
}

/** The name of a language by its code. */
export function languageName(code: string): string {
  if (code === "?") return "not told";
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** `1 claim`, `2 claims`, `2 near-copies`. */
export function counted(count: number, noun: string): string {
  const many = /[^aeo]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? noun : many}`;
}

/** What forecasters say, by the names that the server gives them. */
const MODELS: Record<string, string> = {
  zero: "nobody dies",
  last_poisson: "as last month",
  conflictology: "as one of the last twelve months",
  negative_binomial: "around the mean of the last twelve months",
  weighted_3: "recent months, the nearer the heavier",
  stack: "our forecaster (a weighted stack)",
};

export const modelName = (code: string): string => MODELS[code] ?? code;

/** A sentence of the server in which forecasters have their names. */
export const modelsNamed = (words: string): string =>
  words.replace(new RegExp(`\\b(?:${Object.keys(MODELS).join("|")})\\b`, "g"), (code) => `“${modelName(code)}”`);

/** The last part of an id, for people to tell two apart. */
export const shortId = (id: string): string => id.replace(/^(\w+_)(\w{6})\w+$/, "$1$2…");
