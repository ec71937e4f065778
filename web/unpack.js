/** Newer browsers do it at once. */
function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A text of the page, packed and as base64, as a stream of bytes. */
export const unpacked = (base64) => new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
