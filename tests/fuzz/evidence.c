/* Evidence and policy documents: what is taken comes out the same after it was read again. */
#include "fuzz.h"

#include "fedval/evidence.h"
#include "fedval/policy.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void check_error(fedval_status status, const fedval_error *error)
{
    bool has_place = fedval_error_get_line(error) > 0 && fedval_error_get_column(error) > 0;
    if (status != FEDVAL_ERROR_NO_MEMORY &&
        (fedval_error_get_message(error)[0] == '\0' || !has_place))
        abort();
}

static char *evidence_again(const char *json, size_t len, fedval_error *error, size_t *out_len)
{
    fedval_evidence *evidence = NULL;
    char *again = NULL;
    fedval_status status = fedval_evidence_new_from_json(json, len, &evidence, error);
    if (status != FEDVAL_OK)
        check_error(status, error);
    else if (fedval_evidence_to_json(evidence, &again, out_len) != FEDVAL_OK)
        abort();
    fedval_evidence_free(evidence);
    return again;
}

static char *policy_again(const char *json, size_t len, fedval_error *error, size_t *out_len)
{
    fedval_policy *policy = NULL;
    char *again = NULL;
    fedval_status status = fedval_policy_new_from_json(json, len, &policy, error);
    if (status != FEDVAL_OK)
        check_error(status, error);
    else if (fedval_policy_to_json(policy, &again, out_len) != FEDVAL_OK)
        abort();
    fedval_policy_free(policy);
    return again;
}

typedef char *(*rewriter)(const char *json, size_t len, fedval_error *error, size_t *out_len);

static void check_round_trip(rewriter rewrite, const char *json, size_t len)
{
    size_t once_len = 0, twice_len = 0;
    fedval_error *error = fedval_error_new();
    char *once = rewrite(json, len, error, &once_len);
    char *twice = once == NULL ? NULL : rewrite(once, once_len, error, &twice_len);
    if (once != NULL && (twice == NULL || once_len != twice_len || strcmp(once, twice) != 0))
        abort();
    fedval_text_free(once);
    fedval_text_free(twice);
    fedval_error_free(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_round_trip(evidence_again, (const char *)data, size);
    check_round_trip(policy_again, (const char *)data, size);
    return 0;
}
