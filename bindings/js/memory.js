// The memory of the module: texts and bytes go in, texts come out, and what was borrowed is given back.

export class FedvalError extends Error {
  /** @param {string} status the status of the library as a word: "syntax", "not-found" */
  constructor(status, message, place = {}) {
    super(message);
    this.name = "FedvalError";
    this.status = status;
    Object.assign(this, place);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export const toBytes = (data) =>
  typeof data === "string" ? encoder.encode(data)
  : data instanceof Uint8Array ? data
  : data instanceof ArrayBuffer ? new Uint8Array(data)
  : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** What one call borrows: everything is freed at its end, in the opposite order, whatever happened. */
export class Scope {
  #exports;
  #toFree = [];

  constructor(exports) {
    this.#exports = exports;
    this.out = this.room(16);
    this.error = this.own(exports.fedval_error_new(), "fedval_error_free");
  }

  get view() {
    return new DataView(this.#exports.memory.buffer);
  }

  /** Has `pointer` freed by a function of the module at the end. */
  own(pointer, free) {
    this.#toFree.push([pointer, free]);
    return pointer;
  }

  room(size) {
    const pointer = this.#exports.malloc(Math.max(size, 1));
    if (pointer === 0) throw new FedvalError("no-memory", "out of memory");
    return this.own(pointer, "free");
  }

  /** [pointer, length] of a copy of a text or of bytes; [0, 0] of nothing. */
  copy(data) {
    if (data === undefined || data === null) return [0, 0];
    const bytes = toBytes(data);
    const pointer = this.room(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, pointer, bytes.length).set(bytes);
    return [pointer, bytes.length];
  }

  /** A structure of 32-bit members that begins with its size; the pointer, or 0 for no structure. */
  struct(members) {
    const pointer = this.room(4 * (members.length + 1));
    [4 * (members.length + 1), ...members].forEach((member, i) => this.view.setUint32(pointer + 4 * i, member, true));
    return pointer;
  }

  /** An array of pointers. */
  pointers(list) {
    return this.struct(list) + 4;
  }

  /** Throws unless a status says that all is well. */
  check(status) {
    if (status === 0) return;
    const { fedval_error_get_message, fedval_error_get_line, fedval_error_get_column } = this.#exports;
    const word = this.text(this.#exports.fedval_status_to_string(status));
    const message = this.text(fedval_error_get_message(this.error)) || word;
    throw new FedvalError(word, message, {
      line: fedval_error_get_line(this.error) || undefined,
      column: fedval_error_get_column(this.error) || undefined,
    });
  }

  text(pointer) {
    if (pointer === 0) return "";
    const memory = new Uint8Array(this.#exports.memory.buffer);
    return decoder.decode(memory.subarray(pointer, memory.indexOf(0, pointer)));
  }

  /** What a constructor writes: calls it with the place of its result, and owns the result. */
  make(free, call) {
    this.check(call(this.out));
    return this.own(this.view.getUint32(this.out, true), free);
  }

  /** The text that a function writes with its length. */
  take(call) {
    this.check(call(this.out, this.out + 4));
    const pointer = this.view.getUint32(this.out, true), length = this.view.getUint32(this.out + 4, true);
    const text = decoder.decode(new Uint8Array(this.#exports.memory.buffer, pointer, length));
    this.#exports.fedval_text_free(pointer);
    return text;
  }

  /** Keeps a thing beyond the end of the scope. */
  release(pointer) {
    this.#toFree = this.#toFree.filter(([owned]) => owned !== pointer);
    return pointer;
  }

  end() {
    for (const [pointer, free] of this.#toFree.reverse()) this.#exports[free](pointer);
    this.#toFree = [];
  }
}
