// What a file is. Its bytes say so; its name counts for nothing.

const MAX_SMALL = 4 << 20; // certificates, zones, evidence are smaller; more than that is a log

export async function whole(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const decode = (bytes) => new TextDecoder(
  bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8").decode(bytes);

function kindOfJson(text) {
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const kind = /^fedval-(evidence|report|intent)\/1$/.exec(document?.format)?.[1];
  return kind && { kind, document };
}

function trySafely(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Certificates in any of their forms; self-signed CAs alone are roots. */
function kindOfCertificates(fedval, bytes, text) {
  if (/-----BEGIN X509 CRL-----/.test(text)) return { kind: "crl" };
  const looks = bytes[0] === 0x30 || /-----BEGIN |^\s*MII[A-Za-z0-9+/]/.test(text.slice(0, 65536));
  const read = looks ? trySafely(() => fedval.certificates(bytes)) : undefined;
  if (!read) return undefined;
  const certificates = read.certificates;
  const isRoot = certificates.every(({ subject, issuer, is_ca: isCa }) => subject === issuer && isCa !== false) && certificates.length > 0;
  return { kind: isRoot ? "root" : "chain", certificates };
}

const SRV_OWNER = /^_sipfederationtls\._tcp(?:\.(\S+))?\s.*?\bSRV\s+\d/gim;
const ORIGIN = /^\$ORIGIN\s+(\S+)/im, SOA_OWNER = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?(?:\d+\s+)?SOA\s/im;

function kindOfZone(fedval, bytes, text) {
  if (!/\sSOA\s/i.test(text)) return undefined;
  const owner = SOA_OWNER.exec(text)?.[1], origin = (owner && owner !== "@" ? owner : ORIGIN.exec(text)?.[1] ?? "").replace(/\.$/, "");
  const full = (name) => (name === undefined ? origin : name.endsWith(".") ? name.slice(0, -1) : `${name}.${origin}`);
  const domains = [...text.matchAll(SRV_OWNER)].map(([, name]) => full(name));
  const problem = trySafelyMessage(() => fedval.gather(domains[0] || origin || "example.invalid", { zones: [{ data: bytes }] }));
  return problem ? { kind: "unknown", why: problem } : { kind: "zone", domains: [...new Set(domains.filter(Boolean))] };
}

function trySafelyMessage(work) {
  try {
    work();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** {kind, bytes, ...} of a small file; {kind: "log"} of all else. */
export async function detect(fedval, bytes) {
  const first = await bytes.peek(MAX_SMALL + 1);
  if (first.length > MAX_SMALL) return { kind: "log" };
  const content = first.slice();
  const text = decode(content);
  const found = kindOfJson(text) ?? kindOfCertificates(fedval, content, text) ?? kindOfZone(fedval, content, text) ?? { kind: "log" };
  return { ...found, bytes: content };
}
