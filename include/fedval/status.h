/* The one status type of the library, the error with its place, and the export mark. Functions that
 * take no object may be called from any thread. */
#ifndef FEDVAL_STATUS_H
#define FEDVAL_STATUS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define FEDVAL_API __attribute__((visibility("default")))
#else
#define FEDVAL_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The version of these headers; fedval_version (fedval/render.h) is that of the library. */
#define FEDVAL_VERSION_MAJOR 0
#define FEDVAL_VERSION_MINOR 1
#define FEDVAL_VERSION_PATCH 0
#define FEDVAL_VERSION_STRING "0.1.0"

/** The length of a text that ends with NUL, wherever a text and its length go in. */
#define FEDVAL_NUL_ENDED SIZE_MAX

/** 0 on success, else one of the negative codes below. */
typedef int32_t fedval_status;

enum {
    FEDVAL_OK = 0,
    FEDVAL_ERROR_NO_MEMORY = -1, /**< an allocation failed; nothing was changed */
    FEDVAL_ERROR_ARGUMENT = -2,  /**< misuse: NULL, an index or a code out of range */
    FEDVAL_ERROR_SYNTAX = -3,    /**< the input is malformed or truncated */
    FEDVAL_ERROR_LIMIT = -4,     /**< the input is larger than a documented limit */
    FEDVAL_ERROR_FORMAT = -5,    /**< the input is of a later or another format */
    FEDVAL_ERROR_NOT_FOUND = -6, /**< no such thing */
    FEDVAL_ERROR_STATE = -7,     /**< not now: called in the wrong order */
    FEDVAL_ERROR_SYSTEM = -8,    /**< the operating system refused (backends and runner only) */
    FEDVAL_ERROR_CANCELLED = -9, /**< ended by the caller before it was done */
};

/**
 * The kebab-case name of a status ("no-memory"), or NULL for an unknown one.
 * @returns a static string. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_status_to_string(fedval_status status);

/**
 * The inverse of fedval_status_to_string.
 * @param text the name, text_len bytes
 * @param out_status untouched on failure
 * @returns 0; FEDVAL_ERROR_ARGUMENT for NULL, FEDVAL_ERROR_NOT_FOUND for an unknown name.
 * Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_status_from_string(const char *text, size_t text_len,
                                                   fedval_status *out_status);

/**
 * What was wrong with an input, and where. Made by the caller, filled by functions that read
 * JSON, PEM and the like; it holds the first error of the last call. Threads: one at a time.
 */
typedef struct fedval_error fedval_error;

/** What a program may want to answer to an error by itself. Numbers are permanent. */
enum {
    FEDVAL_REASON_OTHER = 0,           /**< "other": the message says it */
    FEDVAL_REASON_REPEATED_MEMBER = 1, /**< "repeated-member": an object of JSON has it twice */
    FEDVAL_REASON_OTHER_FORMAT = 2,    /**< "other-format": JSON of another format */
    FEDVAL_REASON_CLIENT_KEY = 3,      /**< "client-key": it, and not the client's certificate */
};

/** The word of a code (FEDVAL_REASON_). @returns a static string; NULL for an unknown code.
 * Threads: any. @since 0.1.0 */
FEDVAL_API const char *fedval_reason_to_string(uint32_t reason);
/** The code of a word: the inverse of fedval_reason_to_string. @param text the word, `text_len`
 * bytes @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0 */
FEDVAL_API fedval_status fedval_reason_from_string(const char *text, size_t text_len,
                                                   uint32_t *out_reason);

/** @returns NULL when memory is short. Free with fedval_error_free. @since 0.1.0 */
FEDVAL_API fedval_error *fedval_error_new(void);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_error_free(fedval_error *error);
/**
 * For backends and programs with inputs of their own: what was wrong, and where. It replaces what
 * the error held.
 * @param error may be NULL @param message UTF-8, message_len bytes, copied and cut to 255 bytes;
 * NULL: ""
 * @param line, column 1-based, 0 when not known @param offset UINT64_MAX when not known
 * Threads: one at a time. @since 0.1.0
 */
FEDVAL_API void fedval_error_set(fedval_error *error, const char *message, size_t message_len,
                                 uint32_t line, uint32_t column, uint64_t offset);
/** One line of plain English, no trailing period; "" when nothing was wrong. Borrowed. @since 0.1.0
 */
FEDVAL_API const char *fedval_error_get_message(const fedval_error *error);
/** 1-based line of the input, 0 when not known. @since 0.1.0 */
FEDVAL_API uint32_t fedval_error_get_line(const fedval_error *error);
/** 1-based column (bytes), 0 when not known. @since 0.1.0 */
FEDVAL_API uint32_t fedval_error_get_column(const fedval_error *error);
/** 0-based byte offset into the input, UINT64_MAX when not known. @since 0.1.0 */
FEDVAL_API uint64_t fedval_error_get_offset(const fedval_error *error);

/** FEDVAL_REASON_*. @since 0.1.0 */
FEDVAL_API uint32_t fedval_error_get_reason(const fedval_error *error);
/** For OTHER_FORMAT: the format that the document names, such as "fedval-report/1"; NULL: none that
 * can be told. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_error_get_found_format(const fedval_error *error);

/** Frees a text that the library handed over (the JSON forms). Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_text_free(char *text);

/**
 * "fedval-error/1" on one line, for an input that cannot be read.
 * @param source the file's name, NULL: none @param source_len bytes, or FEDVAL_NUL_ENDED
 * @param error may be NULL
 * @param out_json malloc'ed, NUL-ended, free with fedval_text_free @param out_len bytes; may be
 * NULL
 * @returns 0; NO_MEMORY; ARGUMENT, also for an unknown status. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_error_to_json(const char *source, size_t source_len,
                                              fedval_status status, const fedval_error *error,
                                              char **out_json, size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
