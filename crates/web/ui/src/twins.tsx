// Every screen has twins: the same answer as JSON and CSV, and the command line that gives it.

import { useState } from "preact/hooks";
import { urlOf } from "./api";

interface Props {
  /** The route of the API. */
  route: string;
  params?: URLSearchParams | Record<string, string>;
  command: string | null | undefined;
  formats?: ("json" | "csv" | "jsonl" | "svg")[];
}

export function Twins({ route, params = {}, command, formats = ["json", "csv"] }: Props) {
  const [copied, setCopied] = useState(false);
  const href = (format: string) => {
    const all = new URLSearchParams(params);
    if (format !== "json") all.set("format", format);
    return urlOf(route, all);
  };
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // Without permission the command can still be selected.
    }
  };
  return (
    <p class="twins">
      <span>The same as</span>
      {formats.map((format) => (
        <a key={format} href={href(format)} target="_blank" rel="noopener">
          {format.toUpperCase()}
        </a>
      ))}
      {command ? (
        <>
          <span>or</span>
          <code>{command}</code>
          <button type="button" class="small" onClick={() => void copy(command)}>
            {copied ? "Copied" : "Copy"}
          </button>
        </>
      ) : null}
    </p>
  );
}
