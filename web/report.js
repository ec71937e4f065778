// A saved report, shown: the library cannot read one back, so what stands in its JSON is laid out here. Nothing is judged.
import { texts } from "./texts.js";

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Any value as text: what cannot be seen is shown as an escape. */
const shown = (value) => String(value ?? "").replace(HIDDEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same, and never markup. */
export const escaped = (value) => shown(value).replace(/[&<>"']/g, (c) => ESCAPES[c]);

const VERDICTS = { pass: ["pass", "sound"], fail: ["fail", "broken"], indeterminate: ["indeterminate", "open"] };
const SEVERITIES = { error: ["error", "broken"], warning: ["warning", "warning"], indeterminate: ["indeterminate", "open"] };
const lookOf = (looks, word) => (Object.hasOwn(looks, word) ? looks[word] : ["none", "none"]);
const icon = (symbol) => `<svg class="icon" aria-hidden="true"><use href="#fv-${symbol}"/></svg>`;
const listOf = (value) => (Array.isArray(value) ? value : []);
const row = (label, value) => (typeof value === "string" && value !== "" ? `<dt>${label}</dt><dd><bdi>${escaped(value)}</bdi></dd>` : "");

function requirement([id, verdict]) {
  const [name, symbol] = lookOf(VERDICTS, verdict);
  return `<li class="${name}"><details><summary>${icon(symbol)} ${escaped(id)} ${escaped(verdict)}</summary></details></li>`;
}

function finding(one) {
  const [name, symbol] = lookOf(SEVERITIES, one.severity);
  return `<div class="card finding ${name}"><h4><span class="tag ${name}">${icon(symbol)}${escaped(one.severity)}</span> <code>${escaped(one.code)}</code></h4>` +
    `<p>${escaped(one.message)}</p><dl>${row(texts.report.wanted, one.expected)}${row(texts.report.seen, one.observed)}${row(texts.report.mend, one.remedy)}</dl></div>`;
}

function action(one) {
  const record = one.kind === "dns" ? `${one.owner} ${one.ttl} IN ${one.type} ${one.data}` : one.data;
  return `<li><p class="how">${escaped([one.side, one.kind, one.op].join(", "))}</p><pre tabindex="0">${escaped(record)}</pre></li>`;
}

const section = (title, parts, [before, after]) => (parts.length > 0 ? `<h3>${title}</h3>${before}${parts.join("")}${after}` : "");

/** An article in the look of the library's. */
export function reportFragment(report) {
  const words = texts.report, [name, symbol] = lookOf(VERDICTS, report.verdict);
  const findings = listOf(report.findings).filter(Boolean).filter(WORTH_TELLING);
  return `<article class="fv ${name}"><div class="head"><h2><bdi>${escaped(report.domain)}</bdi></h2><p class="outcome">${icon(symbol)}` +
    `<span>${escaped(report.verdict)}</span></p><p class="how">${escaped(words.saved(report.side, report.profile, report.evaluated_at))}</p></div>` +
    section(words.requirements, Object.entries(report.requirements ?? {}).map(requirement), ['<ol class="marks">', "</ol>"]) +
    section(words.found, findings.map(finding), ["", ""]) +
    section(words.change, listOf(report.actions).filter(Boolean).map(action), ['<ol class="card">', "</ol>"]) +
    section(words.notChecked, listOf(report.not_checked).map((word) => `<li>${escaped(word)}</li>`), ['<ul class="plain">', "</ul>"]) + "</article>";
}

const WORTH_TELLING = ({ severity } = {}) => severity !== "note";

/** What a certificate says of itself, as pairs of a label and a text. */
function factsOf(chain) {
  const words = texts.report, certificate = chain.certificate ?? {};
  return [[words.subject, certificate.subject], [words.names, listOf(certificate.dns_names).join(", ")],
    [words.valid, words.from(certificate.not_before, certificate.not_after)], [words.trust, words.trusts[chain.trust] ?? chain.trust]];
}

/** A certificate for a domain, of which nobody said at which host: its own facts, and what is to be asked. */
export function openFragment(domain, name, chain, asked) {
  const words = texts.report, [look, symbol] = lookOf(VERDICTS, chain.verdict);
  return `<article class="fv ${look}"><div class="head"><h2><bdi>${escaped(domain)}</bdi>: <bdi>${escaped(name)}</bdi></h2><p class="outcome">${icon(symbol)}` +
    `<span>${escaped(chain.verdict)}</span></p></div><h3>${words.requirements}</h3><ol class="marks">${requirement(["R4", "indeterminate"])}</ol>` +
    `<div class="card finding indeterminate"><p>${escaped(asked)}</p></div>` +
    section(words.itself, factsOf(chain).map(([label, value]) => row(label, value)), ['<dl class="card">', "</dl>"]) +
    section(words.found, listOf(chain.findings).filter(WORTH_TELLING).map(finding), ["", ""]) + "</article>";
}

const PLAIN = { heading: "", item: "  ", escape: shown };
// Nothing in the data can make a link, a heading or HTML: all punctuation may be escaped.
const MARKDOWN = { heading: "## ", item: "- ", escape: (value) => shown(value).replace(/[!-/:-@[-`{-~]/g, "\\$&") };

/** The same as plain text, or as Markdown. */
export function openText(domain, name, chain, asked, form) {
  const words = texts.report, { heading, item, escape } = form === "markdown" ? MARKDOWN : PLAIN;
  const line = ([label, value]) => (value ? [`${item}${label}: ${escape(value)}`] : []);
  const part = (title, lines) => (lines.length > 0 ? ["", `${heading}${title}`, "", ...lines] : []);
  const told = (one) => [`${item}${escape(one.severity)} ${escape(one.code)}: ${escape(one.message)}`,
    ...[[words.wanted, one.expected], [words.seen, one.observed], [words.mend, one.remedy]].flatMap(line)];
  return [`${heading}${escape(domain)}: ${escape(name)}: ${escape(chain.verdict)}`, "", escape(asked),
    ...part(words.itself, factsOf(chain).flatMap(line)), ...part(words.found, listOf(chain.findings).filter(WORTH_TELLING).flatMap(told)), ""].join("\n");
}
