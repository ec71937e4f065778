/* Documents of actions, carried out on evidence of ours: what is refused says where, what is taken
 * is judged the same way twice, and the report stands in for the actions that it has. The first
 * byte chooses the evidence. */
#include "fuzz.h"

#include "../believing_verifier.h"
#include "../judging.h"
#include "../reading.h"
#include "fedval/render.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define RECORDED FEDVAL_SOURCE_ROOT "/tests/fuzz/corpus/evidence/"

static const char *const recorded[] = {"srv-several-none-fits.json", "certificate-expired.json",
                                       "name-wildcard-only.json", "address-missing-nxdomain.json",
                                       "srv-target-is-address.json"};
#define NUM_RECORDED (sizeof(recorded) / sizeof(recorded[0]))

static fedval_judge *judge;
static fedval_evidence *evidence[NUM_RECORDED];

static fedval_evidence *load(const char *name)
{
    char path[1024];
    fedval_evidence *out = NULL;
    size_t len = 0;
    (void)snprintf(path, sizeof(path), RECORDED "%s", name);
    char *text = read_file(path, &len);
    require(text != NULL);
    require(fedval_evidence_new_from_json(text, len, &out, NULL) == FEDVAL_OK);
    free(text);
    return out;
}

static void prepare(void)
{
    static fedval_verifier *verifier;
    fedval_policy *policy = NULL;
    if (judge != NULL)
        return;
    require(believer_new(&verifier) == FEDVAL_OK);
    require(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy) == FEDVAL_OK);
    require(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, 1893456000) == FEDVAL_OK);
    require(new_judge(policy, NULL, NULL, verifier, &judge) == FEDVAL_OK);
    fedval_policy_free(policy);
    for (size_t i = 0; i < NUM_RECORDED; i++) {
        evidence[i] = load(recorded[i]);
    }
}

/* The report as JSON; NULL where the actions were refused. */
static char *carry_out(const fedval_evidence *on, const char *actions, size_t len, size_t *out_len)
{
    fedval_report *report = NULL;
    fedval_error *error = fedval_error_new();
    char *text = NULL;
    fedval_status status = fedval_evaluate_with_actions(judge, 0, on, actions, len, &report, error);
    if (status == FEDVAL_OK) {
        require(fedval_report_to_text(report, NULL, &text, NULL) == FEDVAL_OK);
        fedval_text_free(text);
        require(fedval_report_to_json(report, &text, out_len) == FEDVAL_OK);
    } else {
        require(fedval_error_get_message(error)[0] != '\0' && fedval_error_get_line(error) > 0);
    }
    fedval_report_free(report);
    fedval_error_free(error);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t once_len = 0, twice_len = 0, more_len = 0;
    if (size == 0)
        return 0;
    prepare();
    const fedval_evidence *on = evidence[data[0] % NUM_RECORDED];
    const char *actions = (const char *)data + 1;
    char *once = carry_out(on, actions, size - 1, &once_len);
    char *twice = carry_out(on, actions, size - 1, &twice_len);
    require((once == NULL) == (twice == NULL) && once_len == twice_len);
    require(once == NULL || memcmp(once, twice, once_len) == 0);
    char *more = once == NULL ? NULL : carry_out(on, once, once_len, &more_len);
    require(once == NULL || more != NULL);
    fedval_text_free(once);
    fedval_text_free(twice);
    fedval_text_free(more);
    return 0;
}
