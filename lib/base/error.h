/* The members of a fedval_error, and the functions that fill it. */
#ifndef FV_BASE_ERROR_H
#define FV_BASE_ERROR_H

#include "base/text.h"
#include "fedval/status.h"

#define FV_ERROR_MESSAGE_SIZE 256
#define FV_ERROR_FORMAT_SIZE 40

struct fedval_error {
    char message[FV_ERROR_MESSAGE_SIZE];
    uint32_t line;
    uint32_t column;
    uint64_t offset;
    uint32_t reason; /* FEDVAL_REASON_ */
    char found_format[FV_ERROR_FORMAT_SIZE];
};

/* Each function accepts a NULL `error`, and changes nothing in an error that is already set. A text
 * that is too long is cut between two UTF-8 characters. */
void fv_error_set(fedval_error *error, const char *message);
/* Sets "message: detail", or "message" alone when `detail` is empty. */
void fv_error_set_detail(fedval_error *error, const char *message, fv_text detail);
void fv_error_set_place(fedval_error *error, uint32_t line, uint32_t column, uint64_t offset);
/* Sets the reason, a FEDVAL_REASON_. */
void fv_error_set_reason(fedval_error *error, uint32_t reason);
/* Sets the message and the reason. */
void fv_error_refuse(fedval_error *error, uint32_t reason, const char *message);
/* Sets the reason OTHER_FORMAT and the format that was found; a longer one than any of ours is not
 * kept. */
void fv_error_set_found_format(fedval_error *error, fv_text format);
void fv_error_reset(fedval_error *error);

/* The status that a callback returned; one that does not exist becomes FEDVAL_ERROR_ARGUMENT:
 * misuse. */
fedval_status fv_status_checked(fedval_status status);

#endif
