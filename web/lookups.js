// What nslookup, Resolve-DnsName and dig print, as zones: one for each name that they answer for, so that nothing is claimed of any other name.
const RECORDS = [
  // dig, and record lines of Unix's nslookup -debug
  [/^(\S+\.)\s+(\d+)\s+IN\s+(SRV|A|AAAA|CNAME)\s+(\S.*?)\s*$/gm, ([, owner, ttl, type, data]) => [owner, ttl, type, data]],
  // nslookup of Windows
  [/^(\S+)\s+SRV service location:\s+priority\s*=\s*(\d+)\s+weight\s*=\s*(\d+)\s+port\s*=\s*(\d+)\s+svr hostname\s*=\s*(\S+)/gm,
    ([, owner, priority, weight, port, target]) => [owner, "", "SRV", `${priority} ${weight} ${port} ${full(target)}`]],
  [/^(\S+)\s+internet address = ([\d.]+)/gm, ([, owner, address]) => [owner, "", "A", address]],
  [/^(\S+)\s+(?:AAAA IPv6|has AAAA) address = ([\da-f:]+)/gim, ([, owner, address]) => [owner, "", "AAAA", address]],
  // nslookup of Unix
  [/^(\S+)\s+service = (\d+ \d+ \d+) (\S+)/gm, ([, owner, numbers, target]) => [owner, "", "SRV", `${numbers} ${full(target)}`]],
  // both, of an address: "Name:    sip.example.com", then "Address:  192.0.2.1"
  [/^Name:\s+(\S+)\s+Address(?:es)?:\s+([\da-f.:]+)/gim, ([, owner, address]) => [owner, "", typeOf(address), address]],
  // Resolve-DnsName, as a table and as a list
  [/^(\S+)\s+SRV\s+(\d+)\s+(?:Answer|Additional)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+)/gm,
    ([, owner, ttl, target, priority, weight, port]) => [owner, ttl, "SRV", `${priority} ${weight} ${port} ${full(target)}`]],
  [/^Name\s+: (\S+)\s+(?:Query)?Type\s+: SRV\s+TTL\s+: (\d+)[^]*?NameTarget\s+: (\S+)\s+Priority\s+: (\d+)\s+Weight\s+: (\d+)\s+Port\s+: (\d+)/gm,
    ([, owner, ttl, target, priority, weight, port]) => [owner, ttl, "SRV", `${priority} ${weight} ${port} ${full(target)}`]],
  [/^(\S+)\s+(A|AAAA)\s+(\d+)\s+(?:Answer|Additional)\s+([\da-f.:]+)/gm, ([, owner, type, ttl, address]) => [owner, ttl, type, address]],
  [/^Name\s+: (\S+)\s+QueryType\s+: (A|AAAA)\s+TTL\s+: (\d+)\s+Section\s+: \w+\s+IP[46]Address\s*: ([\da-f.:]+)/gm, ([, owner, type, ttl, address]) => [owner, ttl, type, address]],
];
const MISSING = [/can't find (\S+?): (?:Non-existent domain|NXDOMAIN)/gi, /^Resolve-DnsName\s*: (\S+)\s*: DNS name does not exist/gim];
const PRINTED = /^; <<>> DiG |^;; (?:QUESTION|ANSWER) SECTION:|^(?:Non-authoritative answer|Server|\*\*\* ?\S+ can't find|\*\* server can't find)|SRV service location:|^Resolve-DnsName\s*:|^Name\s+Type\s+TTL\s+Section|^(?:Query)?Type\s+: /m;
const DIG_MISSING = /status: NXDOMAIN/, DIG_QUESTION = /^;(\S+)\.\s+IN\s+SRV/m;
const SERVICE = "_sipfederationtls._tcp.";

const full = (name) => (name.endsWith(".") ? name : `${name}.`);
const bare = (name) => name.replace(/\.$/, "").toLowerCase();
const typeOf = (address) => (address.includes(":") ? "AAAA" : "A");

/** nslookup prints the name of the server that it asked before the answer. */
const withoutServer = (text) => text.replace(/^Server:.*\r?\n(?:Address(?:es)?:.*\r?\n)?/gm, "");

/** {zones, domains} of what a lookup printed; undefined: it is none, or nothing in it says anything of a federation. */
export function lookupIn(printed) {
  if (!PRINTED.test(printed)) return undefined;
  const text = withoutServer(printed.replaceAll("\r", "")), lines = new Map();
  const of = (owner) => lines.get(bare(owner)) ?? lines.set(bare(owner), new Set()).get(bare(owner));
  for (const [pattern, read] of RECORDS) {
    for (const found of text.matchAll(pattern)) {
      const [owner, ttl, type, data] = read(found);
      of(owner).add(`${full(bare(owner))} ${ttl || 3600} IN ${type} ${data}`);
    }
  }
  for (const pattern of MISSING) for (const [, owner] of text.matchAll(pattern)) of(owner);
  const asked = DIG_MISSING.test(text) && DIG_QUESTION.exec(text)?.[1];
  if (asked) of(asked);
  const domains = [...lines.keys()].filter((owner) => owner.startsWith(SERVICE)).map((owner) => owner.slice(SERVICE.length));
  if (lines.size === 0) return undefined;
  const zones = [...lines].map(([owner, records]) => ({ origin: owner, data: `${[`${owner}. 3600 IN SOA . . 1 3600 600 86400 300`, ...records].join("\n")}\n` }));
  return { zones, domains };
}
