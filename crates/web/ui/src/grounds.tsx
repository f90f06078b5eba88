// What an answer rests on, beside every chart: source, period, n, coverage, uncertainty, and who was not read.

import type { Grounds } from "./answers";
import { counted, day, languageName, period } from "./words";

export function GroundsNote({ grounds }: { grounds: Grounds | null | undefined }) {
  if (!grounds) return null;
  const publishers = Object.entries(grounds.publishers ?? {});
  const languages = Object.entries(grounds.languages ?? {});
  const datasets = Object.entries(grounds.datasets ?? {});
  const rests = [
    grounds.claims != null ? counted(grounds.claims, "claim") : null,
    grounds.reports != null ? counted(grounds.reports, "report") : null,
    grounds.copies ? counted(grounds.copies, "near-copy") : null,
    grounds.incidents != null ? counted(grounds.incidents, "incident") : null,
    ...datasets.map(([name, n]) => `${counted(n, "row")} of ${name.toUpperCase()}`),
  ].filter(Boolean);
  return (
    <details class="grounds">
      <summary>
        Rests on {rests.join(", ") || "nothing that was read"}
        {grounds.published ? `, published ${period(grounds.published[0], grounds.published[1], true)}` : ""}
      </summary>
      <dl class="plain">
        {grounds.asked ? <Row name="Asked" words={grounds.asked} /> : null}
        {grounds.as_of ? <Row name="As of" words={day(grounds.as_of)} /> : null}
        {grounds.known_at ? <Row name="As known at" words={day(grounds.known_at)} /> : null}
        {publishers.length ? (
          <Row
            name="Read"
            words={
              publishers.map(([name, n]) => `${name} (${n})`).join(", ") +
              (grounds.unnamed ? `, and ${counted(grounds.unnamed, "report")} that names no publisher` : "")
            }
          />
        ) : null}
        {languages.length ? (
          <Row
            name="Languages"
            words={`${languages.map(([code, n]) => `${languageName(code)} (${n})`).join(", ")}; no other language was read`}
          />
        ) : null}
        {grounds.not_read?.length ? <Row name="Not read" words={grounds.not_read.join(", ")} /> : null}
        {grounds.method ? <Row name="Method" words={grounds.method} /> : null}
      </dl>
      {grounds.caveats?.length ? (
        <ul class="caveats">
          {grounds.caveats.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

function Row({ name, words }: { name: string; words: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </div>
  );
}
