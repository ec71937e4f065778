// The package: the functions of core.js on a module that is loaded from beside this file.
import { hasSimd, instantiate } from "./core.js";

export { Fedval, FedvalError, hasSimd, instantiate } from "./core.js";

async function read(url) {
  if (url.protocol !== "file:") return (await fetch(url)).arrayBuffer();
  const { readFile } = await import("node:fs/promises");
  return readFile(url);
}

// A browser or a machine without SIMD reads logs more slowly, and gives the same answers.
const module = hasSimd() ? "./fedval.wasm" : "./fedval-plain.wasm";
const fedval = await instantiate(await read(new URL(module, import.meta.url)));

export const version = fedval.version;
export const srvMatch = fedval.srvMatch.bind(fedval);
export const match = fedval.match.bind(fedval);
export const certificates = fedval.certificates.bind(fedval);
export const evaluateChain = fedval.evaluateChain.bind(fedval);
export const evaluate = fedval.evaluate.bind(fedval);
export const pair = fedval.pair.bind(fedval);
export const timeline = fedval.timeline.bind(fedval);
export const gather = fedval.gather.bind(fedval);
export const plan = fedval.plan.bind(fedval);
export const intentFiles = fedval.intentFiles.bind(fedval);
export const diff = fedval.diff.bind(fedval);
export const diagnose = fedval.diagnose.bind(fedval);
export const explain = fedval.explain.bind(fedval);
export default fedval;
