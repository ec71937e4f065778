// Bytes of a stream, taken as they are needed, and tar archives.
import { Damage, damageOf } from "./damage.js";
import { texts } from "./texts.js";

export { Damage, damageOf } from "./damage.js";
export { gunzip, isGzip } from "./gzip.js";
export { isZip, zipEntries } from "./zip.js";

const BLOCK = 512, PIECE = 1 << 16;
const LONGEST_HEADER = 1 << 20; // of those that say a long name
const latin1 = new TextDecoder("latin1");

/** Reads exactly so many bytes of a stream, or fewer at its end. */
export class Bytes {
  #reader;
  #rest = new Uint8Array(0);
  /** Why the stream ended early; undefined: it did not. */
  damage;

  constructor(stream) {
    this.#reader = stream.getReader();
  }

  async piece() {
    if (this.#rest.length > 0) {
      const piece = this.#rest;
      this.#rest = new Uint8Array(0);
      return piece;
    }
    try {
      const { done, value } = await this.#reader.read();
      return done ? null : value;
    } catch (error) {
      this.damage = damageOf(error);
      return null;
    }
  }

  async take(count) {
    const parts = [];
    let left = count;
    while (left > 0) {
      const piece = await this.piece();
      if (piece === null) break;
      parts.push(piece.subarray(0, left));
      this.#rest = piece.subarray(left);
      left -= parts[parts.length - 1].length;
    }
    if (parts.length === 1) return parts[0];
    const taken = new Uint8Array(count - left);
    let at = 0;
    for (const part of parts) {
      taken.set(part, at);
      at += part.length;
    }
    return taken;
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

  cancel() {
    return this.#reader.cancel().catch(() => {}); // it may have ended with an error
  }
}

const isUstar = (head) => latin1.decode(head.subarray(257, 262)) === "ustar";
const octal = (field) => parseInt(latin1.decode(field).replace(/[^0-7 ].*$/s, "").trim() || "0", 8);
const word = (field) => new TextDecoder().decode(field.indexOf(0) < 0 ? field : field.subarray(0, field.indexOf(0)));

/** A number that is too long for its octal digits is written in bytes. */
const numberIn = (field) => (field[0] & 0x80 ? field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0) : octal(field));

/** The sum over a header counts the sum itself as spaces. */
const hasSum = (head) => octal(head.subarray(148, 156)) === head.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

/** Archives older than ustar are known by their sum alone. */
export const isTar = (b) => b.length >= BLOCK && b[0] !== 0 && (isUstar(b) || hasSum(b.subarray(0, BLOCK)));

function nameIn(head) {
  const prefix = isUstar(head) && head[262] === 0 ? word(head.subarray(345, 500)) : "";
  return (prefix ? `${prefix}/` : "") + word(head.subarray(0, 100));
}

/** Lines of "LENGTH KEY=VALUE\n". */
function paxMembers(text) {
  return Object.fromEntries([...text.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g)].map(([, key, value]) => [key, value]));
}

async function skip(bytes, count) {
  for (let left = count; left > 0; ) {
    const skipped = await bytes.take(Math.min(left, PIECE));
    if (skipped.length === 0) throw new Damage(texts.cutOff);
    left -= skipped.length;
  }
}

/** Each regular file of a tar archive: [name, open, size]. It is read before the next is asked for. */
export async function* tarEntries(bytes) {
  for (let said = {}; ; ) { // what a header of its own says of the next entry
    const head = await bytes.take(BLOCK);
    if (head.length < BLOCK) throw bytes.damage ?? new Damage(texts.cutOff); // blocks of zeros end it
    if (head.every((byte) => byte === 0)) return;
    if (!hasSum(head)) throw new Damage(texts.damaged);
    const kind = String.fromCharCode(head[156]), size = Number(said.size ?? numberIn(head.subarray(124, 136))), padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (!Number.isSafeInteger(size) || size < 0) throw new Damage(texts.damaged);
    if (kind === "x" || kind === "L") {
      const text = new TextDecoder().decode(await bytes.take(Math.min(size, LONGEST_HEADER)));
      await skip(bytes, size - Math.min(size, LONGEST_HEADER) + padding);
      Object.assign(said, kind === "x" ? paxMembers(text) : { path: text.replace(/\0.*$/s, "") });
      continue;
    }
    let left = size;
    const content = () => new ReadableStream({
      async pull(controller) {
        if (left === 0) return controller.close();
        const piece = await bytes.take(Math.min(left, PIECE));
        if (piece.length === 0) return controller.error(bytes.damage ?? new Damage(texts.cutOff));
        left -= piece.length;
        controller.enqueue(piece);
      },
    });
    if (kind === "0" || kind === "\0" || kind === "7") yield [said.path ?? nameIn(head), content, size];
    await skip(bytes, left + padding);
    said = {};
  }
}
