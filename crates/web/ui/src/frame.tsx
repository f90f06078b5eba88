// How a screen begins: its heading, which is also the title of the window.

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

export function Screen({
  title,
  eyebrow,
  lead,
  children,
}: {
  title: string;
  eyebrow?: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  useEffect(() => {
    document.title = `${title} · annalist`;
  }, [title]);
  return (
    <>
      <div class="heading">
        {eyebrow ? <p class="eyebrow">{eyebrow}</p> : null}
        <h1>{title}</h1>
        {lead ? <p class="lead">{lead}</p> : null}
      </div>
      {children}
    </>
  );
}

/** Words of the server in which ids of records become links. */
export function Mentioned({ words }: { words: string }) {
  const parts = words.split(/\b((?:clm|inc|doc)_[0-9a-f]{6,})\b/);
  return (
    <>
      {parts.map((part, at) =>
        at % 2 ? (
          <a
            key={at}
            href={
              part.startsWith("inc_")
                ? `/incident/${part}`
                : part.startsWith("doc_")
                  ? `/document/${part}`
                  : `/claim/${part}`
            }
          >
            {part.startsWith("doc_") ? "an unnamed report" : `${part.slice(0, 10)}…`}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
