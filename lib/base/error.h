/* What is inside a fedval_error, and how it is filled. */
#ifndef FV_BASE_ERROR_H
#define FV_BASE_ERROR_H

#include "base/text.h"
#include "fedval/status.h"

#define FV_ERROR_MESSAGE_SIZE 256

struct fedval_error {
    char message[FV_ERROR_MESSAGE_SIZE];
    uint32_t line;
    uint32_t column;
    uint64_t offset;
};

/* Each accepts a NULL error, and leaves one that is already set as it is. Long texts are cut at a
 * UTF-8 character. */
void fv_error_set(fedval_error *error, const char *message);
/* "message: detail"; "message" where there is none */
void fv_error_set_detail(fedval_error *error, const char *message, fv_text detail);
void fv_error_set_place(fedval_error *error, uint32_t line, uint32_t column, uint64_t offset);
void fv_error_reset(fedval_error *error);

/* The status that a callback returned; one that does not exist becomes FEDVAL_ERROR_ARGUMENT:
 * misuse. */
fedval_status fv_status_checked(fedval_status status);

#endif
