// Levers as the address and the command line write them: `NAME::pressure:TTP=0.7..0.9+talks:PAK-AFG`. Read into what the sliders
// hold, and written back; what cannot be read is kept as it stands, so that the server may say what is wrong with it.

export type LeverKind = "replies" | "pressure" | "ceasefire" | "border" | "talks";

export interface LeverState {
  kind: LeverKind;
  /** A party, two joined by a hyphen, or a place; empty: everything, where that can be. */
  whom: string;
  /** Of a border. */
  border: "open" | "closed";
  days: number | null;
  /** The factors that somebody assumes; null: as history has it. */
  range: [number, number] | null;
}

export interface PackageState {
  /** Empty: called by its levers. */
  name: string;
  levers: (LeverState | { unread: string })[];
}

interface Kind {
  name: string;
  whom: string;
  /** What stands in the field while it is empty. */
  unsaid: string;
  range: [number, number];
  what: string;
}

export const KINDS: Record<LeverKind, Kind> = {
  replies: {
    name: "Fewer or more replies",
    whom: "of whom",
    unsaid: "a party",
    range: [0.4, 0.8],
    what: "times as many replies to what is done to it",
  },
  pressure: {
    name: "Pressure from outside",
    whom: "on whom",
    unsaid: "a party",
    range: [0.7, 0.9],
    what: "times as many deeds of its own accord",
  },
  ceasefire: {
    name: "Ceasefire",
    whom: "between whom, or where",
    unsaid: "everywhere",
    range: [0.1, 0.4],
    what: "times as many deeds while it lasts",
  },
  border: {
    name: "Border",
    whom: "between whom",
    unsaid: "all",
    range: [0.8, 1.1],
    what: "times as many deeds of their own accord",
  },
  talks: {
    name: "Talks",
    whom: "between whom",
    unsaid: "PAK-AFG",
    range: [0.7, 1],
    what: "times as many deeds of their own accord",
  },
};

/** Beyond it nothing that was fitted tells anything; the server refuses more. */
export const MOST_FACTOR = 20;
const LONGEST_DAYS = 365;
const CEASEFIRE_DAYS = 14;

export const isKind = (text: string): text is LeverKind => Object.hasOwn(KINDS, text);

/** A lever of this kind as it begins: an assumption, plainly so. */
export function newLever(kind: LeverKind, parties: string[]): LeverState {
  const both = parties.length > 1 ? parties.slice(0, 2).join("-") : "";
  return {
    kind,
    whom: kind === "talks" ? both : kind === "ceasefire" || kind === "border" ? "" : (parties[0] ?? ""),
    border: "closed",
    days: kind === "ceasefire" ? CEASEFIRE_DAYS : null,
    range: KINDS[kind].range,
  };
}

export function parseLever(written: string): LeverState | null {
  const [done = "", factors] = split(written.trim(), "=");
  const parts = done.split(":").map((part) => part.trim());
  const kind = parts.shift() ?? "";
  if (!isKind(kind)) return null;
  let days: number | null = null;
  const last = /^(\d+)d$/.exec(parts.at(-1) ?? "");
  if (last) {
    days = Number(last[1]);
    parts.pop();
    if (days < 1 || days > LONGEST_DAYS) return null;
  }
  let border: "open" | "closed" = "closed";
  if (kind === "border") {
    const state = parts.pop();
    if (state !== "open" && state !== "closed") return null;
    border = state;
  }
  if (parts.length > 1 || (kind === "ceasefire" && days === null)) return null;
  const range = factors === undefined ? null : parseRange(factors);
  if (factors !== undefined && range === null) return null;
  return { kind, whom: parts[0] ?? "", border, days, range };
}

function parseRange(text: string): [number, number] | null {
  const ends = text.split("..").map((end) => (end.trim() === "" ? Number.NaN : Number(end)));
  const [low = Number.NaN, high = low] = ends;
  const isRange = ends.length <= 2 && low >= 0 && high >= low && high <= MOST_FACTOR;
  return isRange ? [low, high] : null;
}

export function formatLever({ kind, whom, border, days, range }: LeverState): string {
  const parts = [
    kind,
    whom.trim().replace(/\s+/g, "_"),
    kind === "border" ? border : "",
    days === null ? "" : `${days}d`,
  ];
  const factors = range === null ? "" : range[0] === range[1] ? `=${range[0]}` : `=${range[0]}..${range[1]}`;
  return parts.filter(Boolean).join(":") + factors;
}

export function parsePackage(written: string): PackageState {
  let [name, levers] = split(written, "::");
  if (levers === undefined) {
    // One colon may end a name, too, where no lever begins like it.
    const [before = "", after] = split(written, ":");
    [name, levers] = after !== undefined && !isKind(before.trim()) ? [before, after] : ["", written];
  }
  return {
    name: (name ?? "").trim(),
    // In an address a plus may have become a space; levers hold neither.
    levers: levers
      .split(/[+ ]/)
      .filter(Boolean)
      .map((one) => parseLever(one) ?? { unread: one }),
  };
}

export function formatPackage({ name, levers }: PackageState): string {
  const written = levers.map((lever) => ("unread" in lever ? lever.unread : formatLever(lever))).join("+");
  // A name ends where a pair of colons stands, so that it may hold none.
  const clean = name.replace(/:+/g, " ").trim();
  return clean ? `${clean}::${written}` : written;
}

/** What a package does, in words. */
export const packageWords = ({ levers }: PackageState): string =>
  levers.map((lever) => ("unread" in lever ? lever.unread : leverWords(lever))).join(" + ");

/** How a package of the server is called: by its name, or in words where that is only its levers. */
export function titleOf(name: string): string {
  const levers = name.split(" + ").map(parseLever);
  return levers.every((one) => one !== null) ? levers.map((one) => (one ? leverWords(one) : "")).join(" + ") : name;
}

/** A lever in words. */
export function leverWords({ kind, whom, border, days }: LeverState): string {
  const who = whom.replace(/_/g, " ");
  const long = days === null ? "" : ` for ${days} ${days === 1 ? "day" : "days"}`;
  const between = who.includes("-") ? ` between ${who.replace("-", " and ")}` : who ? ` in ${who}` : "";
  switch (kind) {
    case "replies":
      return `Replies${who ? ` of ${who}` : ""}${long}`;
    case "pressure":
      return `Pressure${who ? ` on ${who}` : ""}${long}`;
    case "ceasefire":
      return `Ceasefire${between || " everywhere"}${long}`;
    case "border":
      return `Border${between} ${border}${long}`;
    case "talks":
      return `Talks${between}${long}`;
  }
}

function split(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)];
}
