/* "fedval-report/1" -> its state. Only what is compared is read. */
#include "render/json/state_read.h"
#include "base/error.h"
#include "fedval/catalogue.h"
#include "render/json/json_read.h"

#include <string.h>

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* ---- endpoints ---- */

static void read_address(fv_state_reader *reader, const char *target)
{
    fv_state_certificate certificate = fv_state_no_certificate;
    bool has_certificate = false;
    const char *address = NULL;
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (fv_pull_is_key(key, "address"))
            fv_pull_text(&reader->pull, &address);
        else if (!fv_state_read_presented(reader, key, &certificate, &has_certificate))
            fv_pull_skip(&reader->pull);
    }
    if (address != NULL)
        fv_state_add_address(reader->state, target, address);
    if (has_certificate)
        fv_state_add_certificate(reader->state, target, &certificate);
}

static void read_addresses(fv_state_reader *reader, const char *target)
{
    if (!fv_pull_open(&reader->pull, '['))
        return;
    while (fv_pull_item(&reader->pull))
        read_address(reader, target);
}

/* Reads the addresses that come before their target. */
static void read_addresses_at(fv_state_reader *reader, const fv_pull *place, const char *target)
{
    fv_pull behind = reader->pull;
    if (behind.fault != NULL)
        return;
    reader->pull = *place;
    read_addresses(reader, target);
    if (reader->pull.fault == NULL)
        reader->pull = behind;
}

/* Our own reports name the target first; a program that sorted the members did not. */
static void read_endpoint(fv_state_reader *reader)
{
    const char *target = NULL, *match = NULL;
    int64_t port = 0, priority = 0, weight = 0;
    fv_pull early = {0};
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (fv_pull_is_key(key, "addresses") && target == NULL)
            early = reader->pull;
        if (fv_pull_is_key(key, "target"))
            fv_pull_text(&reader->pull, &target);
        else if (fv_pull_is_key(key, "port"))
            fv_pull_i64(&reader->pull, &port);
        else if (fv_pull_is_key(key, "priority"))
            fv_pull_i64(&reader->pull, &priority);
        else if (fv_pull_is_key(key, "weight"))
            fv_pull_i64(&reader->pull, &weight);
        else if (fv_pull_is_key(key, "srv_match"))
            fv_pull_text(&reader->pull, &match);
        else if (fv_pull_is_key(key, "addresses") && target != NULL)
            read_addresses(reader, target);
        else
            fv_pull_skip(&reader->pull);
    }
    if (early.text.data != NULL)
        read_addresses_at(reader, &early, or_empty(target));
    if (match != NULL)
        fv_state_add_srv(reader->state, priority, weight, port, or_empty(target));
}

static void read_endpoints(fv_state_reader *reader)
{
    if (!fv_pull_open(&reader->pull, '['))
        return;
    while (fv_pull_item(&reader->pull))
        read_endpoint(reader);
}

/* ---- findings ---- */

static void read_where(fv_state_reader *reader, fv_state_finding *out)
{
    const char *role = NULL;
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (fv_pull_is_key(key, "target"))
            fv_pull_text(&reader->pull, &out->target);
        else if (fv_pull_is_key(key, "address"))
            fv_pull_text(&reader->pull, &out->address);
        else if (fv_pull_is_key(key, "role"))
            fv_pull_text(&reader->pull, &role);
        else
            fv_pull_skip(&reader->pull);
    }
    out->is_client = role != NULL && strcmp(role, "client") == 0;
}

static void read_acceptance(fv_state_reader *reader, fv_state_finding *out)
{
    const char *state = NULL;
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (fv_pull_is_key(key, "state"))
            fv_pull_text(&reader->pull, &state);
        else
            fv_pull_skip(&reader->pull);
    }
    out->is_accepted = state != NULL && strcmp(state, "accepted") == 0;
}

/* A code of a later edition belongs to what is presented, as far as is known here. */
static bool is_of_address(const char *id)
{
    uint32_t code = 0;
    (void)fedval_finding_code_from_string(id, FEDVAL_NUL_ENDED, &code);
    const fedval_catalogue_entry *entry = fedval_catalogue_find(code);
    uint32_t family = entry == NULL ? 0 : fedval_catalogue_entry_get_family(entry);
    return family == FEDVAL_FAMILY_ADDRESS || family == FEDVAL_FAMILY_TRANSPORT;
}

static void read_finding(fv_state_reader *reader)
{
    fv_state_finding finding = {.code = "", .severity = {0, ""}};
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (fv_pull_is_key(key, "code"))
            fv_pull_text(&reader->pull, &finding.code);
        else if (fv_pull_is_key(key, "severity"))
            fv_pull_text(&reader->pull, &finding.severity.text);
        else if (fv_pull_is_key(key, "fault"))
            fv_pull_text(&reader->pull, &finding.fault);
        else if (fv_pull_is_key(key, "where"))
            read_where(reader, &finding);
        else if (fv_pull_is_key(key, "acceptance"))
            read_acceptance(reader, &finding);
        else
            fv_pull_skip(&reader->pull);
    }
    finding.is_of_address = is_of_address(finding.code);
    (void)fedval_severity_from_string(finding.severity.text, FEDVAL_NUL_ENDED,
                                      &finding.severity.code);
    fv_state_add_finding(reader->state, &finding);
}

static void read_findings(fv_state_reader *reader)
{
    if (!fv_pull_open(&reader->pull, '['))
        return;
    while (fv_pull_item(&reader->pull))
        read_finding(reader);
}

/* ---- the document ---- */

/* A word of a later edition has no code here. */
static fv_state_word verdict_of(const char *text)
{
    fv_state_word verdict = {0, or_empty(text)};
    (void)fedval_verdict_from_string(verdict.text, FEDVAL_NUL_ENDED, &verdict.code);
    return verdict;
}

static void read_requirements(fv_state_reader *reader)
{
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        const char *verdict = NULL;
        const char *name = fv_arena_copy_text(&reader->state->arena, key.data, key.len);
        reader->state->failed |= name == NULL;
        fv_pull_text(&reader->pull, &verdict);
        fv_state_word word = verdict_of(verdict);
        if (name != NULL)
            fv_state_add_requirement(reader->state, name, &word);
    }
}

static const struct {
    const char *name;
    void (*read)(fv_state_reader *reader);
} members[] = {
    {"requirements", read_requirements},
    {"endpoints", read_endpoints},
    {"client", fv_state_read_client},
    {"findings", read_findings},
};

static void read_member(fv_state_reader *reader, fv_text key)
{
    const struct {
        const char *name;
        const char **place;
    } texts[] = {
        {"format", &reader->format},
        {"domain", &reader->domain},
        {"profile", &reader->profile},
        {"verdict", &reader->verdict},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (fv_pull_is_key(key, texts[i].name)) {
            fv_pull_text(&reader->pull, texts[i].place);
            return;
        }
    }
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (fv_pull_is_key(key, members[i].name)) {
            members[i].read(reader);
            return;
        }
    }
    fv_pull_skip(&reader->pull);
}

static bool is_other_format(const fv_state_reader *reader)
{
    return reader->format != NULL && strcmp(reader->format, "fedval-report/1") != 0;
}

static void read_document(fv_state_reader *reader)
{
    fv_text key;
    bool is_object = fv_pull_open(&reader->pull, '{');
    while (is_object && !is_other_format(reader) && fv_pull_member(&reader->pull, &key))
        read_member(reader, key);
    if (!is_other_format(reader))
        fv_pull_end(&reader->pull);
}

static fedval_status tell_fault(const fv_state_reader *reader, fedval_error *error)
{
    const fv_pull *pull = &reader->pull;
    uint32_t line, column;
    fv_json_place(pull->text, pull->at, &line, &column);
    fv_error_set(error, pull->fault);
    fv_error_set_place(error, line, column, pull->at);
    if (pull->is_out_of_memory)
        return FEDVAL_ERROR_NO_MEMORY;
    return pull->is_beyond ? FEDVAL_ERROR_LIMIT : FEDVAL_ERROR_SYNTAX;
}

static fedval_status judge_document(const fv_state_reader *reader, fedval_error *error)
{
    if (is_other_format(reader)) {
        fv_error_set_detail(error, "wanted fedval-report/1, not",
                            fv_text_cut(fv_text_of(reader->format), 64));
        fv_error_set_found_format(error, fv_text_of(reader->format));
        return FEDVAL_ERROR_FORMAT;
    }
    if (reader->pull.fault != NULL)
        return tell_fault(reader, error);
    if (reader->format == NULL || reader->domain == NULL || reader->verdict == NULL) {
        fv_error_set(error, reader->format == NULL ? "no fedval-report/1: the format is missing"
                                                   : "the domain or the verdict is missing");
        fv_error_set_place(error, 1, 1, 0);
        return FEDVAL_ERROR_SYNTAX;
    }
    return FEDVAL_OK;
}

fedval_status fedval_state_new_from_json(const char *json, size_t json_len,
                                         fedval_state **out_state, fedval_error *error)
{
    fv_state_reader reader = {0};
    fv_error_reset(error);
    if (json == NULL || out_state == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text text = fv_text_skip_mark(fv_text_given(json, json_len));
    if (fv_text_is_utf16(text)) {
        fv_error_set(error, FV_JSON_IN_UTF16);
        return FEDVAL_ERROR_SYNTAX;
    }
    if (text.len > FV_JSON_MAX_BYTES) {
        fv_error_set(error, "larger than 64 MiB");
        return FEDVAL_ERROR_LIMIT;
    }
    reader.state = fv_state_begin();
    if (reader.state == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_pull_init(&reader.pull, text, &reader.state->arena);
    read_document(&reader);
    fedval_status status = judge_document(&reader, error);
    if (status != FEDVAL_OK) {
        fedval_state_free(reader.state);
        return status;
    }
    fv_state_word verdict = verdict_of(reader.verdict);
    fv_state_set_head(reader.state, reader.domain, or_empty(reader.profile), &verdict);
    status = fv_state_finish(reader.state, out_state);
    if (status == FEDVAL_ERROR_LIMIT)
        fv_error_set(error, "it tells of too much");
    return status;
}
