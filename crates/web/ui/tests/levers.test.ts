import { describe, expect, test } from "vitest";
import { formatLever, formatPackage, newLever, parseLever, parsePackage } from "../src/levers";
import { queryString } from "../src/question";

describe("a lever is read into sliders and written back as it was", () => {
  test.each([
    "replies:PAK=0.4..0.8",
    "pressure:TTP=0.7..0.9",
    "pressure:TTP:60d=0.7",
    "ceasefire:14d=0.1..0.4",
    "ceasefire:PAK-AFG:14d",
    "ceasefire:Dera_Ismail_Khan:14d=0.5",
    "border:open=1..1.3",
    "border:PAK-AFG:closed",
    "talks:PAK-AFG:60d=0.8..1.1",
  ])("%s", (written) => {
    const lever = parseLever(written);
    expect(lever).not.toBeNull();
    if (lever) expect(formatLever(lever)).toBe(written);
  });
});

test.each([
  "tariffs:PAK=0.5",
  "ceasefire=0.4",
  "border:ajar",
  "replies:PAK=0.8..0.4",
  "replies:PAK=2..21",
  "talks:A:B:9d",
])("%s is left as it stands, for the server to say what is wrong", (written) => {
  expect(parseLever(written)).toBeNull();
  expect(formatPackage(parsePackage(`odd::${written}`))).toBe(`odd::${written}`);
});

test("a package has a name before two colons, or one, or none", () => {
  const levers = "pressure:TTP=0.7..0.9+talks:PAK-AFG=0.8..1";
  expect(parsePackage(`with talks::${levers}`)).toMatchObject({
    name: "with talks",
    levers: [{ kind: "pressure" }, {}],
  });
  expect(parsePackage(`squeeze:${levers}`)).toMatchObject({ name: "squeeze", levers: [{}, { kind: "talks" }] });
  expect(parsePackage(levers).name).toBe("");
  expect(formatPackage(parsePackage(`squeeze:${levers}`))).toBe(`squeeze::${levers}`);
});

test("the address restores packages, whatever became of the plus", () => {
  const written = ["calm::ceasefire:14d=0.1..0.4+talks:PAK-AFG", "pressure:TTP=0.7..0.9"];
  const params = new URLSearchParams(written.map((one) => ["package", one]));
  const back = new URLSearchParams(queryString(params)).getAll("package");
  expect(back.map((one) => formatPackage(parsePackage(one)))).toEqual(written);
  const typed = new URLSearchParams(`package=${written[0]}`).getAll("package");
  expect(typed.map((one) => formatPackage(parsePackage(one)))).toEqual([written[0]]);
});

test("a new lever is an assumption about the parties that are asked about", () => {
  expect(formatLever(newLever("talks", ["PAK", "AFG"]))).toBe("talks:PAK-AFG=0.7..1");
  expect(formatLever(newLever("ceasefire", []))).toBe("ceasefire:14d=0.1..0.4");
});
