/* Hosts that a zone file has and no record leads to. */
#ifndef ZONE_HOSTS_H
#define ZONE_HOSTS_H

#include "options.h"
#include "output.h"

#include <fedval/evidence.h>

/* Where the domain has no SRV record, finds the host in the zone files that the record can lead to:
 * the one that other SIP services of the zone are at, or else the only one that is of no other
 * service. Puts its addresses into the evidence, so that the actions name it. A note says so. Where
 * nothing singles one host out, does nothing. */
void zone_hosts_find(const cmd_settings *settings, fedval_evidence *evidence);

#endif
