import { describe, expect, test } from "vitest";
import { type Question, formatQuestion, isAsked, parseQuestion, queryString } from "../src/question";

const NOTHING: Question = {
  about: [],
  in: null,
  from: null,
  to: null,
  type: [],
  as_of: null,
  known_at: null,
  run: null,
};
const there = (question: Question) => queryString(formatQuestion(question));
const back = (address: string) => parseQuestion(new URLSearchParams(address));

describe("the question in the address", () => {
  test.each<[string, Question]>([
    ["nothing", NOTHING],
    ["two parties", { ...NOTHING, about: ["PAK.MIL", "TTP"] }],
    ["a place with a comma and an ampersand", { ...NOTHING, in: "Dera Ismail Khan & Tank, PAK" }],
    [
      "all of it",
      {
        about: ["PAK"],
        in: "AFG",
        from: "2025-10-01",
        to: "2025-10-31",
        type: ["ASSAULT", "COERCE"],
        as_of: "2025-10-19T18:00:00+05:00",
        known_at: "2025-11-01",
        run: "run_1",
      },
    ],
  ])("%s comes back the same", (_, question) => {
    expect(back(there(question))).toEqual(question);
  });

  test("it can be read by people, and has one spelling", () => {
    expect(there({ ...NOTHING, to: "2025-10-31", about: ["PAK", "AFG"] })).toBe("?about=PAK,AFG&to=2025-10-31");
    expect(there(back("?to=2025-10-31&about=PAK&about=AFG,PAK&open=clm_1"))).toBe("?about=PAK,AFG&to=2025-10-31");
  });

  test("empty parameters ask nothing", () => {
    expect(back("?about=&from=%20")).toEqual(NOTHING);
    expect(isAsked(back("?about="))).toBe(false);
    expect(isAsked(back("?in=AFG"))).toBe(true);
  });
});
