// Compressed files: the browser's own gzip, which compares CRCs, but takes one member alone and nothing behind it.
const MAGIC = [0x1f, 0x8b, 8], RESERVED = 0xe0; // flags that no member has
const SLICE = 1 << 20;
const TRAILER = 8; // a CRC and a length
const MOST_TRIED = 64; // places where no member begins

export const isGzip = (b) => b[0] === 0x1f && b[1] === 0x8b;

const unpacked = (blob) => blob.stream().pipeThrough(new DecompressionStream("gzip"));

/** Whether this is one member, whole and sound. */
async function isMember(blob) {
  try {
    await unpacked(blob).pipeTo(new WritableStream());
    return true;
  } catch {
    return false;
  }
}

/** Where another member may begin: behind the first, its first bytes are met by chance once in a hundred megabytes. */
async function* mayBegin(blob) {
  for (let from = 0; from < blob.size; from += SLICE) {
    const bytes = new Uint8Array(await blob.slice(from, from + SLICE + MAGIC.length).arrayBuffer());
    for (let at = bytes.indexOf(MAGIC[0]); at >= 0 && at < SLICE; at = bytes.indexOf(MAGIC[0], at + 1))
      if (from + at > 0 && bytes[at + 1] === MAGIC[1] && bytes[at + 2] === MAGIC[2] && (bytes[at + 3] & RESERVED) === 0) yield from + at;
  }
}

/** The blob without the zeros that fill it up, as a tape leaves them; a member may end with some itself. */
async function withoutPadding(blob) {
  let end = blob.size;
  for (; end > 0; end -= SLICE) {
    const bytes = new Uint8Array(await blob.slice(Math.max(0, end - SLICE), end).arrayBuffer());
    const last = bytes.findLastIndex((byte) => byte !== 0);
    if (last < 0) continue;
    end -= bytes.length - last - 1;
    break;
  }
  if (blob.size - end <= TRAILER) return blob;
  for (let zeros = 0; zeros <= TRAILER; zeros++)
    if (await isMember(blob.slice(0, end + zeros))) return blob.slice(0, end + zeros);
  return blob;
}

/** The members of a file, mostly one; what is no whole member stays with what is before it, and its unpacking fails. */
async function membersOf(blob) {
  const members = [];
  let rest = blob, begun = 0, tried = 0;
  for await (const at of mayBegin(blob)) {
    const member = blob.slice(begun, at);
    if (!(await isMember(member))) {
      if (++tried === MOST_TRIED) break;
      continue;
    }
    members.push(member);
    rest = blob.slice(at);
    begun = at;
  }
  return [...members, await withoutPadding(rest)];
}

/** A function that opens a compressed file as a stream of what is in it, as often as it is called. */
export async function gunzip(blob) {
  const members = await membersOf(blob);
  return () => {
    if (members.length === 1) return unpacked(members[0]);
    const { readable, writable } = new TransformStream();
    const all = async () => {
      for (const member of members) await unpacked(member).pipeTo(writable, { preventClose: true });
      await writable.close();
    };
    all().catch(() => {}); // whoever reads hears of it
    return readable;
  };
}
