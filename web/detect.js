// What a file is. Its bytes say so; its name counts for nothing.
import { FAILSAFE_SCHEMA, Type, load } from "js-yaml";
import { hasPrivateKey, notCertificateBecause, notLogBecause, notReadBecause } from "./kinds.js";
import { lookupIn } from "./lookups.js";
import { areOfService, areRecords, zoneNamed } from "./records.js";
import { texts } from "./texts.js";

const MAX_SMALL = 4 << 20; // certificates, zones, evidence are smaller; more than that is a log

export async function whole(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Text of Windows may be UTF-16, with a mark at its beginning or without. */
function encodingOf([first, second]) {
  if ((first === 0xff && second === 0xfe) || (first > 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second > 0) ? "utf-16be" : "utf-8";
}

const decode = (bytes) => new TextDecoder(encodingOf(bytes)).decode(bytes);

function messageOf(work) {
  try {
    work();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

function trySafely(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

// ---- documents of the library

// The command reads YAML so: true, false, null and whole numbers are such, all else is text.
const scalar = (tag, words, construct) => new Type(`tag:yaml.org,2002:${tag}`, { kind: "scalar", resolve: (text) => words.test(text ?? ""), construct });
const SCALARS = FAILSAFE_SCHEMA.extend({ implicit: [
  scalar("null", /^(null|~|)$/, () => null), scalar("bool", /^(true|false)$/, (text) => text === "true"), scalar("int", /^-?(0|[1-9]\d*)$/, Number)] });

/** {kind, document} of one of the library's documents; {kind: "unknown", why} of one that is not shown here. */
function kindOfDocument(fedval, document, text) {
  const [, format, version] = /^fedval-([\w-]+)\/(\d+)$/.exec(document?.format) ?? [];
  if (format && version !== "1") return { kind: "unknown", why: texts.otherVersion(document.format) };
  if (["evidence", "report", "intent"].includes(format)) {
    const why = format === "report" ? undefined : messageOf(() => (format === "intent" ? fedval.intentFiles(text) : fedval.evaluate(text, {})));
    return why ? { kind: "unknown", why: texts.wrongDocument(document.format, why) } : { kind: format, document, text };
  }
  if (format === "policy") {
    const why = messageOf(() => fedval.gather("example.invalid", { policy: document }));
    return why ? { kind: "unknown", why } : { kind: format, document };
  }
  return format && { kind: "unknown", why: texts.otherDocument(document.format) };
}

function kindOfJson(fedval, text) {
  const document = trySafely(() => JSON.parse(text));
  return document && kindOfDocument(fedval, document, text);
}

/** Several documents, one a line, as the command writes them. */
function kindsOfLines(fedval, text) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2 || !/^\s*\{\s*"format"\s*:\s*"fedval-/.test(lines[0])) return undefined;
  const found = lines.map((line) => kindOfJson(fedval, line)).filter(Boolean);
  const read = found.filter(({ kind }) => kind !== "unknown"), others = found.length - read.length;
  if (read.length === 0) return found.slice(0, 1);
  return others === 0 ? read : [...read.slice(0, -1), { ...read.at(-1), others }]; // results that are made anew of what they were made of
}

function kindOfYaml(fedval, text) {
  if (!/^format:\s*["']?fedval-intent\/1/m.test(text)) return undefined;
  try {
    const document = load(text, { schema: SCALARS });
    return kindOfDocument(fedval, document, JSON.stringify(document));
  } catch (error) {
    return { kind: "unknown", why: error.message };
  }
}

// ---- certificates and zones

const DER_SEQUENCE = 0x30, DER_LONG = 0x80, DER_MOST_LENGTH = 4, DER_BEGINNINGS = [0x30, 0x02, 0x06]; // of a sequence, a number, a name

/** A certificate, a list or a key in DER: longer than a length of one byte can say, and of a form. A log may begin with the digit 0, which is the same byte. */
function isDer(bytes) {
  const more = bytes[1] - DER_LONG;
  return bytes[0] === DER_SEQUENCE && more >= 0 && more <= DER_MOST_LENGTH && DER_BEGINNINGS.includes(bytes[2 + more]);
}

function kindOfCrl(fedval, bytes) {
  const why = messageOf(() => fedval.gather("example.invalid", { crls: [bytes] }));
  return why ? { kind: "unknown", why } : { kind: "crl" };
}

/** Certificates in any of their forms; self-signed CAs alone are roots. */
function kindOfCertificates(fedval, bytes, text) {
  if (/-----BEGIN X509 CRL-----/.test(text)) return kindOfCrl(fedval, bytes);
  const looks = isDer(bytes) || /-----BEGIN |^\s*MII[A-Za-z0-9+/]/.test(text.slice(0, 65536));
  if (!looks) return undefined;
  try {
    const { certificates } = fedval.certificates(bytes);
    const isRoot = certificates.length > 0 && certificates.every(({ subject, issuer, is_ca: isCa }) => subject === issuer && isCa !== false);
    const names = (certificates[0]?.names ?? []).filter((name) => name.startsWith("DNS:")).map((name) => name.slice(4).toLowerCase());
    return { kind: isRoot ? "root" : "chain", names, hasKey: hasPrivateKey(text) };
  } catch (error) {
    const why = notCertificateBecause(bytes, text);
    if (why || !isDer(bytes)) return why && { kind: "unknown", why };
    return kindOfCrl(fedval, bytes).kind === "crl" ? { kind: "crl" } : { kind: "unknown", why: error.message };
  }
}

const SRV_OWNER = /^_sipfederationtls\._tcp(?:\.(\S+))?\s.*?\bSRV\s+\d/gim;
const ORIGIN = /^\$ORIGIN\s+(\S+)/im, SOA_OWNER = /^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?(?:\d+\s+)?SOA\s/im;

/** The domains that have an SRV record under the origin; the origin itself where none has. */
function srvDomains(text, origin) {
  const full = (name) => (name === undefined ? origin : name.endsWith(".") ? name.slice(0, -1) : `${name}.${origin}`);
  const domains = [...text.matchAll(SRV_OWNER)].map(([, name]) => full(name)).filter(Boolean);
  return [...new Set(domains.length > 0 ? domains : [origin].filter(Boolean))];
}

function kindOfRecords(text) {
  const zone = zoneNamed(text);
  return { kind: "records", text, zone, isService: areOfService(text), domains: zone ? srvDomains(text, zone) : [] };
}

/** Zones are read as UTF-8 without a mark. */
function kindOfZone(fedval, text) {
  if (!/\sSOA\s/i.test(text)) return areRecords(text) ? kindOfRecords(text) : undefined;
  const owner = SOA_OWNER.exec(text)?.[1], origin = (owner && owner !== "@" ? owner : ORIGIN.exec(text)?.[1] ?? "").replace(/\.$/, "");
  const domains = srvDomains(text, origin), bytes = new TextEncoder().encode(text);
  const problem = messageOf(() => fedval.gather(domains[0] || origin || "example.invalid", { zones: [{ data: bytes }] }));
  return problem ? { kind: "unknown", why: problem } : { kind: "zone", domains, bytes };
}

/** What a lookup printed; a zone that cannot be read is told of. */
function kindOfLookup(fedval, text) {
  const found = lookupIn(text);
  if (!found) return undefined;
  const why = messageOf(() => fedval.gather(found.domains[0] ?? "example.invalid", { zones: found.zones }));
  return why ? { kind: "unknown", why } : { kind: "lookup", ...found };
}

/** What a file holds: a list of {kind, bytes, ...}, mostly of one. */
export async function detect(fedval, bytes) {
  const first = await bytes.peek(MAX_SMALL + 1);
  const content = first.slice();
  const why = isDer(content) ? undefined : notReadBecause(content.subarray(0, 65536));
  if (why) return [{ kind: "unknown", why }];
  if (first.length > MAX_SMALL) return [{ kind: "log" }];
  const text = decode(content);
  const found = kindOfJson(fedval, text) ?? kindsOfLines(fedval, text) ?? kindOfYaml(fedval, text) ?? kindOfCertificates(fedval, content, text)
    ?? kindOfLookup(fedval, text) ?? kindOfZone(fedval, text) ?? { kind: "log", why: notLogBecause(text) };
  return [found].flat().map((one) => ({ bytes: content, ...one }));
}
