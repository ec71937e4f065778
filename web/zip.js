// Zip archives: the directory at their end says what is in them and where, the browser unpacks it, and lengths and CRCs are compared.
import { Damage, checked } from "./damage.js";
import { texts } from "./texts.js";

const STORED = 0, DEFLATED = 8; // methods; 99 is AES
const ENTRY = 0x04034b50, IN_DIRECTORY = 0x02014b50, END = 0x06054b50, END_64 = 0x06064b50, END_64_PLACE = 0x07064b50; // signatures
const ENTRY_LENGTH = 30, IN_DIRECTORY_LENGTH = 46, END_LENGTH = 22, END_64_LENGTH = 56, END_64_PLACE_LENGTH = 20;
const LONGEST_COMMENT = 65_535, LONGEST_DIRECTORY = 64 << 20;
const UNCOUNTED_16 = 0xffff, UNCOUNTED_32 = 0xffffffff; // a zip64 says it elsewhere
const ENCRYPTED = 1, LENGTHS_BEHIND = 8, IN_UTF8 = 2048; // flags
const EXTRA_64 = 1;

export const isZip = (b) => b[0] === 0x50 && b[1] === 0x4b && b[2] === 3 && b[3] === 4;

const viewOf = async (blob, from, to) => new DataView(await blob.slice(from, to).arrayBuffer());
const signature = (view, at) => (at + 4 <= view.byteLength ? view.getUint32(at, true) : 0);
const long = (view, at) => Number(view.getBigUint64(at, true));

function nameIn(view, at, length, flags) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  if (flags & IN_UTF8) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** Where the directory lies: {at, length}; undefined: the archive is cut off before its end. */
async function directoryOf(blob) {
  const from = Math.max(0, blob.size - END_LENGTH - LONGEST_COMMENT - END_64_PLACE_LENGTH), tail = await viewOf(blob, from);
  for (let end = tail.byteLength - END_LENGTH; end >= 0; end--) {
    if (signature(tail, end) !== END) continue;
    const found = { at: tail.getUint32(end + 16, true), length: tail.getUint32(end + 12, true) };
    let before = from + end; // what the directory reaches to
    const place = end - END_64_PLACE_LENGTH;
    if (place >= 0 && signature(tail, place) === END_64_PLACE) {
      before = long(tail, place + 8);
      const end64 = await viewOf(blob, before, before + END_64_LENGTH);
      if (end64.byteLength < END_64_LENGTH || signature(end64, 0) !== END_64) throw new Damage(texts.damaged);
      Object.assign(found, { at: long(end64, 48), length: long(end64, 40) });
    }
    // A record of an archive in this one, which is cut off behind it, speaks of other places.
    return found.at + found.length === before ? found : undefined;
  }
  return undefined;
}

/** The lengths and the place of an entry that are too long for 32 bits, from its extra fields. */
function widen(entry, view, at, length) {
  for (const to = at + length; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== EXTRA_64) continue;
    let field = at + 4;
    const end = Math.min(to, field + view.getUint16(at + 2, true));
    for (const member of ["size", "packed", "at"]) {
      if (entry[member] !== UNCOUNTED_32 || field + 8 > end) continue;
      entry[member] = long(view, field);
      field += 8;
    }
  }
  return entry;
}

/** The entries that a directory lists. */
function* listed(view) {
  for (let at = 0; at < view.byteLength; ) {
    if (at + IN_DIRECTORY_LENGTH > view.byteLength || signature(view, at) !== IN_DIRECTORY) throw new Damage(texts.damaged);
    const flags = view.getUint16(at + 8, true), [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const behind = at + IN_DIRECTORY_LENGTH + name;
    if (behind + extra + comment > view.byteLength) throw new Damage(texts.damaged);
    yield widen({ flags, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), packed: view.getUint32(at + 20, true),
                  size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true), name: nameIn(view, at + IN_DIRECTORY_LENGTH, name, flags) },
                view, behind, extra);
    at = behind + extra + comment;
  }
}

/** The entries of an archive without a directory, as far as they say how long they are. */
async function* walked(blob) {
  for (let at = 0; ; ) {
    const head = await viewOf(blob, at, at + ENTRY_LENGTH);
    if (head.byteLength < ENTRY_LENGTH || signature(head, 0) !== ENTRY) return;
    const flags = head.getUint16(6, true), behind = at + ENTRY_LENGTH, length = head.getUint16(26, true), extra = head.getUint16(28, true);
    const view = await viewOf(blob, behind, behind + length + extra);
    if (flags & LENGTHS_BEHIND || view.byteLength < length + extra) return;
    const entry = widen({ flags, method: head.getUint16(8, true), crc: head.getUint32(14, true), packed: head.getUint32(18, true),
                          size: head.getUint32(22, true), at, name: nameIn(view, 0, length, flags) }, view, length, extra);
    if (behind + length + extra + entry.packed > blob.size) return;
    yield entry;
    at = behind + length + extra + entry.packed;
  }
}

async function opened(blob, { flags, method, packed, crc, size, at }) {
  const head = await viewOf(blob, at, at + ENTRY_LENGTH);
  if (head.byteLength < ENTRY_LENGTH || signature(head, 0) !== ENTRY) throw new Damage(texts.damaged);
  if ((flags | head.getUint16(6, true)) & ENCRYPTED) throw new Damage(texts.encrypted);
  if (![STORED, DEFLATED].includes(method)) throw new Damage(texts.method(method));
  const from = at + ENTRY_LENGTH + head.getUint16(26, true) + head.getUint16(28, true);
  const stream = blob.slice(from, from + packed).stream();
  return checked(method === DEFLATED ? stream.pipeThrough(new DecompressionStream("deflate-raw")) : stream, crc, size);
}

/** Each file of a zip archive: [name, open]. Where it is cut off, what is whole comes before the error that says so. */
export async function* zipEntries(blob) {
  const directory = await directoryOf(blob);
  if (directory?.length > LONGEST_DIRECTORY) throw new Damage(texts.tooLarge);
  const entries = directory ? listed(await viewOf(blob, directory.at, directory.at + directory.length)) : walked(blob);
  for await (const entry of entries)
    if (!entry.name.endsWith("/")) yield [entry.name, () => opened(blob, entry), entry.size];
  if (!directory) throw new Damage(texts.cutOff);
}
