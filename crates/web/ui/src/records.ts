// The records of the contract (docs/contract.md), as the API gives them. Spans are [start, end) in bytes of UTF-8.

export type Span = [number, number];
export type Kind = "event" | "tie" | "figure" | "commitment" | "cause" | "statement";
export type Attitude = "asserts" | "confirms" | "alleges" | "denies" | "doubts" | "retracts";
export type Standing = "retracted" | "denied" | "disputed" | "corroborated" | "reported";

export interface Party {
  mention: string | null;
  span: Span | null;
  id: string | null;
  name: string | null;
  country: string | null;
  acts_as: string | null;
  based_in: string | null;
  sectors: string[];
}

export interface Place {
  mention: string | null;
  span: Span | null;
  name: string | null;
  admin2: string | null;
  admin1: string | null;
  country: string | null;
  administered_by: string | null;
  claimed_by: string[];
  lat: number | null;
  lon: number | null;
  precision: string | null;
  radius_km: number | null;
}

export interface Time {
  mention: string | null;
  span: Span | null;
  from: string | null;
  to: string | null;
  granularity: string;
}

export interface Effect {
  kind: string;
  low: number | null;
  high: number | null;
  best: number | null;
  of: string | null;
  party: Party | null;
  category: string | null;
  part_of: number | null;
  cumulative: boolean;
  span: Span | null;
}

export interface TextAt {
  span: Span;
  text: string;
  claim?: string | null;
  direct?: boolean;
}

export interface Attribution {
  party: Party | null;
  attitude: Attitude;
  span: Span | null;
}

export interface Link {
  rel: string;
  claim: string | null;
  span: Span | null;
  basis: "stated" | "inferred";
}

export interface Terms {
  act: string | null;
  form: string | null;
  from: string | null;
  to: string | null;
  duration_hours: number | null;
  area: string | null;
  mediator: string | null;
}

export interface Claim {
  id: string;
  document: string;
  source_id: string | null;
  published: string | null;
  recorded: string | null;
  run: string;
  kind: Kind;
  type: string | null;
  modes: string[];
  contexts: string[];
  reciprocal: boolean;
  direction?: "none" | null;
  actor: Party[];
  recipient: Party[];
  via: Party[];
  places: Place[];
  time: Time | null;
  effects: Effect[];
  status: string;
  asserter: Party | null;
  attitude: Attitude;
  attribution: Attribution[];
  links: Link[];
  count?: { low: number | null; high: number | null; of: string | null };
  cause?: TextAt;
  effect?: TextAt;
  polarity?: "+" | "-";
  quote?: TextAt;
  instrument?: string | null;
  object?: TextAt | null;
  terms?: Terms | null;
  evidence: TextAt;
  confidence: number;
  coder: string;
  row?: {
    dataset: string;
    release: string | null;
    file: string;
    line: number;
    key: string;
    terms: string;
    restricted: boolean;
  };
}

export interface Document {
  id: string;
  source_id: string | null;
  url: string | null;
  title: string | null;
  publisher: string | null;
  published: string | null;
  recorded: string | null;
  language: string | null;
  text: string;
  copy_of: string | null;
  problems: (string | { kind: string; detail: string })[];
}

export interface DocumentHead {
  id: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  language: string | null;
  copy_of: string | null;
  url?: string | null;
  /** Only while it is being read. */
  text?: string;
  problems?: (string | { kind: string; detail: string })[];
  claims?: number;
}

export interface Decision {
  id: string;
  target: string;
  action: string;
  field: string | null;
  value: unknown;
  by: string;
  reason: string;
  recorded: string;
}

export interface Account {
  claimant: Party | null;
  publisher: string | null;
  attitude: Attitude;
  status: string;
  effects: Effect[];
  tolls: { published: string | null; low: number | null; high: number | null; claim: string }[];
  claims: string[];
}

export interface Incident {
  id: string;
  type: string;
  modes: string[];
  from: string | null;
  to: string | null;
  places: Place[];
  actor: Party[];
  recipient: Party[];
  accounts: Account[];
  effects: { kind: string; low: number | null; high: number | null; by: string[] }[];
  standing: Standing;
  grounds: string;
  publishers: string[];
}
