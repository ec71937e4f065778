/* What --ignore says: what is read can be accepted by a policy, and what is refused says what would
 * have done. */
#include "fuzz.h"

#include "fedval/catalogue.h"
#include "fedval/evidence.h"
#include "ignored.h"

#include <stdlib.h>
#include <string.h>

static void accept(const ignored_finding *found)
{
    fedval_policy *policy = NULL;
    if (fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy) != FEDVAL_OK)
        abort();
    fedval_status status = fedval_policy_append_acceptance(policy, found->code, found->domain,
                                                           found->domain_len, found->until);
    if (status != FEDVAL_OK || fedval_policy_get_acceptance_code(policy, 0) != found->code)
        abort();
    fedval_policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ignored_finding found;
    const char *wanted = NULL;
    char *value = malloc(size + 1);
    if (value == NULL)
        abort();
    memcpy(value, data, size);
    value[size] = '\0';
    if (ignored_read(value, &found, &wanted))
        accept(&found);
    else if (wanted == NULL || wanted[0] == '\0')
        abort();
    free(value);
    return 0;
}
