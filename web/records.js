// Record lines without a SOA record, as people send them by mail: the command takes them for the whole of their zone too.
import { texts } from "./texts.js";

const RECORD = /^[\w.*@-]+\s+(?:\d+\s+)?(?:IN\s+)?(?:SRV\s+\d+\s+\d+\s+\d+|AAAA\s+[\da-f:]+|A\s+[\d.]+|CNAME|MX\s+\d+|NS)\s*/im;
const CLOCK = /\d\d:\d\d/;
const ORIGIN = /^\$ORIGIN\s+([^\s;]+)/im;

export const areRecords = (text) => RECORD.test(text) && !CLOCK.test(text);

const isWithin = (name, zone) => name === zone || name.endsWith(`.${zone}`);
const withoutDot = (name) => name.replace(/\.$/, "").toLowerCase();
/** "_sipfederationtls._tcp.example.com" is a name of the zone example.com. */
const withoutServices = (name) => name.replace(/^(?:_[^.]*\.)+/, "");

/** The first word of each line that begins with one. */
const ownersIn = (text) => [...text.matchAll(/^([^\s;()@$][^\s;()]*)/gm)].map(([, owner]) => owner);

/** The zone that the lines themselves name: by $ORIGIN, or as what holds all full names; undefined: none. */
export function zoneNamed(text) {
  const origin = ORIGIN.exec(text)?.[1];
  if (origin) return withoutDot(origin);
  return ownersIn(text).filter((owner) => owner.endsWith(".")).map((owner) => withoutServices(withoutDot(owner))).filter(Boolean)
    .reduce((zone, name) => (zone === undefined || isWithin(zone, name) ? name : zone), undefined);
}

const SERVICE = "_sipfederationtls._tcp";

/** Whether the lines are of the service alone: then they say nothing of the address of a host. */
export const areOfService = (text) => ownersIn(text).every((owner) => owner.toLowerCase().startsWith(SERVICE));

/** Why the lines cannot be taken for the zone, in a sentence; undefined: they can. */
function faultOf(text, zone) {
  const hasOrigin = ORIGIN.test(text), owners = ownersIn(text);
  const stray = hasOrigin ? undefined : owners.find((owner) => owner.endsWith(".") && !isWithin(withoutServices(withoutDot(owner)), zone));
  if (stray) return texts.severalZones(withoutDot(stray), zone);
  const undotted = owners.find((owner) => !owner.endsWith(".") && isWithin(owner.toLowerCase(), zone));
  return undotted && texts.withoutDot(undotted, zone);
}

/** The lines as a zone file of the zone that they name, or of `domain`: {name, data, origin}. */
export function zoneOf({ name, text, zone: named, isService }, domain) {
  const zone = named ?? withoutDot(domain);
  if (zone === "") throw new Error(`${name}: ${texts.noZone}`);
  const fault = faultOf(text, zone);
  if (fault) throw new Error(`${name}: ${fault}`);
  const apex = isService ? `${SERVICE}.${zone}.` : `${zone}.`;
  return { name, data: `${text}\n${apex} 3600 IN SOA . . 1 3600 600 86400 300\n`, origin: zone };
}
