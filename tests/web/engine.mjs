// Uses the package in whatever engine runs this: node engine.mjs FOLDER_OF_THE_PACKAGE; what it writes is the same in all.
const text = async (name) => {
  const { readFile } = await import("node:fs/promises");
  return readFile(new URL(`../../${name}`, import.meta.url));
};
const folder = globalThis.Deno ? Deno.args[0] : process.argv[2];
const { srvMatch, certificates, evaluateChain, evaluate, gather, diagnose, plan, diff, explain, version } = await import(`file://${folder}/index.js`);

const at = "2017-03-02T07:10:46Z";
const [zone, chain, trust, edge, expe] = await Promise.all(
  ["case-1.zone", "vcse.pem", "lab-ca.pem", "logs/edge.log", "logs/expe.log"].map((name) => text(`examples/lab/${name}`)));
const evidence = gather("acano.steven.lab", { zones: [{ data: zone }], chains: [{ host: "vcse.steven.lab", data: chain }], at });
const report = evaluate(evidence, { trust, at, as: "json" });
const stream = new Blob([expe]).stream();
const intent = { format: "fedval-intent/1", domains: [{ name: "acano.steven.lab", host: "vcse" }, { name: "bücher.example", host: "vcse" }],
  clusters: [{ version: "15.5", peers: [{ name: "vcse.steven.lab", addresses: ["93.184.216.34"], server: { certificate: "vcse.pem" } }], keep_names: [] }] };
for (const found of [version, srvMatch("bücher.example", "sip.bücher.example"), certificates(chain), evaluateChain({ chain, name: "vcse.steven.lab", trust, at }),
  report, evaluate(evidence, { trust, at, as: "html" }), await diagnose([{ name: "edge.log", data: edge }, { name: "expe.log", data: stream }]),
  plan(intent, { files: { "vcse.pem": chain }, zones: [{ data: zone }], at, as: "json" }), diff(null, report), explain("1010", { as: "text" })])
  console.log(typeof found === "string" ? found : JSON.stringify(found));
