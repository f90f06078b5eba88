// A text with claims marked in it. Claims overlap: a segment knows all that stand on it, and a click lists them.

import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { Role } from "./fields";
import type { Claim, Span } from "./records";
import { ByteText, type Mark, type Segment, segments } from "./spans";
import { counted } from "./words";

/** A field of the chosen claim at its place in the text. */
export interface FieldMark {
  role: Role;
  key: string;
  span: Span;
}

interface Props {
  text: ByteText;
  /** Claims to be marked by their evidence. */
  claims: Claim[];
  /** The claim whose record is open. */
  chosen: string | null;
  fields: FieldMark[];
  /** The field that is pointed at: its words stand out. */
  field: string | null;
  onPick?: (ids: string[]) => void;
  /** Within a line, without paragraphs of its own. */
  inline?: boolean;
}

type Value = { claim: string } | { field: FieldMark };

export function Marked({ text, claims, chosen, fields, field, onPick, inline = false }: Props) {
  const parts = useMemo(() => {
    const marks: Mark<Value>[] = claims.map((claim) => ({ span: claim.evidence.span, value: { claim: claim.id } }));
    for (const one of fields) marks.push({ span: one.span, value: { field: one } });
    return lines(segments(text, marks));
  }, [text, claims, fields]);
  const seen = new Set<string>();
  const Box = inline ? "span" : "div";
  const Line = inline ? "span" : "p";
  return (
    <Box class="marked">
      {parts.map((line, at) => (
        <Line key={at} class={line.some((part) => part.values.length) ? undefined : "silent"}>
          {line.map((part, i) => {
            const ids = part.values.flatMap((value) => ("claim" in value ? [value.claim] : []));
            const roles = part.values.flatMap((value) => ("field" in value ? [value.field] : []));
            if (ids.length === 0 && roles.length === 0) return part.text;
            const group = ids.join(" ");
            const first = group !== "" && !seen.has(group);
            seen.add(group);
            const classes = ["part", ids.length > 1 ? "many" : "one"];
            if (chosen && ids.includes(chosen)) classes.push("chosen");
            if (field && roles.some((one) => one.key === field)) classes.push("pointed");
            if (ids.length === 0 || !onPick) {
              return (
                <mark key={i} class={classes.join(" ")}>
                  {lined(part.text, roles)}
                </mark>
              );
            }
            return (
              <mark
                key={i}
                class={classes.join(" ")}
                role={first ? "button" : undefined}
                tabIndex={first ? 0 : undefined}
                data-claims={group}
                title={counted(ids.length, "claim")}
                onClick={() => onPick(ids)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter" && event.key !== " ") return;
                  event.preventDefault();
                  onPick(ids);
                }}
              >
                {lined(part.text, roles)}
              </mark>
            );
          })}
        </Line>
      ))}
    </Box>
  );
}

/** Words with the lines of all their fields: one span within the other, each line lower than the last. */
function lined(text: string, fields: FieldMark[]): VNode | string {
  const roles = [...new Set(fields.map((one) => one.role))];
  return roles.reduce<VNode | string>(
    (inner, role, depth) => <span class={`role-${role} deep-${depth}`}>{inner}</span>,
    text,
  );
}

/** Segments as paragraphs: cut at line breaks. */
function lines<T>(parts: Segment<T>[]): Segment<T>[][] {
  const paragraphs: Segment<T>[][] = [[]];
  for (const part of parts) {
    part.text.split(/\n+/).forEach((words, at) => {
      if (at > 0) paragraphs.push([]);
      if (words) paragraphs.at(-1)?.push({ ...part, text: words });
    });
  }
  return paragraphs.filter((paragraph) => paragraph.some((part) => part.text.trim()));
}
