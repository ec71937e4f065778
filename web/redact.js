// What can be sent on of texts that the library does not redact itself: as it does in reports, addresses and the subjects of certificates are
// replaced, each by the same word throughout, and names of hosts and domains stay.
const GROUP = "[0-9a-fA-F]{1,4}";
const ADDRESS = new RegExp(`(?<![\\w.:])(?:\\d{1,3}(?:\\.\\d{1,3}){3}|(?:${GROUP}:){7}${GROUP}|(?:${GROUP}(?::${GROUP})*)?::(?:${GROUP}(?::${GROUP})*)?)(?![\\w:]|\\.\\d)`, "g");
const SUBJECTS = ["subject", "issuer", "certificate", "root", "anchor"];

/** Every subject that a document of the library names. */
export function subjectsIn(document) {
  if (Array.isArray(document)) return document.flatMap(subjectsIn);
  if (!document || typeof document !== "object") return [];
  return Object.entries(document).flatMap(([key, value]) =>
    typeof value === "string" ? (SUBJECTS.includes(key) && value.includes("=") ? [value] : []) : subjectsIn(value));
}

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Two subjects that begin alike: the longer is looked for first. A text is wrapped, so that a space may be the end of a line. */
const patternOf = (subjects) => new RegExp([...subjects].sort((a, b) => b.length - a.length)
  .map((subject) => quoted(subject).replace(/\s+/g, "\\s+")).join("|"), "g");

export function redacted(text, subjects) {
  const words = new Map(), count = { certificate: 0, address: 0 };
  const word = (kind) => (found) => {
    const key = found.replace(/\s+/g, " ").toLowerCase();
    if (!words.has(key)) words.set(key, `${kind}${++count[kind]}`);
    return words.get(key);
  };
  const hidden = subjects.length > 0 ? text.replace(patternOf(new Set(subjects)), word("certificate")) : text;
  return hidden.replace(ADDRESS, word("address"));
}
