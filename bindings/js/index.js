// The package: the functions of core.js on a module that is loaded from beside this file.
import { instantiate } from "./core.js";

export { Fedval, FedvalError, instantiate } from "./core.js";

async function read(url) {
  if (url.protocol !== "file:") return (await fetch(url)).arrayBuffer();
  const { readFile } = await import("node:fs/promises");
  return readFile(url);
}

const fedval = await instantiate(await read(new URL("./fedval.wasm", import.meta.url)));

export const version = fedval.version;
export const srvMatch = fedval.srvMatch.bind(fedval);
export const match = fedval.match.bind(fedval);
export const certificates = fedval.certificates.bind(fedval);
export const evaluateChain = fedval.evaluateChain.bind(fedval);
export const evaluate = fedval.evaluate.bind(fedval);
export const gather = fedval.gather.bind(fedval);
export const diagnose = fedval.diagnose.bind(fedval);
export const explain = fedval.explain.bind(fedval);
export default fedval;
