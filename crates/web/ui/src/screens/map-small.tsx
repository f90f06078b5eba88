import type { Place } from "../records";
export function SmallMap(_: { places: Place[] }) { return null; }
export function QuestionMap(_: { query: Record<string, string> }) { return null; }
