#ifndef FV_CATALOGUE_CLOUDS_H
#define FV_CATALOGUE_CLOUDS_H

#include "base/text.h"

#include <stdbool.h>

/* Returns the host that serves federation in the cloud of Microsoft that `host` belongs to. NULL:
 * it belongs to none. Lives as long as the program. */
const char *fv_cloud_provider(fv_text host);

/* Returns whether Microsoft's documents name `host` as the SRV target of domains that are homed
 * there. */
bool fv_cloud_is_provider(fv_text host);

#endif
