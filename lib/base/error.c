#include "base/error.h"

#include "base/code.h"

#include <stdlib.h>
#include <string.h>

static const fv_code reasons[] = {
    {FEDVAL_REASON_OTHER, "other"},
    {FEDVAL_REASON_REPEATED_MEMBER, "repeated-member"},
    {FEDVAL_REASON_OTHER_FORMAT, "other-format"},
    {FEDVAL_REASON_CLIENT_KEY, "client-key"},
};

FV_CODE_FUNCTIONS(reason, reasons)

fedval_error *fedval_error_new(void)
{
    fedval_error *error = calloc(1, sizeof(*error));
    if (error != NULL)
        fv_error_reset(error);
    return error;
}

void fedval_error_free(fedval_error *error)
{
    free(error);
}

const char *fedval_error_get_message(const fedval_error *error)
{
    return error == NULL ? "" : error->message;
}

uint32_t fedval_error_get_line(const fedval_error *error)
{
    return error == NULL ? 0 : error->line;
}

uint32_t fedval_error_get_column(const fedval_error *error)
{
    return error == NULL ? 0 : error->column;
}

uint64_t fedval_error_get_offset(const fedval_error *error)
{
    return error == NULL ? UINT64_MAX : error->offset;
}

uint32_t fedval_error_get_reason(const fedval_error *error)
{
    return error == NULL ? FEDVAL_REASON_OTHER : error->reason;
}

const char *fedval_error_get_found_format(const fedval_error *error)
{
    return error == NULL || error->found_format[0] == '\0' ? NULL : error->found_format;
}

void fv_error_set_reason(fedval_error *error, uint32_t reason)
{
    if (error != NULL && error->reason == FEDVAL_REASON_OTHER)
        error->reason = reason;
}

void fv_error_refuse(fedval_error *error, uint32_t reason, const char *message)
{
    fv_error_set(error, message);
    fv_error_set_reason(error, reason);
}

void fv_error_set_found_format(fedval_error *error, fv_text format)
{
    fv_error_set_reason(error, FEDVAL_REASON_OTHER_FORMAT);
    if (error == NULL || format.len >= sizeof(error->found_format))
        return;
    memcpy(error->found_format, format.data, format.len);
    error->found_format[format.len] = '\0';
}

void fv_error_reset(fedval_error *error)
{
    if (error == NULL)
        return;
    memset(error, 0, sizeof(*error));
    error->offset = UINT64_MAX;
}

/* Appends as much of `text` as fits, without cutting a UTF-8 character in two. */
static void append(fedval_error *error, const char *text, size_t text_len)
{
    size_t used = strlen(error->message);
    fv_text fitting = fv_text_cut((fv_text){text, text_len}, sizeof(error->message) - 1 - used);
    memcpy(error->message + used, fitting.data, fitting.len);
    error->message[used + fitting.len] = '\0';
}

/* Copies `message` up to its first NUL, because nothing behind a NUL could be shown. */
static void set_text(fedval_error *error, fv_text message)
{
    const char *nul = message.len == 0 ? NULL : memchr(message.data, '\0', message.len);
    if (error != NULL && error->message[0] == '\0')
        append(error, message.data, nul == NULL ? message.len : (size_t)(nul - message.data));
}

void fv_error_set(fedval_error *error, const char *message)
{
    set_text(error, fv_text_of(message));
}

void fedval_error_set(fedval_error *error, const char *message, size_t message_len, uint32_t line,
                      uint32_t column, uint64_t offset)
{
    fv_error_reset(error);
    set_text(error, message == NULL ? fv_text_of("") : fv_text_given(message, message_len));
    fv_error_set_place(error, line, column, offset);
}

void fv_error_set_detail(fedval_error *error, const char *message, fv_text detail)
{
    if (error == NULL || error->message[0] != '\0')
        return;
    append(error, message, strlen(message));
    if (detail.len == 0)
        return;
    append(error, ": ", 2);
    append(error, detail.data, detail.len);
}

void fv_error_set_place(fedval_error *error, uint32_t line, uint32_t column, uint64_t offset)
{
    if (error == NULL || error->line != 0 || error->offset != UINT64_MAX)
        return;
    error->line = line;
    error->column = column;
    error->offset = offset;
}

void fedval_text_free(char *text)
{
    free(text);
}
