// Writes small PMTiles archives for tests: version 3, one directory, nothing packed; and the vector tiles in them.
// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md, https://github.com/mapbox/vector-tile-spec/tree/master/2.1

import { createServer } from "node:http";
import { zxyToTileId } from "pmtiles";

export const MVT = 1;
export const PNG = 2;

/** `tiles` are `{z, x, y, bytes}`; `bounds` west, south, east, north. */
export function archive({ type, tiles, metadata = {}, bounds = [-180, -85, 180, 85] }) {
  const sorted = tiles
    .map(({ z, x, y, bytes }) => ({ id: zxyToTileId(z, x, y), bytes: Buffer.from(bytes) }))
    .sort((a, b) => a.id - b.id);
  const column = (value) => sorted.flatMap((one, at) => varint(value(one, at)));
  const directory = Buffer.from([
    ...varint(sorted.length),
    ...column(({ id }, at) => id - (sorted[at - 1]?.id ?? 0)),
    ...column(() => 1),
    ...column(({ bytes }) => bytes.length),
    // 0: directly after the one before.
    ...column((_, at) => (at === 0 ? 1 : 0)),
  ]);
  const told = Buffer.from(JSON.stringify(metadata));
  const data = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const header = Buffer.alloc(127);
  header.write("PMTiles");
  header[7] = 3;
  const parts = [directory.length, told.length, 0, data.length];
  let at = 127;
  parts.forEach((length, part) => {
    header.writeBigUInt64LE(BigInt(at), 8 + part * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + part * 16);
    at += length;
  });
  for (const place of [72, 80, 88]) header.writeBigUInt64LE(BigInt(sorted.length), place);
  header[96] = 1;
  header[97] = 1;
  header[98] = 1;
  header[99] = type;
  header[100] = Math.min(...tiles.map(({ z }) => z));
  header[101] = Math.max(...tiles.map(({ z }) => z));
  bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  return Buffer.concat([header, directory, told, data]);
}

const KINDS = { points: 1, lines: 2, areas: 3 };

/** A vector tile. A layer is `{name, features}`, a feature `{points | lines | areas: [[[x, y], …], …], tags}`. */
export function vectorTile(layers, extent = 4096) {
  return message(
    layers.map(({ name, features }) => {
      const [keys, values] = [[], []];
      const place = (list, value) => (list.includes(value) ? list.indexOf(value) : list.push(value) - 1);
      const written = features.map(({ tags = {}, ...shape }) => {
        const [kind, parts] = Object.entries(shape)[0];
        const pairs = Object.entries(tags).flatMap(([key, value]) => [place(keys, key), place(values, value)]);
        return field(2, message([packed(2, pairs), number(3, KINDS[kind]), packed(4, commands(kind, parts))]));
      });
      return field(
        3,
        message([
          number(15, 2),
          text(1, name),
          ...written,
          ...keys.map((key) => text(3, key)),
          ...values.map((value) =>
            field(
              4,
              message([
                typeof value === "string" ? text(1, value) : number(typeof value === "boolean" ? 7 : 5, Number(value)),
              ]),
            ),
          ),
          number(5, extent),
        ]),
      );
    }),
  );
}

function commands(kind, parts) {
  let [x, y] = [0, 0];
  const move = ([toX, toY]) => {
    const step = [toX - x, toY - y].map((n) => (n << 1) ^ (n >> 31));
    [x, y] = [toX, toY];
    return step;
  };
  return parts.flatMap(([first, ...rest]) => [
    (1 << 3) | 1,
    ...move(first),
    ...(rest.length ? [(rest.length << 3) | 2, ...rest.flatMap(move)] : []),
    ...(kind === "areas" ? [(1 << 3) | 7] : []),
  ]);
}

function varint(value) {
  const bytes = [];
  let left = value >>> 0 === value ? value : Number(BigInt.asUintN(32, BigInt(value)));
  while (left > 127) {
    bytes.push((left & 127) | 128);
    left = Math.floor(left / 128);
  }
  return [...bytes, left];
}

const message = (fields) => Buffer.concat(fields);
const number = (tag, value) => Buffer.from([...varint(tag << 3), ...varint(value)]);
const field = (tag, bytes) => Buffer.concat([Buffer.from([...varint((tag << 3) | 2), ...varint(bytes.length)]), bytes]);
const text = (tag, value) => field(tag, Buffer.from(value));
const packed = (tag, values) => field(tag, Buffer.from(values.flatMap(varint)));

/** A server of one file, by ranges, as `annalist serve --tiles` is. */
export async function serveArchive(bytes) {
  const server = createServer((request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const [first, last] = [Number(from ?? 0), Math.min(Number(to ?? Infinity), bytes.length - 1)];
    response.writeHead(from ? 206 : 200, {
      etag: `"${bytes.length}"`,
      "content-length": last - first + 1,
      ...(from ? { "content-range": `bytes ${first}-${last}/${bytes.length}` } : {}),
    });
    response.end(bytes.subarray(first, last + 1));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/map.pmtiles`, close: () => server.close() };
}
