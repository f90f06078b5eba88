// The fields of a claim as rows to show, each with the places in the text where its words stand.

import type { Claim, Party, Span } from "./records";
import {
  NOT_SAID,
  asserterName,
  capital,
  day,
  effectWords,
  partyName,
  period,
  placeName,
  plain,
  precisionWords,
  range,
  says,
  timeWords,
} from "./words";

/** Which look the words of a field have in the text: a colour and an underline of its own. */
export type Role = "evidence" | "actor" | "recipient" | "place" | "time" | "effects" | "attribution" | "part";

export interface Value {
  words: string;
  detail?: string;
  span?: Span | null;
  /** The id of a party, for links. */
  party?: string | null;
}

export interface Field {
  key: string;
  label: string;
  role: Role | null;
  /** Empty: not said. */
  values: Value[];
  /** The name under which the record can be amended. */
  amend?: string;
}

function partyValue(party: Party): Value {
  const name = partyName(party);
  const notes = [
    party.mention && party.mention !== name ? `“${party.mention}”` : null,
    party.id,
    party.acts_as ? `acts as ${party.acts_as}` : null,
    party.based_in ? `based in ${party.based_in}` : null,
  ];
  return { words: name, detail: notes.filter(Boolean).join(" · "), span: party.span, party: party.id };
}

/** Every field, in the order in which people ask: who says, what, who, to whom, where, when, with what effect. */
export function fieldsOf(claim: Claim, publisher: string | null): Field[] {
  const source: Value[] = claim.attribution.map((one) => ({
    words: `${partyName(one.party)} ${says(one.attitude)}`,
    detail: one.party?.id ?? "",
    span: one.span ?? one.party?.span ?? null,
    party: one.party?.id ?? null,
  }));
  const fields: Field[] = [
    {
      key: "asserter",
      label: "Who says so",
      role: "attribution",
      values: [
        {
          words: asserterName(claim, publisher),
          detail: claim.asserter?.id ?? "",
          span: claim.asserter?.span ?? null,
          party: claim.asserter?.id ?? null,
        },
      ],
      amend: "asserter",
    },
    {
      key: "attitude",
      label: "Attitude",
      role: null,
      values: [{ words: says(claim.attitude), detail: claim.attitude }],
      amend: "attitude",
    },
    { key: "status", label: "Status", role: null, values: [{ words: plain(claim.status) }], amend: "status" },
  ];
  if (source.length > 1 || (source.length === 1 && !claim.asserter)) {
    fields.push({ key: "attribution", label: "Told through", role: "attribution", values: source });
  }
  fields.push({
    key: "actor",
    label: claim.reciprocal ? "Both sides" : "Who",
    role: "actor",
    values: claim.actor.map(partyValue),
    amend: "actor",
  });
  if (!claim.reciprocal) {
    fields.push({
      key: "recipient",
      label: "To whom",
      role: "recipient",
      values: claim.recipient.map(partyValue),
      amend: "recipient",
    });
  }
  if (claim.via.length)
    fields.push({ key: "via", label: "Through", role: "part", values: claim.via.map(partyValue), amend: "via" });
  fields.push({
    key: "type",
    label: "What",
    role: null,
    values: claim.type
      ? [
          {
            words: [capital(plain(claim.type)), ...claim.modes.map(plain)].join(" · "),
            detail: claim.contexts.map(plain).join(", "),
          },
        ]
      : [{ words: claim.kind }],
    amend: claim.type ? "type" : undefined,
  });
  fields.push(...kindFields(claim));
  fields.push({
    key: "places",
    label: "Where",
    role: "place",
    values: claim.places.map((place) => ({
      words: placeName(place),
      detail: [
        precisionWords(place.precision, place.radius_km),
        place.lat !== null && place.lon !== null ? `${place.lat.toFixed(2)}, ${place.lon.toFixed(2)}` : null,
        place.claimed_by.length ? `claimed by ${place.claimed_by.join(", ")}` : null,
      ]
        .filter(Boolean)
        .join(" · "),
      span: place.span,
    })),
    amend: "places",
  });
  fields.push({
    key: "time",
    label: "When",
    role: "time",
    values: claim.time
      ? [
          {
            words: timeWords(claim.time),
            detail: claim.time.mention ? `“${claim.time.mention}”` : "",
            span: claim.time.span,
          },
        ]
      : [],
    amend: "time",
  });
  if (claim.kind === "event" || claim.effects.length) {
    fields.push({
      key: "effects",
      label: "Effects",
      role: "effects",
      values: claim.effects.map((effect) => ({
        words: effectWords(effect),
        detail: effect.party ? partyName(effect.party) : "",
        span: effect.span,
      })),
      amend: "effects",
    });
  }
  return fields;
}

/** The fields that only claims of one kind have. */
function kindFields(claim: Claim): Field[] {
  const fields: Field[] = [];
  const words = (
    key: string,
    label: string,
    at: { span: Span; text: string } | null | undefined,
    role: Role = "part",
    detail = "",
  ) => fields.push({ key, label, role, values: at ? [{ words: `“${at.text}”`, span: at.span, detail }] : [] });
  if (claim.kind === "figure") {
    fields.push({
      key: "count",
      label: "Number",
      role: null,
      values: [{ words: range(claim.count?.low, claim.count?.high), detail: claim.count?.of ?? "" }],
    });
  }
  if (claim.kind === "cause") {
    words("cause", "Cause", claim.cause, "actor");
    fields.push({
      key: "polarity",
      label: "Makes",
      role: null,
      values: [{ words: claim.polarity === "-" ? "less or weaker (−)" : "more or stronger (+)" }],
    });
    words("effect", "Effect", claim.effect, "recipient");
  }
  if (claim.kind === "statement")
    words("quote", "Words", claim.quote, "part", claim.quote?.direct ? "quoted" : "reported");
  if (claim.kind === "commitment") {
    fields.push({
      key: "instrument",
      label: "Under",
      role: null,
      values: claim.instrument ? [{ words: claim.instrument }] : [],
    });
    words("object", "To do what", claim.object);
  }
  const terms = claim.terms;
  if (terms) {
    const said = [
      terms.act,
      terms.form,
      terms.from || terms.to ? period(terms.from, terms.to) : null,
      terms.duration_hours !== null ? `${terms.duration_hours} hours` : null,
      terms.area,
      terms.mediator ? `mediated by ${terms.mediator}` : null,
    ];
    fields.push({
      key: "terms",
      label: "Terms",
      role: null,
      values: [{ words: said.filter(Boolean).join(" · ") || NOT_SAID }],
    });
  }
  return fields;
}

/** What stands under the record: how it came to be here. */
export function provenance(claim: Claim): [string, string][] {
  return [
    ["Published", day(claim.published)],
    ["Recorded", day(claim.recorded)],
    ["Confidence", `${Math.round(claim.confidence * 100)} %`],
    ["Read by", claim.coder],
    ["Run", claim.run],
  ];
}
