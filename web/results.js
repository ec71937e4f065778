// A result: what is shown of it, and the forms in which it can be saved.
import { escaped } from "./report.js";

export const how = (words) => `<p class="how">${escaped(words)}</p>`;

/** The folders of a file tell whose it is. */
export const nameOf = ({ name }, redact) => (redact ? name.split(/[\\/]/).pop() : name);

const FORMS = ["fragment", "json", "markdown", "text"];

/** A result of which `make` gives every form, redacted or not; `before` gives the HTML that stands over it. */
export function shown(make, before = () => "") {
  const show = (form, redact) => (form === "fragment" ? before(redact) : "") + make(form, redact);
  return { fragment: show("fragment", false), show, forms: FORMS, canRedact: true };
}
