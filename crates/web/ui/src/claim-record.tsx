// The record of one claim: its fields, each pointing at its words in the text; where it came from; what people decided.

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Decide } from "./decide";
import { type Field, fieldsOf, provenance } from "./fields";
import type { FieldMark } from "./marked";
import { DecisionList, KindMark, PartyLink } from "./pieces";
import { useReadOnly } from "./question-bar";
import type { Claim, Decision } from "./records";
import { inDocument, pageOf } from "./router";
import { NOT_SAID, claimWords } from "./words";

/** Every field of a claim that has words in the text. */
export function useFieldMarks(claim: Claim | null): FieldMark[] {
  return useMemo(() => {
    if (!claim) return [];
    return fieldsOf(claim, null).flatMap((field) =>
      field.role === null
        ? []
        : field.values.flatMap((value) =>
            value.span && field.role ? [{ role: field.role, key: field.key, span: value.span }] : [],
          ),
    );
  }, [claim]);
}

interface Props {
  claim: Claim;
  publisher: string | null;
  decisions: Decision[];
  incident: string | null;
  field: string | null;
  onField: (key: string | null) => void;
  /** Beneath the fields: links to other claims, say. */
  children?: ComponentChildren;
}

export function ClaimRecord({ claim, publisher, decisions, incident, field, onField, children }: Props) {
  const fields = fieldsOf(claim, publisher);
  const readOnly = useReadOnly();
  return (
    <article class="record" aria-label={claimWords(claim)}>
      <header class="record-head">
        <KindMark kind={claim.kind} />
        <h3>{claimWords(claim, false)}</h3>
      </header>
      <dl class="fields">
        {fields.map((one) => (
          <FieldRow key={one.key} field={one} pointed={field === one.key} onField={onField} />
        ))}
      </dl>
      {children}
      <p class="record-links">
        {incident ? <a href={pageOf(incident)}>All accounts of this happening</a> : null}
        <a href={pageOf(claim.id)}>This claim alone</a>
        <a href={inDocument(claim)}>In its document</a>
      </p>
      <DecisionList decisions={decisions} />
      {readOnly ? null : <Decide target={claim.id} claim={claim} decisions={decisions} />}
      <details class="more">
        <summary>How this record came to be</summary>
        <dl class="plain">
          {provenance(claim).map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
          <div>
            <dt>Id</dt>
            <dd>
              <code>{claim.id}</code>
            </dd>
          </div>
        </dl>
      </details>
    </article>
  );
}

function FieldRow({
  field,
  pointed,
  onField,
}: {
  field: Field;
  pointed: boolean;
  onField: (key: string | null) => void;
}) {
  const placed = field.role !== null && field.values.some((value) => value.span);
  const label = placed ? (
    <button
      type="button"
      class={`field-name role-${field.role}`}
      aria-pressed={pointed}
      onMouseEnter={() => onField(field.key)}
      onMouseLeave={() => onField(null)}
      onFocus={() => onField(field.key)}
      onClick={() => onField(field.key)}
      title="Show its words in the text"
    >
      {field.label}
    </button>
  ) : (
    <span class="field-name">{field.label}</span>
  );
  return (
    <div class={pointed ? "field pointed" : "field"}>
      <dt>{label}</dt>
      <dd>
        {field.values.length === 0 ? <span class="unsaid">{NOT_SAID}</span> : null}
        {field.values.map((value, i) => (
          <div key={i}>
            {value.words === NOT_SAID ? (
              <span class="unsaid">{NOT_SAID}</span>
            ) : (
              <PartyLink id={value.party ?? null} words={value.words} />
            )}
            {value.detail ? <span class="detail"> {value.detail}</span> : null}
          </div>
        ))}
      </dd>
    </div>
  );
}
