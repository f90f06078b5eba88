// A mark of a figure that opens what it rests on, by pointer and by key, if that is known.

import type { ComponentChildren } from "preact";
import { openEvidence } from "./pieces";

/** `reach` is what a finger may touch, larger than the mark itself. */
export function Opening({
  evidence,
  words,
  reach,
  children,
}: {
  evidence: string[];
  words: string;
  reach: ComponentChildren;
  children: ComponentChildren;
}) {
  if (evidence.length === 0)
    return (
      <g>
        <title>{words}</title>
        {children}
      </g>
    );
  const open = () => openEvidence(evidence);
  return (
    <g
      role="button"
      tabindex={0}
      class="fan-opens"
      aria-label={`${words}; open what it rests on`}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open();
      }}
    >
      <title>{words}</title>
      {reach}
      {children}
    </g>
  );
}
