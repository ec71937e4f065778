#include "documents.h"

#include "inputs.h"
#include "kinds.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_CAPACITY ((size_t)16 << 10)
#define BLOCK_SIZE ((size_t)64 << 10)

/* A file that is read line by line. */
typedef struct document_file {
    FILE *file;
    char *data; /* the line, without its end */
    size_t len, capacity;
    /* what was read and is not part of a line yet */
    char block[BLOCK_SIZE];
    size_t block_at, block_len;
    const char *fault; /* why it cannot be read; NULL: it can */
} document_file;

static bool make_room(document_file *self, size_t wanted)
{
    size_t capacity = self->capacity == 0 ? FIRST_CAPACITY : self->capacity;
    if (wanted > INPUT_LIMIT) {
        self->fault = "a document larger than 64 MiB";
        return false;
    }
    while (capacity < wanted + 1)
        capacity *= 2;
    char *data = capacity == self->capacity ? self->data : realloc(self->data, capacity);
    if (data == NULL) {
        self->fault = "out of memory";
        return false;
    }
    self->data = data;
    self->capacity = capacity;
    return true;
}

/* Reads the next bytes, as many as there are: a pipe that somebody types into is not waited for
 * until a block is full. Returns false at the end of the file, and where it cannot be read. */
static bool fill_block(document_file *self)
{
    ssize_t count;
    do {
        count = read(fileno(self->file), self->block, sizeof(self->block));
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        self->fault = strerror(errno);
    self->block_at = 0;
    self->block_len = count > 0 ? (size_t)count : 0;
    return count > 0;
}

static bool append(document_file *self, const char *data, size_t len)
{
    if (!make_room(self, self->len + len + 1))
        return false;
    memcpy(self->data + self->len, data, len);
    self->len += len;
    self->data[self->len] = '\0';
    return true;
}

/* Appends what comes up to the next end of a line. Returns false when nothing came, or when the
 * file cannot be read. */
static bool append_line(document_file *self)
{
    size_t start = self->len;
    while (self->block_at < self->block_len || fill_block(self)) {
        const char *data = self->block + self->block_at;
        size_t left = self->block_len - self->block_at;
        const char *end = memchr(data, '\n', left);
        size_t len = end == NULL ? left : (size_t)(end - data);
        self->block_at += end == NULL ? len : len + 1;
        if (!append(self, data, len))
            return false;
        if (end != NULL)
            return true;
    }
    return self->fault == NULL && append(self, "", 0) && self->len > start;
}

static bool read_line(document_file *self)
{
    self->len = 0;
    return append_line(self);
}

/* The lines that were cut off are put on again: what is one document has its places kept. */
static void read_rest(document_file *self)
{
    size_t len;
    do {
        len = self->len;
        if (!make_room(self, self->len + 2))
            return;
        self->data[self->len++] = '\n';
    } while (append_line(self));
    if (self->fault == NULL) {
        self->len = len;
        self->data[len] = '\0';
    }
}

bool documents_is_blank(const char *text, size_t text_len)
{
    for (size_t i = 0; i < text_len; i++) {
        if (text[i] == '\0' || strchr(" \t\r\n", text[i]) == NULL)
            return false;
    }
    return true;
}

static bool is_object(const char *line, size_t len)
{
    while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL && line[len - 1] != '\0')
        len--;
    return len > 1 && line[0] == '{' && line[len - 1] == '}';
}

static void visit_lines(document_file *self, const char *source, document_visitor visit, void *user)
{
    uint32_t line = 1;
    do {
        if (!documents_is_blank(self->data, self->len))
            visit(user, source, self->data, self->len, line);
        line++;
    } while (read_line(self));
}

static void visit_file(document_file *self, const char *source, document_visitor visit, void *user)
{
    bool has_line = read_line(self);
    if (self->len >= 2 &&
        (memcmp(self->data, "\xff\xfe", 2) == 0 || memcmp(self->data, "\xfe\xff", 2) == 0)) {
        self->fault = "this is text in UTF-16, which has to be saved as UTF-8";
        return;
    }
    self->len = input_drop_mark(self->data, self->len);
    if (has_line && is_object(self->data, self->len)) {
        visit_lines(self, source, visit, user);
        return;
    }
    if (has_line)
        read_rest(self);
    if (self->fault == NULL)
        visit(user, source, self->data, self->len, 1);
}

void documents_visit_text(const char *source, const char *text, size_t text_len,
                          document_visitor visit, void *user)
{
    const char *end = memchr(text, '\n', text_len);
    uint32_t line = 1;
    if (!is_object(text, end == NULL ? text_len : (size_t)(end - text))) {
        visit(user, source, text, text_len, 1);
        return;
    }
    for (size_t at = 0, len; at < text_len; at += len + 1, line++) {
        end = memchr(text + at, '\n', text_len - at);
        len = end == NULL ? text_len - at : (size_t)(end - text) - at;
        if (!documents_is_blank(text + at, len))
            visit(user, source, text + at, len, line);
    }
}

bool documents_visit(const char *path, cmd_output *output, document_visitor visit, void *user)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *source = is_stdin ? input_name(path) : path;
    document_file self = {.file = is_stdin ? stdin : fopen(path, "rb")};
    if (self.file == NULL)
        self.fault = strerror(errno);
    else
        visit_file(&self, source, visit, user);
    if (self.fault != NULL)
        output_refuse_text(output, EXIT_INPUT, source, self.fault);
    if (self.file != NULL && !is_stdin)
        fclose(self.file);
    free(self.data);
    return self.fault == NULL;
}

fedval_error *documents_place(const fedval_error *error, uint32_t line)
{
    uint32_t within = fedval_error_get_line(error);
    fedval_error *placed = fedval_error_new();
    fedval_error_set(placed, fedval_error_get_message(error), FEDVAL_NUL_ENDED,
                     within == 0 ? line : line + within - 1, fedval_error_get_column(error),
                     line == 1 ? fedval_error_get_offset(error) : UINT64_MAX);
    return placed;
}

void documents_refuse(cmd_output *output, const char *source, fedval_status status,
                      const fedval_error *error, uint32_t line)
{
    fedval_error *placed = documents_place(error, line);
    output_refuse(output, EXIT_INPUT, source, status, placed);
    fedval_error_free(placed);
}

static const char *kind_of(const char *text, size_t len)
{
    return kinds_is_intent(text, len) ? "an intent in YAML: fedval plan FILE makes a plan of it"
                                      : kinds_tell(text, len);
}

/* Says more of what is no evidence: what it is, and what would do. */
static void explain(const char *text, size_t len, fedval_error *error)
{
    char longer[300];
    const char *told = fedval_error_get_message(error), *kind = kind_of(text, len);
    const char *format = fedval_error_get_found_format(error);
    if (kind != NULL) {
        snprintf(longer, sizeof(longer), "not saved evidence but %s", kind);
        fedval_error_set(error, longer, FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    } else if (format != NULL && strcmp(format, "fedval-report/1") == 0) {
        snprintf(longer, sizeof(longer), "%s; --save-evidence of fedval check writes evidence",
                 told);
        fedval_error_set(error, longer, FEDVAL_NUL_ENDED, fedval_error_get_line(error),
                         fedval_error_get_column(error), fedval_error_get_offset(error));
    }
}

fedval_status documents_read_evidence(const cmd_settings *settings, const char *json,
                                      size_t json_len, fedval_evidence **out_evidence,
                                      fedval_error *error)
{
    fedval_status status =
        settings->lenient
            ? fedval_evidence_new_from_json_lenient(json, json_len, out_evidence, error)
            : fedval_evidence_new_from_json(json, json_len, out_evidence, error);
    if (status == FEDVAL_ERROR_SYNTAX || status == FEDVAL_ERROR_FORMAT)
        explain(json, json_len, error);
    return status;
}
