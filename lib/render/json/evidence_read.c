/* "fedval-evidence/1" -> evidence. */
#include "base/error.h"
#include "model/evidence.h"
#include "render/json/fact_read.h"
#include "render/json/json_read.h"
#include "render/json/views_json.h"

#include <string.h>

static bool read_fact(fv_json_reader *reader, json_t *item, void *evidence)
{
    return fv_json_get_fact(reader, item, evidence);
}

static bool read_facts(fv_json_reader *reader, fedval_evidence *evidence)
{
    json_t *facts;
    if (!fv_json_get_array(reader, reader->root, "facts", &facts))
        return false;
    if (facts == NULL)
        return fv_json_refuse_absent(reader, reader->root, "facts");
    return fv_json_get_items(reader, reader->root, "facts", read_fact, evidence);
}

/* ---- the domain ---- */

/* Makes evidence for the member "domain_given" if it is there, else for "domain". Both must be the
 * same domain: "Example.COM." is the same as "example.com". */
static fedval_status new_for_domain(fv_json_reader *reader, fedval_evidence **out)
{
    const char *domain = NULL, *given = NULL;
    fedval_evidence *evidence = NULL;
    if (!fv_json_need_text(reader, reader->root, "domain", &domain) ||
        !fv_json_get_text(reader, reader->root, "domain_given", &given))
        return reader->status;
    const char *text = given != NULL ? given : domain;
    fedval_status status = fedval_evidence_new(text, strlen(text), &evidence, NULL);
    if (status == FEDVAL_OK && given != NULL && strcmp(evidence->domain, domain) != 0) {
        fedval_evidence_free(evidence);
        status = FEDVAL_ERROR_SYNTAX;
    }
    if (status != FEDVAL_OK) {
        (void)fv_json_enter_member(reader, reader->root, given != NULL ? "domain_given" : "domain");
        (void)fv_json_check(reader, status,
                            given != NULL ? "not the domain that stands beside it"
                                          : "not a domain");
        fv_json_leave(reader);
        return status;
    }
    *out = evidence;
    return FEDVAL_OK;
}

static fedval_status read_evidence(fv_json_reader *reader, fedval_evidence **out)
{
    fedval_evidence *evidence = NULL;
    fedval_status status = fv_json_check_format(reader, "fedval-evidence/1");
    if (status == FEDVAL_OK)
        status = new_for_domain(reader, &evidence);
    if (status != FEDVAL_OK)
        return status;
    if (!fv_json_get_time(reader, reader->root, "gathered_at", &evidence->time) ||
        !fv_json_get_views(reader, evidence) || !read_facts(reader, evidence) ||
        !fv_json_check_members(reader, reader->root)) {
        fedval_evidence_free(evidence);
        return reader->status;
    }
    *out = evidence;
    return FEDVAL_OK;
}

static fedval_status read_document(const char *json, size_t json_len, bool is_lenient,
                                   fedval_evidence **out_evidence, fedval_error *error)
{
    fv_json_reader reader;
    fv_error_reset(error);
    if (json == NULL || out_evidence == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_json_open(&reader, json, json_len, error);
    if (status != FEDVAL_OK)
        return status;
    reader.is_lenient |= is_lenient;
    status = read_evidence(&reader, out_evidence);
    fv_json_close(&reader);
    return status;
}

fedval_status fedval_evidence_new_from_json(const char *json, size_t json_len,
                                            fedval_evidence **out_evidence, fedval_error *error)
{
    return read_document(json, json_len, false, out_evidence, error);
}

fedval_status fedval_evidence_new_from_json_lenient(const char *json, size_t json_len,
                                                    fedval_evidence **out_evidence,
                                                    fedval_error *error)
{
    return read_document(json, json_len, true, out_evidence, error);
}
