// Archives and compressed files, unpacked as they stream: the browser's own gzip, fflate's zip, and tar.
import { Unzip, UnzipInflate } from "fflate";
import { texts } from "./texts.js";

const BLOCK = 512;
const UNPACKED_BY = new Map([[0, "stored"], [8, "deflate"]]); // a zip's methods; 99 is AES
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
    if (head.length < BLOCK || head.every((byte) => byte === 0)) return;
    const size = number(head.subarray(124, 136)), kind = String.fromCharCode(head[156]);
    const name = word(head.subarray(0, 100));
    let left = size;
    const content = new ReadableStream({
      async pull(controller) {
        if (left === 0) return controller.close();
        const piece = await bytes.take(Math.min(left, 1 << 16));
        left -= piece.length;
        if (piece.length === 0) return controller.close();
        controller.enqueue(piece);
      },
    });
    if (kind === "0" || kind === "\0") yield [name, content];
    while (left > 0) {
      const skipped = await bytes.take(Math.min(left, 1 << 16));
      if (skipped.length === 0) return;
      left -= skipped.length;
    }
    await bytes.take((BLOCK - (size % BLOCK)) % BLOCK);
  }
}

/** Each file of a zip archive: [name, stream]. The caller reads it before the next. `left.bytes`: as much may come of it. */
export async function* zipEntries(bytes, left) {
  const ready = [];
  const head = await bytes.peek(8);
  if (head[6] & 1) throw new Error(texts.encrypted);
  const unzip = new Unzip((file) => {
    if (file.name.endsWith("/")) return;
    if (file.originalSize > left.bytes) throw new Error(texts.tooLarge); // whoever says less than is there is found out later
    if (!UNPACKED_BY.has(file.compression)) throw new Error(texts.method(file.compression));
    const { readable, writable } = new TransformStream(undefined, undefined, { highWaterMark: 64 });
    const writer = writable.getWriter();
    file.ondata = (error, data, final) => {
      if (error) return void writer.abort(error).catch(() => {});
      writer.write(data).catch(() => {});
      if (final) writer.close().catch(() => {});
    };
    file.start();
    ready.push([file.name, readable]);
  });
  unzip.register(UnzipInflate);
  let ended = false;
  const feed = async () => {
    const piece = await bytes.piece();
    ended = piece === null;
    unzip.push(piece ?? new Uint8Array(0), ended);
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
}
