// One claim on a page of its own: its sentence in context, its record, its links.

import { ClaimCard } from "../drawer";
import { Screen } from "../frame";
import { Twins } from "../twins";

export function ClaimScreen({ id }: { id: string }) {
  return (
    <Screen
      title="One claim"
      lead="What somebody says, in words that stand in a report. Point at a field to see its words."
    >
      <div class="card solo">
        <ClaimCard id={id} alone />
      </div>
      <Twins route={`/claims/${id}`} command={`annalist show ${id}`} />
    </Screen>
  );
}
