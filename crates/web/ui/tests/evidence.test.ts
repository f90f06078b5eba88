import { expect, test } from "vitest";
import { opened, parseOpen } from "../src/evidence";

const ids = Array.from({ length: 50 }, (_, i) => `inc_${i}`);

test("an address names forty records and says how many more there are", () => {
  const text = opened(ids, 8400);
  expect(text.endsWith("inc_39,~8410")).toBe(true);
  expect(parseOpen(text)).toEqual({ ids: ids.slice(0, 40), more: 8410 });
});

test("few records are all of them, each once", () => {
  expect(opened(["clm_a", "clm_a", "inc_b"])).toBe("clm_a,inc_b");
  expect(parseOpen("clm_a,inc_b")).toEqual({ ids: ["clm_a", "inc_b"], more: 0 });
});

test("what is no id opens nothing", () => {
  expect(parseOpen("~12")).toEqual({ ids: [], more: 0 });
  expect(parseOpen("<b>,clm_a,~x")).toEqual({ ids: ["clm_a"], more: 0 });
  expect(parseOpen(null)).toEqual({ ids: [], more: 0 });
});
