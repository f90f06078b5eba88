// What the routes /cycles, /forecast, /forecast/record and /whatif answer, as these pages use it. Everything that knows the
// server's names stands in this folder.

export type { Spread, Within } from "./raw";
export * from "./cycles";
export * from "./forecasts";
export * from "./whatif";
