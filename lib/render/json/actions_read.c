#include "render/json/actions_read.h"

#include "base/error.h"
#include "fedval/name.h"
#include "render/json/json_read.h"
#include "x509/general_name.h"

#include <string.h>

typedef struct actions_reader {
    fv_json_reader json;
    fv_arena *arena;
} actions_reader;

static bool complain(actions_reader *r, const char *message)
{
    fv_json_complain(&r->json, FEDVAL_ERROR_SYNTAX, message);
    return false;
}

static bool complain_at(actions_reader *r, json_t *object, const char *key, const char *message)
{
    json_t *value = fv_json_enter_member(&r->json, object, key);
    complain(r, message);
    if (value != NULL)
        fv_json_leave(&r->json);
    return false;
}

static bool read_text(actions_reader *r, json_t *object, const char *key, const char **out)
{
    const char *text = NULL;
    if (!fv_json_get_text(&r->json, object, key, &text) || text == NULL)
        return r->json.status == FEDVAL_OK;
    *out = fv_arena_copy_text(r->arena, text, strlen(text));
    if (*out == NULL)
        fv_json_complain(&r->json, FEDVAL_ERROR_NO_MEMORY, "out of memory");
    return *out != NULL;
}

/* ---- why ---- */

static bool read_reason(actions_reader *r, json_t *array, size_t index, uint32_t *out)
{
    json_t *item = fv_json_enter_item(&r->json, array, index);
    const char *id = json_string_value(item);
    bool ok = id != NULL && fedval_finding_code_from_string(id, FEDVAL_NUL_ENDED, out) == FEDVAL_OK;
    if (!ok)
        complain(r, "not an id of the catalogue");
    fv_json_leave(&r->json);
    return ok;
}

static bool read_reasons(actions_reader *r, json_t *object, fv_report_action *action)
{
    json_t *array = NULL;
    if (!fv_json_get_array(&r->json, object, "why", &array))
        return false;
    if (array == NULL)
        return true;
    uint32_t *why = fv_arena_alloc_array(r->arena, json_array_size(array) + 1, sizeof(*why));
    if (why == NULL)
        fv_json_complain(&r->json, FEDVAL_ERROR_NO_MEMORY, "out of memory");
    if (why == NULL || fv_json_enter_member(&r->json, object, "why") == NULL)
        return why != NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < json_array_size(array); i++)
        ok = read_reason(r, array, i, &why[action->num_why++]);
    action->why = why;
    fv_json_leave(&r->json);
    return ok;
}

/* ---- what a kind asks for ---- */

static bool check_record(actions_reader *r, json_t *object, fv_report_action *action)
{
    if (action->owner == NULL || !fv_action_is_name(action->owner))
        return complain_at(r, object, "owner", "not a DNS name");
    if (action->record.type == 0)
        return complain_at(r, object, "type", "not SRV, A, AAAA, CNAME or RRSIG");
    if (action->record.type == FEDVAL_TYPE_CNAME && action->op != FEDVAL_OP_REMOVE)
        return complain_at(r, object, "op", "a CNAME record can be removed and nothing else");
    fedval_status status = fv_action_read_record(r->arena, action);
    if (status == FEDVAL_ERROR_NO_MEMORY)
        fv_json_complain(&r->json, status, "out of memory");
    else if (status != FEDVAL_OK)
        complain_at(r, object, "data", "not the data of such a record");
    return status == FEDVAL_OK;
}

static bool check_kind(actions_reader *r, json_t *object, fv_report_action *action)
{
    switch (action->kind) {
    case FEDVAL_ACTION_DNS:
        return check_record(r, object, action);
    case FEDVAL_ACTION_SAN:
        if (action->op != FEDVAL_OP_KEEP && !fv_action_is_name(action->data))
            return complain_at(r, object, "data", "not a DNS name");
        action->data_part = fv_general_name_part_of(action->data);
        break;
    case FEDVAL_ACTION_PARTNER:
        if (action->owner == NULL)
            return complain(r, "owner is missing");
        return true;
    case FEDVAL_ACTION_DOMAIN:
        return true;
    default:
        break;
    }
    return action->role != 0 || complain(r, "role is missing");
}

/* ---- one action ---- */

static bool read_numbers(actions_reader *r, json_t *object, fv_report_action *action, size_t count)
{
    int64_t ttl = 0, other = -1, left_out = 0;
    bool ok = fv_json_get_i64(&r->json, object, "ttl", 0, UINT32_MAX, &ttl) &&
              fv_json_get_i64(&r->json, object, "names_left_out", 0, INT32_MAX, &left_out) &&
              fv_json_get_i64(&r->json, object, "alternative_to", 0, (int64_t)count - 1, &other);
    action->record.ttl = (uint32_t)ttl;
    action->num_names_left_out = (size_t)left_out;
    action->alternative_to = (uint32_t)(other + 1);
    return ok;
}

static bool read_words(actions_reader *r, json_t *object, fv_report_action *action)
{
    fv_json_reader *json = &r->json;
    bool ok = fv_json_get_word(json, object, "side", fedval_side_from_string, fedval_side_to_string,
                               &action->side) &&
              fv_json_get_word(json, object, "op", fedval_op_from_string, fedval_op_to_string,
                               &action->op) &&
              fv_json_get_word(json, object, "kind", fedval_action_kind_from_string,
                               fedval_action_kind_to_string, &action->kind) &&
              fv_json_get_word(json, object, "role", fedval_role_from_string, fedval_role_to_string,
                               &action->role) &&
              fv_json_get_bool(json, object, "for_both", &action->is_for_both) &&
              fv_json_get_word(json, object, "ttl_from", fedval_authority_from_string,
                               fedval_authority_to_string, &action->ttl_authority);
    if (ok && action->op == 0)
        return complain(r, "op is missing");
    return ok && (action->kind != 0 || complain(r, "kind is missing"));
}

/* What is no type of a record that can be changed is type 0. */
static bool read_type(actions_reader *r, json_t *object, fv_record *out)
{
    const char *word = NULL;
    if (!fv_json_get_text(&r->json, object, "type", &word))
        return false;
    uint32_t type = word == NULL ? 0 : fv_record_type_of(word);
    out->type = type == FEDVAL_TYPE_NS ? 0 : type;
    return true;
}

/* The name of a certificate is its subject, or in its place the first name that it holds. */
static uint32_t kind_of_name(const char *name)
{
    return strncmp(name, "DNS:", 4) == 0 ? FV_VALUE_HOST : FV_VALUE_SUBJECT;
}

static bool read_certificate(actions_reader *r, json_t *object, fv_report_action *action)
{
    if (!read_text(r, object, "certificate", &action->certificate))
        return false;
    if (action->certificate != NULL)
        action->certificate_kind = kind_of_name(action->certificate);
    return true;
}

static bool read_texts(actions_reader *r, json_t *object, fv_report_action *action)
{
    return read_text(r, object, "owner", &action->owner) && read_type(r, object, &action->record) &&
           read_text(r, object, "data", &action->data) && read_certificate(r, object, action) &&
           read_text(r, object, "address", &action->address) &&
           read_text(r, object, "hurts", &action->hurts) &&
           (action->data != NULL || complain(r, "data is missing"));
}

static bool read_action(actions_reader *r, json_t *array, size_t index, fv_report_action *action)
{
    json_t *object = fv_json_enter_item(&r->json, array, index);
    bool ok = json_is_object(object) || complain(r, "not an object");
    ok = ok && read_words(r, object, action) && read_texts(r, object, action) &&
         read_numbers(r, object, action, json_array_size(array)) &&
         read_reasons(r, object, action) && fv_json_check_members(&r->json, object) &&
         check_kind(r, object, action);
    fv_json_leave(&r->json);
    return ok;
}

/* ---- the document ---- */

static bool read_array(actions_reader *r, json_t *array, fv_given_actions *out)
{
    size_t count = json_array_size(array);
    if (count > FV_ACTIONS_MAX) {
        fv_json_complain(&r->json, FEDVAL_ERROR_LIMIT, "more than 1000 actions");
        return false;
    }
    fv_report_action *items = fv_arena_alloc_array(r->arena, count + 1, sizeof(*items));
    if (items == NULL) {
        fv_json_complain(&r->json, FEDVAL_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!read_action(r, array, i, &items[i]))
            return false;
    }
    *out = (fv_given_actions){items, count};
    return true;
}

static bool read_document(actions_reader *r, fv_given_actions *out)
{
    json_t *root = r->json.root, *array = NULL;
    const char *format = json_string_value(json_object_get(root, "format"));
    bool is_report = format != NULL && strcmp(format, "fedval-report/1") == 0;
    if (fv_json_check_format(&r->json, is_report ? "fedval-report/1" : "fedval-actions/1") !=
        FEDVAL_OK)
        return false;
    if (!fv_json_get_array(&r->json, root, "actions", &array))
        return false;
    if (array == NULL)
        return complain(r, "actions is missing");
    /* What else is in a report is not for this reader. */
    if (!is_report && !fv_json_check_members(&r->json, root))
        return false;
    fv_json_enter_member(&r->json, root, "actions");
    bool ok = read_array(r, array, out);
    fv_json_leave(&r->json);
    return ok;
}

fedval_status fv_actions_read(fv_arena *arena, const char *json, size_t json_len, bool is_lenient,
                              fv_given_actions *out, fedval_error *error)
{
    actions_reader r = {.arena = arena};
    fedval_status status = fv_json_open(&r.json, json, json_len, error);
    if (status != FEDVAL_OK)
        return status;
    r.json.is_lenient |= is_lenient;
    if (!read_document(&r, out))
        status = r.json.status;
    fv_json_close(&r.json);
    return status;
}
