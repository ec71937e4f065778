/* A policy <-> "fedval-policy/1". Every field is written. On reading, an absent field has the value
 * of the profile. */
#include "base/buf.h"
#include "base/error.h"
#include "fedval/catalogue.h"
#include "fedval/evidence.h"
#include "model/policy.h"
#include "render/json/json.h"
#include "render/json/json_read.h"

/* ---- writing ---- */

static int64_t value_of(const fedval_policy *policy, uint32_t field)
{
    int64_t value = 0;
    (void)fedval_policy_get_number(policy, field, &value);
    return value;
}

static void put_requirements(fv_json *json, const char *key, int64_t mask)
{
    fv_json_array(json, key);
    for (int i = 1; i <= 8; i++) {
        char text[] = {'R', (char)('0' + i), '\0'};
        if ((mask >> i & 1) != 0)
            fv_json_text(json, NULL, text);
    }
    fv_json_end(json);
}

static void put_number(fv_json *json, const fv_policy_field *field, int64_t value)
{
    switch (field->form) {
    case FV_POLICY_FLAG:
        fv_json_bool(json, field->name, value != 0);
        return;
    case FV_POLICY_TIME:
        fv_json_time(json, field->name, value);
        return;
    case FV_POLICY_WORDS:
        fv_json_text(
            json, field->name,
            fv_code_to_string(field->words->codes, field->words->num_codes, (uint32_t)value));
        return;
    case FV_POLICY_REQUIREMENTS:
        put_requirements(json, field->name, value);
        return;
    case FV_POLICY_NUMBER:
    default:
        fv_json_i64(json, field->name, value);
        return;
    }
}

static void put_acceptances(fv_json *json, const fedval_policy *policy)
{
    fv_json_array(json, "accepted");
    for (size_t i = 0; i < policy->num_acceptances; i++) {
        const fv_acceptance *acceptance = &policy->acceptances[i];
        fv_json_object(json, NULL);
        fv_json_text(json, "code", fedval_finding_code_to_string(acceptance->code));
        fv_json_text(json, "domain", acceptance->domain);
        fv_json_time(json, "until", acceptance->until);
        fv_json_end(json);
    }
    fv_json_end(json);
}

void fv_json_policy(fv_json *json, const char *key, const fedval_policy *policy)
{
    if (policy == NULL) {
        fv_json_null(json, key);
        return;
    }
    fv_json_object(json, key);
    fv_json_text(json, "format", "fedval-policy/1");
    fv_json_text(json, "profile", fedval_profile_to_string(policy->profile));
    for (size_t i = 0; i < fv_num_policy_numbers; i++)
        put_number(json, &fv_policy_numbers[i], value_of(policy, fv_policy_numbers[i].field));
    fv_json_text(json, "edge_fqdn", policy->edge_fqdn);
    fv_json_text(json, "subject_name", policy->subject_name);
    fv_json_text(json, "other_domain", policy->other_domain);
    fv_json_array(json, "providers");
    for (size_t i = 0; i < policy->num_providers; i++)
        fv_json_text(json, NULL, policy->providers[i]);
    fv_json_end(json);
    fv_json_array(json, "initial_policies");
    for (size_t i = 0; i < policy->num_initial_policies; i++)
        fv_json_text(json, NULL, policy->initial_policies[i].text);
    fv_json_end(json);
    put_acceptances(json, policy);
    fv_json_end(json);
}

fedval_status fedval_policy_to_json(const fedval_policy *policy, char **out_json, size_t *out_len)
{
    fv_json json;
    if (policy == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_policy(&json, NULL, policy);
    return fv_json_finish(&json, out_json, out_len);
}

/* ---- reading ---- */

static bool complain_at(fv_json_reader *reader, const char *key, fedval_status status,
                        const char *message)
{
    (void)fv_json_enter_member(reader, reader->root, key);
    fv_json_complain(reader, status, message);
    fv_json_leave(reader);
    return false;
}

static void append_known(fv_buf *message, const char *word)
{
    fv_buf_append_text(message, message->len == 0 ? "an unknown word; known are " : ", ");
    fv_buf_append_text(message, word);
}

/* `message` lists what is known. */
static bool complain_of_word(fv_json_reader *reader, const char *key, fv_buf *message)
{
    (void)complain_at(reader, key, FEDVAL_ERROR_SYNTAX,
                      message->failed ? "an unknown word" : message->data);
    fv_buf_clear(message);
    return false;
}

static bool read_profile(fv_json_reader *reader, uint32_t *out)
{
    return fv_json_get_word(reader, reader->root, "profile", fedval_profile_from_string,
                            fedval_profile_to_string, out);
}

static bool read_word(fv_json_reader *reader, const fv_policy_field *field, int64_t *out)
{
    const char *text = NULL;
    uint32_t code;
    fv_buf message;
    if (!fv_json_get_text(reader, reader->root, field->name, &text))
        return false;
    if (text == NULL)
        return true;
    if (fv_code_from_string(field->words->codes, field->words->num_codes, fv_text_of(text),
                            &code) == FEDVAL_OK) {
        *out = code;
        return true;
    }
    fv_buf_init(&message);
    for (size_t i = 0; i < field->words->num_codes; i++)
        append_known(&message, field->words->codes[i].name);
    return complain_of_word(reader, field->name, &message);
}

/* "R1" to "R8"; 0 for anything else. */
static int requirement_of(const json_t *item)
{
    const char *text = json_is_string(item) ? json_string_value(item) : "";
    bool is_one = text[0] == 'R' && text[1] >= '1' && text[1] <= '8' && text[2] == '\0';
    return is_one ? text[1] - '0' : 0;
}

static bool read_requirements(fv_json_reader *reader, const char *key, int64_t *out)
{
    json_t *array;
    if (!fv_json_get_array(reader, reader->root, key, &array))
        return false;
    if (array == NULL)
        return true;
    *out = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        int requirement = requirement_of(json_array_get(array, i));
        if (requirement == 0)
            return complain_at(reader, key, FEDVAL_ERROR_SYNTAX, "not one of R1 to R8");
        *out |= INT64_C(1) << requirement;
    }
    return true;
}

static bool read_value(fv_json_reader *reader, const fv_policy_field *field, int64_t *out)
{
    bool flag = *out != 0;
    switch (field->form) {
    case FV_POLICY_FLAG:
        if (!fv_json_get_bool(reader, reader->root, field->name, &flag))
            return false;
        *out = flag;
        return true;
    case FV_POLICY_TIME:
        return fv_json_get_time(reader, reader->root, field->name, out);
    case FV_POLICY_WORDS:
        return read_word(reader, field, out);
    case FV_POLICY_REQUIREMENTS:
        return read_requirements(reader, field->name, out);
    case FV_POLICY_NUMBER:
    default:
        return fv_json_get_i64(reader, reader->root, field->name, field->min, field->max, out);
    }
}

static bool read_numbers(fv_json_reader *reader, fedval_policy *policy)
{
    for (size_t i = 0; i < fv_num_policy_numbers; i++) {
        const fv_policy_field *field = &fv_policy_numbers[i];
        int64_t value = value_of(policy, field->field);
        if (!read_value(reader, field, &value))
            return false;
        if (fedval_policy_set_number(policy, field->field, value) != FEDVAL_OK)
            return complain_at(reader, field->name, FEDVAL_ERROR_SYNTAX, "out of range");
    }
    return true;
}

static bool read_text(fv_json_reader *reader, fedval_policy *policy, uint32_t field)
{
    const char *key = fedval_policy_field_to_string(field), *text = NULL;
    if (!fv_json_get_text(reader, reader->root, key, &text))
        return false;
    fedval_status status = fedval_policy_set_text(policy, field, text, FEDVAL_NUL_ENDED);
    return status == FEDVAL_OK || complain_at(reader, key, status, "not a host name");
}

typedef struct list_member {
    fedval_policy *policy;
    fedval_status (*append)(fedval_policy *policy, const char *text, size_t len);
    const char *complaint;
} list_member;

static bool read_text_item(fv_json_reader *reader, json_t *item, void *context)
{
    const list_member *list = context;
    const char *text = json_string_value(item);
    fedval_status status =
        text != NULL ? list->append(list->policy, text, FEDVAL_NUL_ENDED) : FEDVAL_ERROR_SYNTAX;
    return fv_json_check(reader, status, list->complaint);
}

/* An array of texts, each of which `append` takes. */
static bool read_list(fv_json_reader *reader, fedval_policy *policy, const char *key,
                      fedval_status (*append)(fedval_policy *policy, const char *text, size_t len),
                      const char *complaint)
{
    list_member list = {policy, append, complaint};
    return fv_json_get_items(reader, reader->root, key, read_text_item, &list);
}

static bool read_acceptance(fv_json_reader *reader, json_t *item, void *policy)
{
    uint32_t code = 0;
    const char *domain = NULL;
    int64_t until = FEDVAL_TIME_UNKNOWN;
    if (!json_is_object(item)) {
        fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, "not an object");
        return false;
    }
    if (!fv_json_get_word(reader, item, "code", fedval_finding_code_from_string,
                          fedval_finding_code_to_string, &code) ||
        !fv_json_get_text(reader, item, "domain", &domain) ||
        !fv_json_get_time(reader, item, "until", &until) || !fv_json_check_members(reader, item))
        return false;
    fedval_status status =
        fedval_policy_append_acceptance(policy, code, domain, FEDVAL_NUL_ENDED, until);
    if (status == FEDVAL_ERROR_ARGUMENT) { /* of a finding without a code */
        fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, "the code of a finding is missing");
    } else if (status != FEDVAL_OK)
        fv_json_complain(reader, status, "not a domain");
    return status == FEDVAL_OK;
}

static fedval_status read_policy(fv_json_reader *reader, fedval_policy **out)
{
    uint32_t profile = FEDVAL_PROFILE_MICROSOFT_EDGE;
    fedval_policy *policy;
    fedval_status status = fv_json_check_format(reader, "fedval-policy/1");
    if (status != FEDVAL_OK)
        return status;
    if (!read_profile(reader, &profile))
        return reader->status;
    status = fedval_policy_new(profile, &policy);
    if (status != FEDVAL_OK)
        return status;
    if (!read_numbers(reader, policy) || !read_text(reader, policy, FEDVAL_POLICY_EDGE_FQDN) ||
        !read_text(reader, policy, FEDVAL_POLICY_SUBJECT_NAME) ||
        !read_text(reader, policy, FEDVAL_POLICY_OTHER_DOMAIN) ||
        !read_list(reader, policy, "providers", fedval_policy_append_provider, "not a host name") ||
        !read_list(reader, policy, "initial_policies", fedval_policy_append_policy_oid,
                   "not an object identifier") ||
        !fv_json_get_items(reader, reader->root, "accepted", read_acceptance, policy) ||
        !fv_json_check_members(reader, reader->root)) {
        fedval_policy_free(policy);
        return reader->status;
    }
    *out = policy;
    return FEDVAL_OK;
}

static fedval_status read_document(const char *json, size_t json_len, bool is_lenient,
                                   fedval_policy **out_policy, fedval_error *error)
{
    fv_json_reader reader;
    fv_error_reset(error);
    if (json == NULL || out_policy == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_json_open(&reader, json, json_len, error);
    if (status != FEDVAL_OK)
        return status;
    reader.is_lenient |= is_lenient;
    status = read_policy(&reader, out_policy);
    fv_json_close(&reader);
    return status;
}

fedval_status fedval_policy_new_from_json(const char *json, size_t json_len,
                                          fedval_policy **out_policy, fedval_error *error)
{
    return read_document(json, json_len, false, out_policy, error);
}

fedval_status fedval_policy_new_from_json_lenient(const char *json, size_t json_len,
                                                  fedval_policy **out_policy, fedval_error *error)
{
    return read_document(json, json_len, true, out_policy, error);
}
