// What the routes of /api/v1 answer, beside the records themselves.

import type { Claim, Decision, Document, DocumentHead, Incident } from "./records";

export interface List<T> {
  command: string;
  grounds?: Grounds;
  items: T[];
  next: string | null;
  total: number;
}

export interface Lake {
  address: string | null;
  /** Open to others: nothing is added or decided, and texts stay with their publishers. */
  public?: boolean;
  version: number | string;
  documents: number;
  claims: number;
  incidents: number | null;
  decisions: number;
  first: string | null;
  last: string | null;
  parties: { id: string; name: string | null; claims: number }[];
  publishers: { name: string; documents: number }[];
  languages: { code: string; documents: number }[];
  datasets: { id: string; rows: number }[];
  annalist: string;
  /** Whether it serves a map of one's own. */
  tiles?: boolean;
}

export interface ClaimItem {
  claim: Claim;
  publisher: string | null;
  title: string | null;
}

export interface Facets {
  command: string;
  facets: Record<string, { value: string; count: number }[]>;
}

export interface ClaimAnswer {
  /** False where it was rejected, or a later reading took its place. */
  stands?: boolean;
  claim: Claim;
  document: DocumentHead | null;
  context: { text: string; from: number } | null;
  links: { rel: string; basis: "stated" | "inferred"; direction: "to" | "from"; claim: Claim }[];
  incident: string | null;
  decisions: Decision[];
}

export interface DocumentAnswer {
  document: Document;
  claims: Claim[];
  decisions: Decision[];
  copies: DocumentHead[];
  incidents: Record<string, string>;
}

export interface IncidentItem {
  incident: Incident;
  reports: number;
  publishers: number;
  dead: { low: number | null; high: number | null } | null;
  words: string;
  first_told: string | null;
}

export interface Toll {
  kind: string;
  claimant: string;
  low: number | null;
  high: number | null;
  category: string | null;
  said: string | null;
  claim: string;
  cumulative: boolean;
}

export interface Reply {
  incident: string;
  words: string;
  basis: "stated" | "inferred";
}

export interface IncidentAnswer {
  incident: Incident;
  words: string;
  standing_why: string;
  claims: { claim: Claim; publisher: string | null; title: string | null; url: string | null; copy: boolean }[];
  tolls: Toll[];
  denials: { by: string; claim: string; said: string | null }[];
  replies: { to: Reply[]; from: Reply[] };
  explain: string[];
  decisions: Decision[];
}

/** What an answer rests on. */
export interface Grounds {
  asked?: string;
  as_of?: string | null;
  known_at?: string | null;
  claims?: number;
  incidents?: number | null;
  reports?: number;
  copies?: number;
  datasets?: Record<string, number>;
  published?: [string, string] | null;
  publishers?: Record<string, number>;
  unnamed?: number;
  languages?: Record<string, number>;
  not_read?: string[];
  method?: string;
  caveats?: string[];
}

export interface Answer<T> {
  command: string;
  grounds: Grounds;
  answer: T;
}

export interface SearchHit {
  id: string;
  kind: "document" | "claim";
  title: string | null;
  publisher: string | null;
  published: string | null;
  html: string;
  score: number;
}

export interface MapFeature {
  type: "Feature";
  geometry: { type: "Point"; coordinates: [number, number] } | null;
  properties: MapProperties;
}

export interface MapProperties {
  id: string;
  type: string;
  quad: string | null;
  from: string | null;
  to: string | null;
  precision: string | null;
  radius_km: number | null;
  place: string | null;
  dead_low: number | null;
  dead_high: number | null;
  standing: string;
  actor: string[];
  recipient: string[];
  claimants: string[];
  words: string;
}

export interface MapAnswer {
  type: "FeatureCollection";
  features: MapFeature[];
  unplaced?: number;
  /** Less grave ones that were not sent. */
  left_out?: number;
  command?: string;
  grounds?: Grounds;
}

export interface TimelineEvent {
  id: string;
  from: string | null;
  to: string | null;
  granularity: string | null;
  type: string;
  quad: string | null;
  actor: string[];
  recipient: string[];
  dead_low: number | null;
  dead_high: number | null;
  standing: string;
  words: string;
}

export interface TimelineAnswer {
  command: string;
  grounds?: Grounds;
  lanes: { id: string; name: string; incidents: number }[];
  undated?: number;
  left_out?: number;
  events: TimelineEvent[];
  replies: { from: string; to: string; basis: "stated" | "inferred" }[];
  ceasefires: {
    id: string;
    parties: string[];
    begins: string | null;
    until: string | null;
    ends: string | null;
    state: string;
    words: string;
  }[];
}
