// Pictures for docs/pages.md, of a server that holds the sample reports and nothing else: what is in them is written by us.
//
//   node tests/pictures.mjs http://127.0.0.1:8457 ../../../docs/pages
//
// CHROMIUM names the browser (/usr/bin/chromium if not given).

import { mkdir, writeFile } from "node:fs/promises";
import { crc32, deflateSync } from "node:zlib";
import { chromium } from "playwright-core";

const [base = "http://127.0.0.1:8457", folder = "../../../docs/pages"] = process.argv.slice(2);
const api = async (route) => (await fetch(`${base}/api/v1${route}`)).json();
// What several tell of, with numbers, shows most.
const { items } = await api("/incidents?sort=gravity&limit=200");
const most = items
  .filter((one) => one.dead)
  .sort((a, b) => b.incident.accounts.length - a.incident.accounts.length || b.reports - a.reports)[0];
const incident = most.incident.id;
const { claims } = await api(`/incidents/${incident}`);
const { claim } = claims.find((one) => one.claim.effects.length > 0) ?? claims[0];

/** Name, address, width, height, light. */
const PICTURES = [
  ["overview", "/?about=PAK,AFG&as_of=2025-10-12", 1280, 860, "light"],
  ["incident", `/incident/${incident}`, 1280, 860, "light"],
  ["document", `/document/${claim.document}?claim=${claim.id}`, 1280, 760, "light"],
  ["map", "/map?at=69.6,33.0,6.3", 1280, 860, "dark"],
  ["timeline", "/timeline?about=PAK,AFG&view=2025-09-25..2025-11-20", 1280, 760, "light"],
  ["document-narrow", `/document/${claim.document}?claim=${claim.id}`, 390, 844, "light"],
];

/** So much at most each, in bytes: they lie in the repository. */
const MOST = 150_000;
const FLAGS =
  "--headless --no-sandbox --disable-gpu --no-first-run --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS.split(" "),
});
await mkdir(folder, { recursive: true });
for (const [name, path, width, height, colorScheme] of PICTURES) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  // A debug build on a busy machine takes its time.
  page.setDefaultTimeout(180_000);
  await page.goto(base + path);
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.waitForFunction(() => !document.querySelector(".state.loading"));
  if (await page.locator(".map").count()) await page.waitForSelector('.map[data-ready="yes"]');
  await page.waitForTimeout(500);
  const bytes = await fewerColours(await page.screenshot());
  if (bytes.length > MOST) throw new Error(`${name}: ${bytes.length} bytes; ${MOST} at most`);
  await writeFile(`${folder}/${name}.png`, bytes);
  console.log(`${name}.png ${Math.round(bytes.length / 1000)} kB`);
  await context.close();
}
await browser.close();

/** The same with a palette: edges of letters have hundreds of colours, which take room and are not seen. */
async function fewerColours(png) {
  const page = await browser.newPage();
  const { width, height, base64 } = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let text = "";
      for (let at = 0; at < data.length; at += 30_000) text += String.fromCharCode(...data.subarray(at, at + 30_000));
      return { width: image.width, height: image.height, base64: btoa(text) };
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await page.close();
  const pixels = Buffer.from(base64, "base64");
  const counts = new Map();
  const colour = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
  for (let at = 0; at < pixels.length; at += 4) counts.set(colour(at), (counts.get(colour(at)) ?? 0) + 1);
  const parts = (one) => [one >> 16, (one >> 8) & 255, one & 255];
  const distance = (a, b) => parts(a).reduce((sum, part, i) => sum + (part - parts(b)[i]) ** 2, 0);
  // The most frequent; then those farthest from all that are in, so that a small mark keeps its hue.
  const ordered = [...counts].sort((a, b) => b[1] - a[1]).map(([one]) => one);
  const palette = ordered.splice(0, 200);
  const off = ordered.map((one) => Math.min(...palette.map((other) => distance(one, other))));
  while (palette.length < 256 && ordered.length > 0) {
    const at = off.reduce((best, value, i) => (value > off[best] ? i : best), 0);
    const [added] = ordered.splice(at, 1);
    off.splice(at, 1);
    palette.push(added);
    ordered.forEach((one, i) => {
      off[i] = Math.min(off[i], distance(one, added));
    });
  }
  const nearest = new Map(palette.map((one, i) => [one, i]));
  for (const one of counts.keys())
    if (!nearest.has(one))
      nearest.set(
        one,
        palette.reduce((best, other, i) => (distance(one, other) < distance(one, palette[best]) ? i : best), 0),
      );
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + x + 1] = nearest.get(colour((y * width + x) * 4));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a pixel, which stand for colours of the palette.
  head.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flatMap(parts))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
