/* Reads an intent; refuses with reasons, or writes what to create. provision INTENT.json FOLDER */
#include <fedval/openssl.h>
#include <fedval/plan.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A file, whole; NULL: it cannot be read. */
static char *read_file(const char *path, size_t *out_len)
{
    FILE *file = fopen(path, "rb");
    long size = file == NULL || fseek(file, 0, SEEK_END) != 0 ? -1 : ftell(file);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    bool is_at_start = text != NULL && fseek(file, 0, SEEK_SET) == 0;
    *out_len = is_at_start ? fread(text, 1, (size_t)size, file) : 0;
    if (file != NULL)
        fclose(file);
    return text;
}

/* The certificates, requests and evidence that the intent names. */
static fedval_status supply(fedval_intent *intent, fedval_error *error)
{
    bool asks = fedval_intent_is_live(intent) || fedval_intent_get_resolver(intent) != NULL;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0, len = 0; status == FEDVAL_OK && i < fedval_intent_count_files(intent); i++) {
        char *bytes = read_file(fedval_intent_get_file_path(intent, i), &len);
        asks |= fedval_intent_get_file_use(intent, i) == FEDVAL_INTENT_FILE_ZONE;
        status = asks || bytes == NULL ? FEDVAL_ERROR_SYSTEM
                                       : fedval_intent_supply_file(intent, i, bytes, len, error);
        if (bytes == NULL)
            fedval_error_set(error, "a file cannot be read", FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
        free(bytes);
    }
    if (asks) {
        fedval_error_set(error, "DNS is not asked here: name evidence, not zones, resolver or live",
                         FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    }
    return asks ? FEDVAL_ERROR_STATE : status;
}

/* Says why it must not be done, and counts the reasons. */
static int refuse(const fedval_plan *plan)
{
    int reasons = 0;
    for (size_t i = 0; i < fedval_plan_count_certificates(plan); i++) {
        const fedval_plan_certificate *one = fedval_plan_get_certificate(plan, i);
        if (!fedval_plan_certificate_is_refused(one))
            continue;
        for (size_t k = 0; k < fedval_plan_certificate_count_findings(one); k++) {
            fprintf(stderr, "%s, what lies ready: %s\n", fedval_plan_certificate_get_peer(one),
                    fedval_finding_get_message(fedval_plan_certificate_get_finding(one, k)));
        }
        reasons++;
    }
    for (size_t i = 0; i < fedval_plan_count_domains(plan); i++) {
        const fedval_plan_domain *domain = fedval_plan_get_domain(plan, i);
        if (fedval_plan_domain_get_verdict_after(domain) == FEDVAL_VERDICT_PASS)
            continue;
        const fedval_finding *first = fedval_plan_domain_get_finding(domain, 0);
        fprintf(stderr, "%s would not federate: %s\n", fedval_plan_domain_get_name(domain),
                first == NULL ? "not everything is known" : fedval_finding_get_message(first));
        reasons++;
    }
    return reasons;
}

static int write_files(const fedval_plan *plan, const char *folder)
{
    for (size_t i = 0; i < fedval_plan_count_files(plan); i++) {
        char path[1024], *text = NULL;
        snprintf(path, sizeof(path), "%s/%s", folder, fedval_plan_get_file_name(plan, i));
        FILE *file = fopen(path, "w");
        if (file == NULL || fedval_plan_file_to_text(plan, i, &text, NULL) != FEDVAL_OK)
            return 74;
        fputs(text, file);
        fedval_text_free(text);
        if (fclose(file) != 0)
            return 74;
        puts(path);
    }
    return 0;
}

int main(int argc, char **argv)
{
    fedval_verifier *verifier = NULL;
    fedval_judge *judge = NULL;
    fedval_intent *intent = NULL;
    fedval_plan *plan = NULL;
    size_t len = 0;
    char *json = argc == 3 ? read_file(argv[1], &len) : NULL;
    if (json == NULL)
        return 64;
    fedval_error *error = fedval_error_new();
    bool ready = fedval_openssl_verifier_new(&verifier) == FEDVAL_OK &&
                 fedval_judge_new(&judge) == FEDVAL_OK &&
                 fedval_judge_set_verifier(judge, verifier) == FEDVAL_OK &&
                 fedval_judge_seal(judge) == FEDVAL_OK;
    fedval_status status = ready ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    if (status == FEDVAL_OK)
        status = fedval_intent_new_from_json(json, len, &intent, error);
    if (status == FEDVAL_OK)
        status = supply(intent, error);
    if (status == FEDVAL_OK)
        status = fedval_plan_new(judge, 0, intent, (int64_t)time(NULL), &plan);
    if (status != FEDVAL_OK)
        fprintf(stderr, "%s: %s\n", argv[1], fedval_error_get_message(error));
    int result = status != FEDVAL_OK ? 65 : refuse(plan) > 0 ? 1 : write_files(plan, argv[2]);
    fedval_plan_free(plan);
    fedval_intent_free(intent);
    fedval_judge_free(judge);
    fedval_verifier_free(verifier);
    fedval_error_free(error);
    free(json);
    return result;
}
