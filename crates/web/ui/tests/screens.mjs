// Every screen in a headless Chromium, as a reader would see it: wide and narrow, light and dark. Fails on errors in the
// console, sideways scrolling at 390 px, serious faults that axe finds, and things that the keyboard does not reach.
//
//   node tests/screens.mjs http://127.0.0.1:8457 shots/ [screen]
//
// The server has to hold the sample reports or more. With WRITES=1 a reader's day is played, too: paste, keep, amend, restore.
// CHROMIUM names the browser (/usr/bin/chromium if not given).

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [base = "http://127.0.0.1:8457", folder = "shots"] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
await mkdir(folder, { recursive: true });

const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS.split(" "),
});
/** A window of its own; a debug build on a busy machine takes its time. */
async function opened(options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(120_000);
  return context;
}
const faults = [];
const fault = (where, what) => {
  faults.push(`${where}: ${what}`);
  console.log(`  ✗ ${where}: ${what}`);
};

const api = async (route) => (await fetch(`${base}/api/v1${route}`)).json();
const incidents = (await api("/incidents?sort=dispute&limit=1")).items;
const claims = (await api("/claims?kind=event&limit=1")).items;
const incident = incidents[0]?.incident.id;
const claim = claims[0]?.claim;
const lake = await api("/lake");
const paths = Object.keys((await api("/openapi.json")).paths ?? {});
/** Whether this server answers a route: an older one has fewer screens to look at. */
const has = (route) => paths.includes(`/api/v1${route}`);
const PACKAGES = "package=truce::ceasefire:14d=0.1..0.4%2Btalks:PAK-AFG&package=pressure:TTP=0.7..0.9";

const SCREENS = [
  ["overview", "/"],
  ["incidents", "/incidents?sort=gravity"],
  ["incident", `/incident/${incident}`],
  ["document", `/document/${claim?.document}`],
  ["document-claim", `/document/${claim?.document}?claim=${claim?.id}`],
  ["claim", `/claim/${claim?.id}`],
  ["claims", "/claims"],
  ["claims-none", "/claims?q=zzzzzz"],
  ["drawer", `/claims?open=${claim?.id}`],
  ["map", "/map"],
  ["timeline", "/timeline"],
  ["ties", "/ties"],
  ["causes", "/causes"],
  ["read", "/read"],
  ...(has("/cycles")
    ? [
        ["cycles", "/cycles"],
        ["cycles-places", "/cycles?by=admin1"],
        ["cycles-thin", "/cycles?about=UNO"],
      ]
    : []),
  ...(has("/forecast")
    ? [
        ["forecasts", "/forecasts"],
        ["forecasts-pairs", "/forecasts?unit=pair&leads=14"],
      ]
    : []),
  ...(has("/whatif")
    ? [
        ["whatif-begin", "/whatif"],
        ["whatif", `/whatif?about=PAK,TTP&${PACKAGES}`],
        ["whatif-odd", "/whatif?package=odd::tariff:PAK=0.5"],
      ]
    : []),
  ["missing", "/no-such-page"],
  ["refused", "/incident/inc_000000000000000000000000"],
];

async function settle(page) {
  await page.waitForLoadState("networkidle").catch(() => {});
  await page
    .waitForFunction(() => !document.querySelector(".state.loading"), null, { timeout: 60_000 })
    .catch(() => {});
  if (await page.locator(".map").count())
    await page.waitForSelector('.map[data-ready="yes"]', { timeout: 30_000 }).catch(() => {});
  await page.waitForTimeout(250);
}

async function look(name, path, width, scheme) {
  const where = `${name} ${width} ${scheme}`;
  const context = await opened({
    viewport: { width, height: width < 500 ? 844 : 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    // What the server rightly refuses, the browser calls an error.
    const expected =
      (name === "refused" && /404/.test(message.text())) ||
      (/^(cycles|forecasts|whatif)/.test(name) && /status of 4\d\d/.test(message.text()));
    if (message.type() === "error" && !expected) fault(where, `console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fault(where, error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url()))
      fault(where, `asks elsewhere: ${request.url()}`);
  });
  await page.goto(base + path);
  await settle(page);
  if (name === "map" && lake.tiles && (await page.locator(".owed, .problem").count()) === 0)
    fault(where, "a map of one's own says neither whom it is owed to nor what is wrong with it");
  if (/^(cycles|forecasts|whatif)/.test(name) && /\bcauses\b/i.test(await page.locator("main").innerText()))
    fault(where, "a reckoning says that something causes something");
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) fault(where, `wider than the window by ${over} px`);
  // Evaluated, not added as a script: the content security policy would rightly refuse that.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const one of violations.filter(({ impact }) => impact === "serious" || impact === "critical")) {
    fault(
      where,
      `axe ${one.id}: ${one.nodes
        .slice(0, 3)
        .map((node) => `${node.target.join(" ")} ${(node.any[0]?.message ?? "").slice(0, 140)}`)
        .join(" | ")}`,
    );
  }
  await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
  await context.close();
}

/** Tabs until the focus fits; false if it never does. */
async function tabTo(page, fits, most = 80) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(fits)) return true;
  }
  return false;
}

async function keyboard() {
  const page = await (await opened({ viewport: { width: 1280, height: 900 } })).newPage();
  const open = async (path) => {
    await page.goto(base + path);
    await settle(page);
  };
  const needs = (what, is) => is || fault("keyboard", what);
  await open("/claims");
  await page.keyboard.press("Tab");
  needs(
    "the first stop is the skip link",
    await page.evaluate(() => document.activeElement?.classList.contains("skip")),
  );
  await page.keyboard.press("Enter");
  needs("the skip link leads to the content", await page.evaluate(() => document.activeElement?.id === "main"));
  needs("claims are reached", await tabTo(page, () => document.activeElement?.classList.contains("claim-row"), 160));
  await page.keyboard.press("Enter");
  await settle(page);
  needs("a claim opens the evidence", (await page.locator(".drawer").count()) === 1);
  needs("the address has it", page.url().includes("open=clm_"));
  needs("the focus is in the drawer", await page.evaluate(() => Boolean(document.activeElement?.closest(".drawer"))));
  await page.keyboard.press("Escape");
  needs("Esc closes it", (await page.locator(".drawer").count()) === 0);
  needs("the focus goes back", await page.evaluate(() => document.activeElement?.classList.contains("claim-row")));

  await open(`/document/${claim?.document}`);
  needs("marks in the text are reached", await tabTo(page, () => document.activeElement?.matches("mark[role=button]")));
  await page.keyboard.press("Enter");
  await settle(page);
  needs("a mark opens its record", (await page.locator(".record").count()) === 1);
  needs("fields are reached", await tabTo(page, () => document.activeElement?.matches("button.field-name"), 120));
  needs("a field shows its words", (await page.locator("mark.pointed").count()) > 0);
  await page.keyboard.press("Escape");
  needs("Esc closes the record", !page.url().includes("claim="));

  await open("/map");
  needs(
    "the list beside the map is reached",
    await tabTo(page, () => Boolean(document.activeElement?.closest(".map-list")), 60),
  );
  await open("/ties");
  needs(
    "marks of figures are reached",
    await tabTo(page, () => Boolean(document.activeElement?.closest(".figure [data-id]")), 80),
  );
  await page.keyboard.press("Enter");
  needs("and open their evidence", (await page.locator(".drawer").count()) === 1);

  if (has("/cycles")) {
    await open("/cycles");
    if (await page.locator(".branching").count())
      needs(
        "the matrix is reached, so that it can be scrolled",
        await tabTo(page, () => Boolean(document.activeElement?.querySelector(".branching")), 40),
      );
  }
  if (has("/forecast")) {
    await open("/forecasts");
    if (await page.locator(".fan-opens").count()) {
      needs("observed months are reached", await tabTo(page, () => document.activeElement?.matches(".fan-opens"), 60));
      await page.keyboard.press("Enter");
      needs("and open what they rest on", (await page.locator(".drawer").count()) === 1);
      await page.keyboard.press("Escape");
    }
    await page.getByLabel(/^Months ahead/).focus();
    await page.keyboard.press("ArrowRight");
    needs("months ahead stand in the address", page.url().includes("leads=7"));
  }
  if (has("/whatif")) {
    await open("/whatif?about=PAK,TTP");
    await page.getByRole("button", { name: "A ceasefire of 14 days" }).press("Enter");
    await settle(page);
    needs(
      "a package stands in the address",
      /package=truce::ceasefire:14d=0.1..0.4/.test(decodeURIComponent(page.url())),
    );
    await page.getByLabel(/^Most factor: Ceasefire/).focus();
    await page.keyboard.press("ArrowRight");
    await settle(page);
    needs("a slider moves by keyboard, and the address with it", page.url().includes("=0.1..0.45"));
    await page.getByRole("button", { name: "as history has it" }).press("Enter");
    await settle(page);
    needs("history takes the range out of the address", /ceasefire:14d($|&)/.test(page.url()));
    await page.goBack().catch(() => {});
    await open(`/whatif?about=PAK,TTP&${PACKAGES}`);
    const read = async () => [
      await page.locator("main").innerText(),
      await page.locator(".packages input").evaluateAll((all) => all.map((one) => one.value)),
    ];
    const before = JSON.stringify(await read());
    await page.reload();
    await settle(page);
    needs("the address restores sliders and numbers", before === JSON.stringify(await read()));
  }

  // The address restores the screen.
  await open("/incidents?about=PAK&sort=gravity&standing=reported");
  const before = await page.locator("main").innerText();
  await page.reload();
  await settle(page);
  needs("the address restores the screen", before === (await page.locator("main").innerText()));
  await page.context().close();
}

/** As a reader would use it: paste, keep, find, open, amend, share, export. Writes to the lake, so only where that is wanted. */
async function reader() {
  const page = await (await opened({ viewport: { width: 1280, height: 900 }, acceptDownloads: true })).newPage();
  const needs = (what, is) => is || fault("reader", what);
  page.on("pageerror", (error) => fault("reader", error.message));
  await page.goto(`${base}/read`);
  await settle(page);
  await page
    .getByLabel("The report")
    .fill(
      "KABUL, October 12, 2025 (Test Wire) - Pakistani jets struck three villages in Paktika province on Saturday, killing 46 people, the Taliban government said. An army spokesman in Rawalpindi said that 20 militants were killed.\n",
    );
  await page.getByLabel("Title").fill("Test of the pages");
  await page.getByLabel("Published on").fill("2025-10-12");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByRole("button", { name: "Keep in the lake" }).waitFor({ timeout: 120_000 });
  needs("claims appear", (await page.locator(".claim-row").count()) > 0);
  await page.screenshot({ path: `${folder}/reader-read.png`, fullPage: true });
  await page.getByRole("button", { name: "Keep in the lake" }).click();
  await page.getByText("Kept:").waitFor();

  await page.goto(`${base}/incidents?sort=dispute`);
  await settle(page);
  await page.locator(".row-main a").first().click();
  await settle(page);
  needs("accounts stand side by side", (await page.locator(".accounts tbody tr").count()) > 0);
  await page.locator("blockquote .opens").first().click();
  await settle(page);
  needs("the sentence opens", (await page.locator(".drawer mark.chosen").count()) > 0);
  await page.getByRole("button", { name: "Amend a field…" }).first().click();
  await page.getByLabel("Field", { exact: true }).selectOption("status");
  await page.getByLabel("What it should be").selectOption("possible");
  await page.getByLabel(/^Why/).fill("A test of the pages.");
  await page.getByLabel("Your name").fill("Tester");
  await page.screenshot({ path: `${folder}/reader-amend.png` });
  await page.getByRole("button", { name: "Amend", exact: true }).click();
  await page.getByText("A test of the pages.").first().waitFor({ timeout: 20_000 });
  needs("the decision shows with its reason", (await page.locator(".decisions").count()) > 0);
  await page.getByRole("button", { name: "Restore…" }).first().click();
  await page.getByLabel(/^Why/).fill("Taken back after the test.");
  await page.getByRole("button", { name: "Restore the claim" }).click();
  await page.getByText("Taken back after the test.").first().waitFor({ timeout: 20_000 });

  await page.goto(`${base}/claims`);
  await settle(page);
  await page.locator(".facet button", { hasText: "event" }).first().click();
  await settle(page);
  needs("a facet stands in the address", page.url().includes("kind=event"));
  const csv = await page.getByRole("link", { name: "CSV" }).first().getAttribute("href");
  const exported = await fetch(base + csv);
  needs("the export answers", exported.ok && csv.includes("kind=event"));
  await page.context().close();
}

const only = process.argv[4];
for (const [name, path] of SCREENS) {
  if (only && !name.startsWith(only)) continue;
  console.log(name);
  for (const width of [1280, 390]) for (const scheme of ["light", "dark"]) await look(name, path, width, scheme);
}
if (!only || only === "keyboard") {
  console.log("keyboard");
  await keyboard();
}
if (process.env.WRITES) {
  console.log("reader");
  await reader();
}
await browser.close();
console.log(faults.length ? `\n${faults.length} faults` : "\nno faults");
process.exit(faults.length ? 1 : 0);
