// What is wrong with an archive, in the page's words, and the sums that tell it.
import { texts } from "./texts.js";

/** A fault of an archive, in a sentence for people. */
export class Damage extends Error {}

/** What the browser says of packed bytes, in the page's words. */
export const damageOf = (error) =>
  error instanceof Damage ? error : new Damage(/trunc|unexpected end/i.test(error?.message) ? texts.cutOff : texts.damaged);

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** The CRC-32 of `bytes`, which follow those of the sum `before`. */
export function crc32(bytes, before = 0) {
  let sum = ~before;
  for (let i = 0; i < bytes.length; i++) sum = TABLE[(sum ^ bytes[i]) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** A stream that ends with an error unless its bytes have this CRC and are so many. */
export function checked(stream, crc, size) {
  let sum = 0, count = 0;
  return stream.pipeThrough(new TransformStream({
    transform(piece, controller) {
      sum = crc32(piece, sum);
      count += piece.length;
      controller.enqueue(piece);
    },
    flush() {
      if (sum !== crc || count !== size) throw new Damage(texts.damaged);
    },
  }));
}
