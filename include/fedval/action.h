/*
 * Actions: what to change so that the findings of a report (fedval/report.h) are mended. They
 * belong together: carry out all of them.
 *
 * Functions that take no object may be called from any thread.
 */
#ifndef FEDVAL_ACTION_H
#define FEDVAL_ACTION_H

#include "fedval/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What an action does with its name or record. */
enum { FEDVAL_OP_ADD = 1, FEDVAL_OP_REPLACE = 2, FEDVAL_OP_REMOVE = 3, FEDVAL_OP_KEEP = 4 };
/** What an action touches. */
enum {
    FEDVAL_ACTION_DNS = 1,
    FEDVAL_ACTION_SAN = 2,
    FEDVAL_ACTION_TRUST = 3,
    FEDVAL_ACTION_PARTNER = 4,
    FEDVAL_ACTION_DOMAIN = 5 /**< "domain": another SIP domain */
};

/**
 * The word of a code (FEDVAL_OP_), as JSON has it. The functions below that give the
 * word of another code do the same.
 * @returns a static string; NULL for an unknown code. Threads: any. @since 0.1.0
 */
FEDVAL_API const char *fedval_op_to_string(uint32_t op);
/** The word of a code (FEDVAL_ACTION_), as fedval_op_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_action_kind_to_string(uint32_t kind);
/**
 * The code of a word: the inverse of fedval_op_to_string. The functions below that read the word
 * of another code do the same.
 * @param text the word, `text_len` bytes
 * @returns 0; ARGUMENT for NULL; NOT_FOUND for an unknown word. Threads: any. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_op_from_string(const char *text, size_t text_len, uint32_t *out_op);
/** The code of a word, as fedval_op_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_action_kind_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_kind);

/**
 * One thing to change. Those of a report that are no alternative (fedval_action_get_alternative_to)
 * belong together: carry out all of them. Threads: any number of readers; it lives as long as the
 * report.
 */
typedef struct fedval_action fedval_action;

/** FEDVAL_OP_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_op(const fedval_action *action);
/** FEDVAL_ACTION_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_kind(const fedval_action *action);
/** FEDVAL_SIDE_ (fedval/policy.h) that has to act. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_side(const fedval_action *action);
/** The DNS name or the host that it is about. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_owner(const fedval_action *action);
/** dns: the record type ("SRV"); NULL for other kinds. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_type(const fedval_action *action);
/** dns: seconds; 0 for other kinds. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_ttl(const fedval_action *action);
/** dns: FEDVAL_AUTHORITY_ (fedval/fact.h; ttl_from in JSON): whether that is the zone's TTL or what
 * was left of it in a cache; FEDVAL_AUTHORITY_UNKNOWN where nobody said so, and for other kinds.
 * @since 0.1.0
 */
FEDVAL_API uint32_t fedval_action_get_ttl_authority(const fedval_action *action);
/** The new record data, name or setting; NULL where there is none. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_data(const fedval_action *action);
/** FEDVAL_ROLE_ (fedval/question.h) of the certificate that it changes: the server's or the calling
 * one; 0: none. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_role(const fedval_action *action);
/** 1: the same certificate is the server's and the calling one, and the new one is to be loaded as
 * both; the role is then the one that is at fault, the server's where both are. Else 0.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_is_for_both(const fedval_action *action);
/** The display name of that certificate; NULL: it changes none, or none was seen. Borrowed. @since
 * 0.1.0 */
FEDVAL_API const char *fedval_action_get_certificate(const fedval_action *action);
/** An address that presents it, where the host presents several certificates: others may present
 * the same one. NULL: the host presents one. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_address(const fedval_action *action);
/** Whom it hurts, and how; NULL: nobody. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_action_get_hurts(const fedval_action *action);
/** Which of the report's actions it can take the place of; SIZE_MAX: it is no alternative.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_action_get_alternative_index(const fedval_action *action);
/** san, keep: how many names the certificate keeps beside, beyond the limits of a report; else 0.
 * @since 0.1.0 */
FEDVAL_API size_t fedval_action_get_num_names_left_out(const fedval_action *action);
/** How many findings it mends (`why` in JSON). @since 0.1.0 */
FEDVAL_API size_t fedval_action_count_reasons(const fedval_action *action);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_action_get_reason(const fedval_action *action, size_t index);

#ifdef __cplusplus
}
#endif

#endif
