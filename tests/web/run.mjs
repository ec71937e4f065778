// Runs jobs, one JSON object a line of standard input, on the package; writes a JSON text a line.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { instantiate } from "../../bindings/js/core.js";

const fedval = await instantiate(readFileSync(process.argv[2]));
const files = (names) => names?.map((name) => readFileSync(name));

const jobs = {
  evaluate: ({ evidence, policy, trust, publicTrust, crls, redact }) =>
    fedval.evaluate(evidence, { policy, redact, trust: files(trust), publicTrust: files(publicTrust), crls: files(crls), as: "json" }),
  pair: ({ cisco, microsoft, at, policy, trust, publicTrust }) =>
    fedval.pair(cisco, microsoft, { at, policy, trust: files(trust), publicTrust: files(publicTrust), as: "json" }),
  timeline: ({ evidence, at, policy, trust, publicTrust }) =>
    fedval.timeline(evidence, { at, policy, trust: files(trust), publicTrust: files(publicTrust), as: "json" }),
  // Cut into pieces of a length of their own: the result must not depend on it.
  diagnose: ({ names, piece, ...shown }) =>
    fedval.diagnose(names.map((name) => ({ name: basename(name), data: cut(readFileSync(name), piece) })), { ...shown, as: "json" }),
  plan: ({ intent, files: named, evidence, policy, publicTrust, trust, at, as: form }) => {
    const held = Object.fromEntries(Object.entries(named ?? {}).map(([path, name]) => [path, readFileSync(name)]));
    return fedval.plan(intent, { files: held, evidence, policy, publicTrust: files(publicTrust), trust: files(trust), at, as: form ?? "json" });
  },
  diff: ({ before, now }) => fedval.diff(before, now, { as: "json" }),
  gather: ({ domain, zone, at, chains }) => fedval.gather(domain, { zones: [{ name: basename(zone), data: readFileSync(zone) }],
    chains: chains.map(({ file, ...place }) => ({ ...place, data: readFileSync(file), name: basename(file) })), at }),
};

function* cut(bytes, piece) {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { job, ...given } = JSON.parse(line);
  let done;
  try {
    done = { ok: await jobs[job](given) };
  } catch (error) {
    done = { error: `${error.status ?? error.name}: ${error.message}` };
  }
  console.log(JSON.stringify(done));
}
