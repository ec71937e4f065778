// Archives and compressed files, unpacked as they stream: the browser's own gzip, fflate's zip, and tar.
import { FlateErrorCode, Unzip, UnzipInflate } from "fflate";
import { texts } from "./texts.js";

const BLOCK = 512;
const UNPACKED_BY = new Map([[0, "stored"], [8, "deflate"]]); // a zip's methods; 99 is AES
const END_LENGTH = 22; // of a zip's last record, behind which a comment may follow
const UNCOUNTED = 0xffff; // a zip64 counts elsewhere
const LONGEST_END = END_LENGTH + 65_535;
const latin1 = new TextDecoder("latin1");

/** Reads exactly so many bytes of a stream, or fewer at its end. */
export class Bytes {
  #reader;
  #rest = new Uint8Array(0);

  constructor(stream) {
    this.#reader = stream.getReader();
  }

  async piece() {
    if (this.#rest.length > 0) {
      const piece = this.#rest;
      this.#rest = new Uint8Array(0);
      return piece;
    }
    const { done, value } = await this.#reader.read();
    return done ? null : value;
  }

  async take(count) {
    const taken = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const piece = await this.piece();
      if (piece === null) break;
      const part = piece.subarray(0, count - at);
      taken.set(part, at);
      at += part.length;
      this.#rest = piece.subarray(part.length);
    }
    return taken.subarray(0, at);
  }

  /** The first bytes; they stay to be read. */
  async peek(count) {
    const first = await this.take(count);
    const joined = new Uint8Array(first.length + this.#rest.length);
    joined.set(first);
    joined.set(this.#rest, first.length);
    this.#rest = joined;
    return first;
  }

  stream() {
    return new ReadableStream({
      pull: async (controller) => {
        const piece = await this.piece();
        if (piece === null) controller.close();
        else controller.enqueue(piece);
      },
      cancel: () => this.#reader.cancel(),
    });
  }
}

export const isGzip = (b) => b[0] === 0x1f && b[1] === 0x8b;
export const isZip = (b) => b[0] === 0x50 && b[1] === 0x4b && b[2] === 3 && b[3] === 4;
export const isTar = (b) => b.length >= BLOCK && latin1.decode(b.subarray(257, 262)) === "ustar";

const number = (field) => parseInt(latin1.decode(field).replace(/[^0-7].*$/s, "") || "0", 8);
const word = (field) => new TextDecoder().decode(field.subarray(0, (field.indexOf(0) + field.length + 1) % (field.length + 1)));

/** Each regular file of a tar archive: [name, bytes of it as Bytes]. The caller reads it before the next. */
export async function* tarEntries(bytes) {
  for (;;) {
    const head = await bytes.take(BLOCK);
    if (head.length < BLOCK) throw new Error(texts.cutOff); // blocks of zeros end it
    if (head.every((byte) => byte === 0)) return;
    const size = number(head.subarray(124, 136)), kind = String.fromCharCode(head[156]);
    const name = word(head.subarray(0, 100));
    let left = size;
    const content = new ReadableStream({
      async pull(controller) {
        if (left === 0) return controller.close();
        const piece = await bytes.take(Math.min(left, 1 << 16));
        if (piece.length === 0) return controller.error(new Error(texts.cutOff));
        left -= piece.length;
        controller.enqueue(piece);
      },
    });
    if (kind === "0" || kind === "\0") yield [name, content];
    while (left > 0) {
      const skipped = await bytes.take(Math.min(left, 1 << 16));
      if (skipped.length === 0) throw new Error(texts.cutOff);
      left -= skipped.length;
    }
    const padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if ((await bytes.take(padding)).length < padding) throw new Error(texts.cutOff);
  }
}

/** How many entries the last record of a zip counts, by its last bytes; undefined: it is cut off before that record. */
function countInEnd(tail) {
  for (let at = tail.length - END_LENGTH; at >= 0; at--)
    if (tail[at] === 0x50 && tail[at + 1] === 0x4b && tail[at + 2] === 5 && tail[at + 3] === 6) return tail[at + 10] + 256 * tail[at + 11];
  return undefined;
}

/** What is wrong with a zip of which so many entries were found; undefined: nothing. */
function damageOf(tail, found) {
  const counted = countInEnd(tail);
  if (counted === undefined) return texts.cutOff;
  return counted > found && counted !== UNCOUNTED ? texts.damaged : undefined;
}

/** The last bytes of what came so far, as many as an end has at most. */
function tailOf(tail, piece) {
  if (piece.length >= LONGEST_END) return piece.slice(-LONGEST_END);
  const kept = tail.subarray(Math.max(0, tail.length + piece.length - LONGEST_END)), joined = new Uint8Array(kept.length + piece.length);
  joined.set(kept);
  joined.set(piece, kept.length);
  return joined;
}

/** Each file of a zip archive: [name, stream]. The caller reads it before the next. `left.bytes`: as much may come of it. */
export async function* zipEntries(bytes, left) {
  const ready = [], unfinished = new Set(); // writers of entries
  const head = await bytes.peek(8);
  if (head[6] & 1) throw new Error(texts.encrypted);
  let found = 0;
  const unzip = new Unzip((file) => {
    found++;
    if (file.name.endsWith("/")) return;
    if (file.originalSize > left.bytes) throw new Error(texts.tooLarge); // whoever says less than is there is found out later
    if (!UNPACKED_BY.has(file.compression)) throw new Error(texts.method(file.compression));
    const { readable, writable } = new TransformStream(undefined, undefined, { highWaterMark: 64 });
    const writer = writable.getWriter();
    unfinished.add(writer);
    file.ondata = (error, data, final) => {
      if (error) return; // it stays unfinished
      writer.write(data).catch(() => {});
      if (final && unfinished.delete(writer)) writer.close().catch(() => {});
    };
    file.start();
    ready.push([file.name, readable]);
  });
  unzip.register(UnzipInflate);
  let ended = false, tail = new Uint8Array(0);
  const feed = async () => {
    const piece = await bytes.piece();
    ended = piece === null;
    if (piece) tail = tailOf(tail, piece);
    try {
      unzip.push(piece ?? new Uint8Array(0), ended);
    } catch (error) {
      if (error.code !== FlateErrorCode.InvalidZipData) throw error;
    }
    if (ended) unfinished.forEach((writer) => writer.abort(new Error(damageOf(tail, found) ?? texts.damaged)).catch(() => {}));
  };
  while (!ended || ready.length > 0) {
    if (ready.length === 0) {
      await feed();
      continue;
    }
    const [name, inner] = ready.shift();
    const reader = inner.getReader();
    yield [name, new ReadableStream({
      async pull(controller) {
        const next = reader.read();
        let settled = false;
        next.then(() => (settled = true), () => (settled = true));
        for (await null; !settled && !ended; await null) await feed();
        const { done, value } = await next;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => reader.cancel(),
    })];
  }
  const damage = damageOf(tail, found);
  if (damage) throw new Error(damage);
}
