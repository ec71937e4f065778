// Unpacks an archive that is cut after each of the lengths: node archives.mjs FILE LENGTH...; writes a JSON text a line.
import { readFileSync } from "node:fs";
import { Bytes, damageOf, gunzip, isGzip, isZip, tarEntries, zipEntries } from "../../web/archives.js";

const [file, ...lengths] = process.argv.slice(2);
const whole = readFileSync(file);

async function unpack(data) {
  const blob = new Blob([data]), bytes = new Bytes(blob.stream()), entries = {};
  try {
    if (isGzip(await bytes.peek(2))) return { entries: { "": await new Response((await gunzip(blob))()).text() } };
    const found = isZip(await bytes.peek(4)) ? zipEntries(blob) : tarEntries(bytes);
    for await (const [name, open] of found) entries[name] = await new Response(await open()).text();
    return { entries };
  } catch (error) {
    return { entries, error: damageOf(error).message };
  }
}

for (const length of lengths) console.log(JSON.stringify(await unpack(whole.subarray(0, Number(length)))));
