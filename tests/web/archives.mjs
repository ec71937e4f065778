// Unpacks an archive that is cut after each of the lengths: node archives.mjs FILE LENGTH...; writes a JSON text a line.
import { readFileSync } from "node:fs";
import { Bytes, isZip, tarEntries, zipEntries } from "../../web/archives.js";

const [file, ...lengths] = process.argv.slice(2);
const whole = readFileSync(file);

async function unpack(data) {
  const bytes = new Bytes(new Blob([data]).stream()), entries = {};
  try {
    const read = isZip(await bytes.peek(4)) ? zipEntries : tarEntries;
    for await (const [name, stream] of read(bytes, { bytes: 1 << 20 })) entries[name] = await new Response(stream).text();
    return { entries };
  } catch (error) {
    return { entries, error: error.message };
  }
}

for (const length of lengths) console.log(JSON.stringify(await unpack(whole.subarray(0, Number(length)))));
