// What a file is by its first bytes, where it is nothing that is read here: its name, and what to give instead.
import { texts } from "./texts.js";

const { others: words, instead } = texts;
const bytesOf = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));

// Of two that begin alike the longer comes first.
const MAGICS = [
  ["BZh", 0, words.bzip2, instead.unpack],
  ["\xfd7zXZ", 0, words.xz, instead.unpack],
  ["[Content_Types].xml", 30, words.office, instead.document],
  ["mimetypeapplication/vnd.oasis", 30, words.office, instead.document],
  ["PK\x05\x06", 0, words.emptyZip],
  ["7z\xbc\xaf\x27\x1c", 0, words.sevenZip, instead.unpack],
  ["Rar!\x1a\x07", 0, words.rar, instead.unpack],
  ["MSCF", 0, words.cabinet, instead.unpack],
  ["\x28\xb5\x2f\xfd", 0, words.zstandard, instead.unpack],
  ["ElfFile\0", 0, words.events, instead.events],
  ["\x30\0\0\0LfLe", 0, words.events, instead.events],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, words.outlook, instead.message],
  ["!BDN", 0, words.outlook, instead.message],
  ["%PDF-", 0, words.pdf, instead.document],
  ["{\\rtf", 0, words.rtf, instead.document],
  ["\x89PNG\r\n\x1a\n", 0, words.picture, instead.picture],
  ["\xff\xd8\xff", 0, words.picture, instead.picture],
  ["GIF8", 0, words.picture, instead.picture],
  ["WEBP", 8, words.picture, instead.picture],
  ["ftyp", 4, words.picture, instead.picture],
  ["\xd4\xc3\xb2\xa1", 0, words.capture, instead.capture],
  ["\xa1\xb2\xc3\xd4", 0, words.capture, instead.capture],
  ["\x4d\x3c\xb2\xa1", 0, words.capture, instead.capture],
  ["\x0a\x0d\x0d\x0a", 0, words.capture, instead.capture],
  ["SQLite format 3\0", 0, words.database],
  ["\x7fELF", 0, words.program],
  ["MZ\x90\0", 0, words.program],
].map(([magic, at, name, remedy]) => ({ magic: bytesOf(magic), at, name, remedy }));

const begins = (bytes, { magic, at }) => magic.every((byte, i) => bytes[at + i] === byte);

/** Text holds few zero bytes, unless every second one is: UTF-16. */
function isBinary(bytes) {
  const zeros = [0, 0];
  let controls = 0;
  for (let i = 0; i < bytes.length; i++) {
    zeros[i % 2] += bytes[i] === 0;
    controls += bytes[i] > 0 && bytes[i] < 32 && ![9, 10, 11, 12, 13, 27].includes(bytes[i]);
  }
  const [less, more] = zeros.sort((a, b) => a - b);
  const isUtf16 = (less === 0 || more > 20 * less) && less + more > bytes.length / 4;
  return controls > bytes.length / 10 || (!isUtf16 && less + more > bytes.length / 3); // a log that was being written when the machine stopped has some
}

/** Why a file that begins with `bytes` is not read, in a sentence; undefined: it may be text. */
export function notReadBecause(bytes) {
  if (bytes.length === 0) return words.empty;
  const known = MAGICS.find((magic) => begins(bytes, magic));
  if (known) return known.remedy ? `${known.name}: ${known.remedy}` : known.name;
  return isBinary(bytes) ? words.binary : undefined;
}

const PEM_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, PEM_REQUEST = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/;

/** One that stands beside certificates. */
export const hasPrivateKey = (text) => PEM_KEY.test(text);

const latin1 = new TextDecoder("latin1");
const isPkcs12 = (bytes) => bytes[0] === 0x30 && /^0.{1,5}\x02\x01\x03/s.test(latin1.decode(bytes.subarray(0, 16))); // its version is 3

/** The same of a file that looks like a certificate and holds none. */
export function notCertificateBecause(bytes, text) {
  if (isPkcs12(bytes)) return words.pkcs12;
  return PEM_KEY.test(text) ? words.key : PEM_REQUEST.test(text) ? words.request : undefined;
}

// What people send in the place of a log.
const TEXTS = [
  [/^[>|]\s?-----BEGIN /m, words.quoted],
  [/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/, words.brokenPem],
  [/^; <<>> DiG |^;; (?:QUESTION|ANSWER) SECTION:|^Non-authoritative answer:|^Server:\s+\S+\s+Address:/m, words.lookup],
  [/^Certificate:\s+Data:\s+Version:/m, words.printed],
  [/^\s*[{[]/, words.json],
  [/^\s*[<]/, words.markup],
];

/** What text is that is no log, in a sentence; undefined: nobody knows. */
export const notLogBecause = (text) => TEXTS.find(([pattern]) => pattern.test(text))?.[1];
