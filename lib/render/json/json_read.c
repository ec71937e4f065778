#include "render/json/json_read.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/error.h"
#include "fedval/evidence.h"

#include <stdlib.h>
#include <string.h>

/* ---- the document ---- */

static void set_place(fv_json_reader *reader, size_t offset)
{
    uint32_t line, column;
    fv_json_place(reader->text, offset, &line, &column);
    fv_error_set_place(reader->error, line, column, offset);
}

static fedval_status refuse(fv_json_reader *reader, fedval_status status, const char *message,
                            size_t offset)
{
    fv_error_set(reader->error, message);
    set_place(reader, offset);
    return status;
}

/* jansson repeats the text near the fault, which can hold anything, so only the part before " near
 * " is kept. */
static fedval_status refuse_syntax(fv_json_reader *reader, const json_error_t *fault)
{
    const char *near_text = strstr(fault->text, " near ");
    size_t len = near_text == NULL ? strlen(fault->text) : (size_t)(near_text - fault->text);
    size_t offset = fault->position < 0 ? 0 : (size_t)fault->position;
    fv_error_set_detail(reader->error, "not JSON", (fv_text){fault->text, len});
    if (json_error_code(fault) == json_error_duplicate_key)
        fv_error_set_reason(reader->error, FEDVAL_REASON_REPEATED_MEMBER);
    set_place(reader, offset > reader->text.len ? reader->text.len : offset);
    return FEDVAL_ERROR_SYNTAX;
}

/* When memory is short, jansson reports "invalid token" or nothing at all. So a document that it
 * refuses is called malformed only if memory can still be allocated. */
static fedval_status load(fv_json_reader *reader)
{
    json_error_t fault;
    const char *json = reader->text.data;
    size_t json_len = reader->text.len;
    reader->root = json_loadb(json, json_len, JSON_REJECT_DUPLICATES, &fault);
    if (reader->root != NULL)
        return FEDVAL_OK;
    void *probe = malloc(json_len + 1);
    bool has_memory = probe != NULL && fault.text[0] != '\0';
    free(probe);
    return has_memory ? refuse_syntax(reader, &fault) : FEDVAL_ERROR_NO_MEMORY;
}

/* The format of this object has such a member, whether it is there or not. */
static void note_key(fv_json_reader *reader, const json_t *object, const char *key)
{
    if (reader->num_asked < FV_JSON_MAX_ASKED)
        reader->asked[reader->num_asked++] = (fv_json_asked){object, key};
    else
        reader->is_lenient = true; /* too many to tell: let all pass */
}

static fedval_status read_strictness(fv_json_reader *reader)
{
    bool is_strict = true;
    note_key(reader, reader->root, "$schema");
    if (!fv_json_get_bool(reader, reader->root, "strict", &is_strict))
        return reader->status;
    reader->is_lenient = !is_strict;
    return FEDVAL_OK;
}

fedval_status fv_json_open(fv_json_reader *reader, const char *json, size_t json_len,
                           fedval_error *error)
{
    const char *what = NULL;
    memset(reader, 0, sizeof(*reader));
    reader->text = fv_text_skip_mark(fv_text_given(json, json_len));
    reader->error = error;
    if (reader->text.len == 0)
        return refuse(reader, FEDVAL_ERROR_SYNTAX, "not JSON: it is empty", 0);
    if (fv_text_is_utf16(reader->text))
        return refuse(reader, FEDVAL_ERROR_SYNTAX, FV_JSON_IN_UTF16, 0);
    if (reader->text.len > FV_JSON_MAX_BYTES)
        return refuse(reader, FEDVAL_ERROR_LIMIT, "more than 64 MiB", 0);
    size_t excess = fv_json_find_excess(reader->text, &what);
    if (excess != SIZE_MAX)
        return refuse(reader, FEDVAL_ERROR_LIMIT, what, excess);
    fedval_status status = load(reader);
    if (status != FEDVAL_OK)
        return status;
    /* What is no object is an array: the reader takes nothing else at the top. */
    if (!json_is_object(reader->root)) {
        fv_json_close(reader);
        return refuse(reader, FEDVAL_ERROR_SYNTAX,
                      "a JSON array, where an object is wanted: give several documents one to a "
                      "line, or each in a file of its own",
                      0);
    }
    status = read_strictness(reader);
    if (status != FEDVAL_OK)
        fv_json_close(reader);
    return status;
}

void fv_json_close(fv_json_reader *reader)
{
    json_decref(reader->root);
    reader->root = NULL;
}

/* Complains about the member "format", which may be absent. */
static fedval_status refuse_format(fv_json_reader *reader, fedval_status status, const char *fault,
                                   const char *wanted)
{
    fv_buf message;
    fv_buf_init(&message);
    fv_buf_append_text(&message, fault);
    fv_buf_append_text(&message, ", where ");
    fv_buf_append_text(&message, wanted);
    fv_buf_append_text(&message, " is wanted");
    reader->path[reader->depth++] = (fv_json_segment){"format", 0};
    fv_json_complain(reader, status, message.failed ? fault : message.data);
    fv_json_leave(reader);
    fv_buf_clear(&message);
    return status;
}

/* A document of ours is named, such as a report in place of evidence. */
static fedval_status refuse_kind(fv_json_reader *reader, const char *format, const char *wanted)
{
    fv_buf fault;
    fv_buf_init(&fault);
    fv_buf_append_text(&fault, "another kind of document");
    size_t len = strspn(format, "abcdefghijklmnopqrstuvwxyz0123456789-/");
    if (strncmp(format, "fedval-", 7) == 0 && format[len] == '\0' && len < 40) {
        fv_buf_append_text(&fault, ", ");
        fv_buf_append_text(&fault, format);
        fv_error_set_found_format(reader->error, fv_text_of(format));
    }
    fedval_status status =
        refuse_format(reader, FEDVAL_ERROR_FORMAT,
                      fault.failed ? "another kind of document" : fault.data, wanted);
    fv_buf_clear(&fault);
    return status;
}

fedval_status fv_json_check_format(fv_json_reader *reader, const char *wanted)
{
    const char *format = NULL;
    if (!fv_json_get_text(reader, reader->root, "format", &format))
        return reader->status;
    if (format == NULL)
        return refuse_format(reader, FEDVAL_ERROR_SYNTAX, "missing", wanted);
    if (strcmp(format, wanted) == 0)
        return FEDVAL_OK;
    /* "fedval-evidence/2" is a later version of "fedval-evidence/1". */
    size_t stem = (size_t)(strchr(wanted, '/') - wanted) + 1;
    if (strncmp(format, wanted, stem) == 0) {
        return refuse_format(reader, FEDVAL_ERROR_FORMAT,
                             "of a later format than this library reads", wanted);
    }
    return refuse_kind(reader, format, wanted);
}

/* ---- paths and complaints ---- */

static json_t *enter(fv_json_reader *reader, json_t *value, const char *key, size_t index)
{
    /* The path has room for every depth that the formats reach. */
    if (value == NULL || reader->depth == FV_JSON_READ_DEPTH)
        return NULL;
    reader->path[reader->depth++] = (fv_json_segment){key, index};
    return value;
}

json_t *fv_json_enter_member(fv_json_reader *reader, json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    note_key(reader, object, key);
    return json_is_null(value) ? NULL : enter(reader, value, key, 0);
}

json_t *fv_json_enter_item(fv_json_reader *reader, json_t *array, size_t index)
{
    return enter(reader, json_array_get(array, index), NULL, index);
}

void fv_json_leave(fv_json_reader *reader)
{
    reader->depth--;
}

bool fv_json_get_items(fv_json_reader *reader, json_t *object, const char *key, fv_json_item read,
                       void *context)
{
    json_t *array;
    if (!fv_json_get_array(reader, object, key, &array))
        return false;
    if (array == NULL)
        return true;
    (void)fv_json_enter_member(reader, object, key);
    bool is_read = true;
    for (size_t i = 0; is_read && i < json_array_size(array); i++) {
        is_read = read(reader, fv_json_enter_item(reader, array, i), context);
        fv_json_leave(reader);
    }
    fv_json_leave(reader);
    return is_read;
}

static void append_path(const fv_json_reader *reader, fv_buf *buf)
{
    for (size_t i = 0; i < reader->depth; i++) {
        const fv_json_segment *segment = &reader->path[i];
        if (segment->key != NULL) {
            fv_buf_append_text(buf, i > 0 ? "." : "");
            fv_buf_append_text(buf, segment->key);
        } else {
            fv_buf_append_char(buf, '[');
            fv_buf_append_u64(buf, segment->index);
            fv_buf_append_char(buf, ']');
        }
    }
}

fedval_status fv_json_complain(fv_json_reader *reader, fedval_status status, const char *message)
{
    fv_buf buf;
    if (reader->status != FEDVAL_OK)
        return reader->status;
    reader->status = status;
    if (status == FEDVAL_ERROR_NO_MEMORY)
        return status;
    fv_buf_init(&buf);
    append_path(reader, &buf);
    fv_buf_append_text(&buf, buf.len > 0 ? ": " : "");
    fv_buf_append_text(&buf, message);
    fv_error_set(reader->error, buf.failed ? message : buf.data);
    fv_buf_clear(&buf);
    set_place(reader, fv_json_find_value(reader->text, reader->path, reader->depth));
    return status;
}

/* ---- members ---- */

static bool complain_about_member(fv_json_reader *reader, const char *message)
{
    fv_json_complain(reader, FEDVAL_ERROR_SYNTAX, message);
    fv_json_leave(reader);
    return false;
}

bool fv_json_get_text(fv_json_reader *reader, json_t *object, const char *key, const char **out)
{
    json_t *value = fv_json_enter_member(reader, object, key);
    if (value == NULL)
        return true;
    if (!json_is_string(value))
        return complain_about_member(reader, "not a string");
    *out = json_string_value(value);
    fv_json_leave(reader);
    return true;
}

bool fv_json_get_i64(fv_json_reader *reader, json_t *object, const char *key, int64_t min,
                     int64_t max, int64_t *out)
{
    json_t *value = fv_json_enter_member(reader, object, key);
    if (value == NULL)
        return true;
    if (!json_is_integer(value))
        return complain_about_member(reader, "not a whole number");
    json_int_t number = json_integer_value(value);
    if (number < min || number > max)
        return complain_about_member(reader, "a number out of range");
    *out = number;
    fv_json_leave(reader);
    return true;
}

bool fv_json_get_bool(fv_json_reader *reader, json_t *object, const char *key, bool *out)
{
    json_t *value = fv_json_enter_member(reader, object, key);
    if (value == NULL)
        return true;
    if (!json_is_boolean(value))
        return complain_about_member(reader, "neither true nor false");
    *out = json_is_true(value);
    fv_json_leave(reader);
    return true;
}

bool fv_json_get_time(fv_json_reader *reader, json_t *object, const char *key, int64_t *out)
{
    const char *text = NULL;
    if (!fv_json_get_text(reader, object, key, &text))
        return false;
    if (text == NULL || fv_calendar_parse(fv_text_of(text), out))
        return true;
    (void)fv_json_enter_member(reader, object, key);
    return complain_about_member(reader, "not a time as RFC 3339 writes it");
}

bool fv_json_get_array(fv_json_reader *reader, json_t *object, const char *key, json_t **out)
{
    json_t *value = fv_json_enter_member(reader, object, key);
    *out = value;
    if (value == NULL)
        return true;
    if (!json_is_array(value))
        return complain_about_member(reader, "not an array");
    fv_json_leave(reader);
    return true;
}

bool fv_json_check(fv_json_reader *reader, fedval_status status, const char *message)
{
    if (status == FEDVAL_OK)
        return true;
    fv_json_complain(reader, status == FEDVAL_ERROR_ARGUMENT ? FEDVAL_ERROR_SYNTAX : status,
                     message);
    return false;
}
