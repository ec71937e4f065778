/*
 * The plan: which records and names must exist so that federation works, and in which order they
 * are made so that nothing that works breaks on the way. A plan is judged by the rules of a check,
 * on evidence that is made from the intended state. Nothing is ever executed.
 *
 *     fedval_plan *plan = NULL;
 *     fedval_status status = fedval_plan_new(judge, 0, intent, now, &plan);
 *     for (size_t i = 0; status == FEDVAL_OK && i < fedval_plan_count_steps(plan); i++) {
 *         const fedval_plan_step *step = fedval_plan_get_step(plan, i);
 *         printf("%u  %s\n", fedval_plan_step_get_number(step), fedval_plan_step_get_data(step));
 *     }
 *     for (size_t i = 0; i < fedval_plan_count_files(plan); i++) {
 *         char *text = NULL;
 *         if (fedval_plan_file_to_text(plan, i, &text, NULL) == FEDVAL_OK)
 *             printf("%s:\n%s", fedval_plan_get_file_name(plan, i), text);
 *         fedval_text_free(text);
 *     }
 *     fedval_plan_free(plan);
 *
 * fedval_plan_to_json gives all of it as one document (docs/schema/plan-1.json).
 */
#ifndef FEDVAL_PLAN_H
#define FEDVAL_PLAN_H

#include "fedval/evaluate.h"
#include "fedval/intent.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A plan. Threads: any number of readers. */
typedef struct fedval_plan fedval_plan;
/** One thing to do. It lives as long as its plan. Threads: any number of readers. */
typedef struct fedval_plan_step fedval_plan_step;
/** A domain, before and after. It lives as long as its plan. Threads: any number of readers. */
typedef struct fedval_plan_domain fedval_plan_domain;
/** A certificate of one peer in one role, and its names. It lives as long as its plan. Threads:
 * any number of readers. */
typedef struct fedval_plan_certificate fedval_plan_certificate;

/** What a step is about. Numbers are permanent. */
enum {
    FEDVAL_PLAN_KIND_DNS = 1,        /**< "dns": a record */
    FEDVAL_PLAN_KIND_REQUEST = 2,    /**< "request": have a certificate issued */
    FEDVAL_PLAN_KIND_TRUST = 3,      /**< "trust": Expressway's list of trusted CAs */
    FEDVAL_PLAN_KIND_EXPRESSWAY = 4, /**< "expressway": load a certificate, set an option */
    FEDVAL_PLAN_KIND_POWERSHELL = 5, /**< "powershell": at the partner */
    FEDVAL_PLAN_KIND_LETTER = 6,     /**< "letter": tell the partner */
};
/** Where the certificate of a peer comes from. Numbers are permanent. */
enum {
    FEDVAL_PLAN_ORIGIN_KEEP = 1, /**< "keep": the present one will do */
    FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE =
        2, /**< "ready-certificate": the one that lies ready will do */
    FEDVAL_PLAN_ORIGIN_READY_REQUEST =
        3,                      /**< "ready-request": the request that lies ready will do */
    FEDVAL_PLAN_ORIGIN_NEW = 4, /**< "new": one is to be asked for */
};

/** What lies ready for a peer. Numbers are permanent. */
enum {
    FEDVAL_PLAN_READY_CERTIFICATE = 1, /**< "certificate": with its chain */
    FEDVAL_PLAN_READY_REQUEST = 2,     /**< "request": not signed by a CA yet */
};

/** Whether what works now goes on working while the steps are done. Numbers are permanent. */
enum {
    FEDVAL_PLAN_HARM_NONE = 1,       /**< "none": all of it does */
    FEDVAL_PLAN_HARM_NONE_KNOWN = 2, /**< "none-known": as far as is known; not all is */
    FEDVAL_PLAN_HARM_UNKNOWN = 3,    /**< "unknown": what works now is not known of every domain */
    FEDVAL_PLAN_HARM_SOME = 4,       /**< "some": a step breaks something, which it says itself */
};

/** What a plan comes to: the verdict after all steps, and whether it can do as it is. Numbers are
 * permanent. */
enum {
    FEDVAL_PLAN_OUTCOME_PASS = 1,          /**< "pass": after all steps */
    FEDVAL_PLAN_OUTCOME_FAIL = 2,          /**< "fail": even after all steps */
    FEDVAL_PLAN_OUTCOME_INDETERMINATE = 3, /**< "indeterminate": after all steps */
    FEDVAL_PLAN_OUTCOME_NOTHING_TO_DO = 4, /**< "nothing-to-do": it passes as it is */
    FEDVAL_PLAN_OUTCOME_READY_REFUSED = 5, /**< "ready-refused": it passes after all steps, with
                                              new requests in place of what lies ready */
};

/** The word of a code (FEDVAL_PLAN_OUTCOME_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_outcome_to_string(uint32_t code);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_outcome_from_string(const char *text, size_t text_len,
                                                         uint32_t *out_outcome);
/** The word of a code (FEDVAL_PLAN_HARM_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_harm_to_string(uint32_t code);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_harm_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_harm);
/** The word of a code (FEDVAL_PLAN_KIND_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_kind_to_string(uint32_t kind);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_kind_from_string(const char *text, size_t text_len,
                                                      uint32_t *out_kind);
/** The word of a code (FEDVAL_PLAN_ORIGIN_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_origin_to_string(uint32_t code);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_origin_from_string(const char *text, size_t text_len,
                                                        uint32_t *out_origin);
/** The word of a code (FEDVAL_PLAN_READY_), as fedval_verdict_to_string. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_ready_to_string(uint32_t code);
/** The code of a word, as fedval_verdict_from_string. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_ready_from_string(const char *text, size_t text_len,
                                                       uint32_t *out_ready);

/**
 * Makes a plan. The same inputs give the same plan, byte for byte.
 * @param judge sealed @param index which of its policies judges
 * @param intent with its files supplied; nothing of it is kept
 * @param now the time to judge at, seconds since 1970; FEDVAL_TIME_UNKNOWN: that of the policy
 * @returns 0; NO_MEMORY; ARGUMENT, also when there is no time to judge at; STATE for a judge that
 * is not sealed; LIMIT for more than can be held. What cannot be planned is a question of the plan,
 * not an error. Free with fedval_plan_free. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_plan_new(const fedval_judge *judge, size_t index,
                                         const fedval_intent *intent, int64_t now,
                                         fedval_plan **out_plan);
/**
 * Makes a plan that can be sent on, as fedval_report_redact does of a report: IP addresses, and the
 * subjects of certificates that there are, are replaced in all that it holds; the CA certificates
 * and their SHA-256 are dropped, so that it has no trust file to be written. Domains, hosts and
 * what is requested stay.
 * @returns 0; NO_MEMORY: the plan is then to be freed, not shown; ARGUMENT for no plan. Threads: no
 * other may use the plan meanwhile. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_plan_redact(fedval_plan *plan);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_plan_free(fedval_plan *plan);

/** "fedval-plan/1" on one line. @param out_json malloc'ed, NUL-ended; free with fedval_text_free
 * @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT. @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_to_json(const fedval_plan *plan, char **out_json,
                                             size_t *out_len);

/** The time judged at, seconds since 1970. @since 0.1.0 */
FEDVAL_API int64_t fedval_plan_get_evaluated_at(const fedval_plan *plan);
/** FEDVAL_VERDICT_: the worst over all domains, as they are now; NOT_CHECKED where nothing is
 * known of what there is today. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_get_verdict_today(const fedval_plan *plan);
/** FEDVAL_VERDICT_: the worst over all domains, once every step is done. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_get_verdict_after(const fedval_plan *plan);
/** FEDVAL_PLAN_OUTCOME_: what the plan comes to; 0: it was not judged. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_get_outcome(const fedval_plan *plan);
/** FEDVAL_PLAN_HARM_: whether what works now goes on working while the steps are done; 0: no plan.
 * @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_get_harm(const fedval_plan *plan);
/** 1 when a requirement (1 to 8 for R1 to R8) was judged again on the intended state; 0 when it
 * was not, or holds only because it is assumed to. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_is_judged_again(const fedval_plan *plan, uint32_t requirement);
/** How many things the plan takes for granted. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_count_assumed(const fedval_plan *plan);
/** Returns assumption `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_get_assumed(const fedval_plan *plan, size_t index);
/** How many questions are open: what only the administrator knows. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_count_questions(const fedval_plan *plan);
/** Returns question `index`; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_get_question(const fedval_plan *plan, size_t index);
/** The member that answers it, of the intent ("version", "server.certificate") or of the policy
 * ("edge_fqdn"); NULL past the end, or
 * where no single member does. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_get_question_member(const fedval_plan *plan, size_t index);
/** The cluster, peer, domain, partner, address or name that it is about; NULL past the end, or for
 * the intent itself. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_get_question_about(const fedval_plan *plan, size_t index);

/* ---- domains ---- */

/** How many domains there are. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_count_domains(const fedval_plan *plan);
/** Returns domain `index`, in the order of the intent; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_plan_domain *fedval_plan_get_domain(const fedval_plan *plan, size_t index);
/** Its name as A-labels. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_domain_get_name(const fedval_plan_domain *domain);
/** FEDVAL_SIDE_ (fedval/policy.h) that it is on. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_domain_get_side(const fedval_plan_domain *domain);
/** The SRV target that it will have; NULL where none could be planned. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_domain_get_target(const fedval_plan_domain *domain);
/** FEDVAL_VERDICT_, as fedval_plan_get_verdict_today. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_domain_get_verdict_today(const fedval_plan_domain *domain);
/** How many codes of findings (errors and open ones) say why it does not pass today. @since 0.1.0
 */
FEDVAL_API size_t fedval_plan_domain_count_why(const fedval_plan_domain *domain);
/** FEDVAL_FINDING_ of one of them; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_domain_get_why(const fedval_plan_domain *domain, size_t index);
/** 1 when today's verdict lacks a requirement (1 to 8) because nothing is known that shows it; else
 * 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_domain_is_not_seen(const fedval_plan_domain *domain,
                                                   uint32_t requirement);
/** FEDVAL_VERDICT_ once every step is done. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_domain_get_verdict_after(const fedval_plan_domain *domain);
/** How many findings there are once every step is done; notes are left out. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_domain_count_findings(const fedval_plan_domain *domain);
/** Returns finding `index` of the domain; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_finding *fedval_plan_domain_get_finding(const fedval_plan_domain *domain,
                                                                size_t index);

/* ---- certificates ---- */

/** How many certificates there are: for each peer one a role, or one for both. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_count_certificates(const fedval_plan *plan);
/** Returns certificate `index`, in the order of the intent; NULL past the end. Borrowed. @since
 * 0.1.0 */
FEDVAL_API const fedval_plan_certificate *fedval_plan_get_certificate(const fedval_plan *plan,
                                                                      size_t index);
/** The peer's FQDN. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_certificate_get_peer(const fedval_plan_certificate *certificate);
/** FEDVAL_ROLE_ (fedval/question.h). @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_certificate_get_role(const fedval_plan_certificate *certificate);
/** 1 for a server's certificate that the peer calls with too, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_certificate_is_for_both(const fedval_plan_certificate *certificate);
/** FEDVAL_PLAN_ORIGIN_KEEP and so on: where it comes from. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_certificate_get_origin(const fedval_plan_certificate *certificate);
/** The subject to ask for: "CN=expe1.example.com". Borrowed. @since 0.1.0 */
FEDVAL_API const char *
fedval_plan_certificate_get_subject(const fedval_plan_certificate *certificate);
/** The SHA-256 of the certificate that will serve, in lower-case hexadecimal, where it exists
 * (kept, or it lies ready); NULL: it is still to be issued, was not seen, or is redacted. Borrowed.
 * @since 0.1.0 */
FEDVAL_API const char *
fedval_plan_certificate_get_sha256(const fedval_plan_certificate *certificate);
/** Its serial number in hexadecimal; NULL as above. Borrowed. @since 0.1.0 */
FEDVAL_API const char *
fedval_plan_certificate_get_serial(const fedval_plan_certificate *certificate);
/** How many names it has to hold. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_certificate_count_names(const fedval_plan_certificate *certificate);
/** Returns name `index` that it has to hold: a dNSName; NULL past the end. Borrowed. @since 0.1.0
 */
FEDVAL_API const char *fedval_plan_certificate_get_name(const fedval_plan_certificate *certificate,
                                                        size_t index);
/** What that name is for: "R4 of acano.steven.lab", "keep: _collab-edge._tls"; NULL past the end.
 * Borrowed. @since 0.1.0 */
FEDVAL_API const char *
fedval_plan_certificate_get_name_purpose(const fedval_plan_certificate *certificate, size_t index);
/** FEDVAL_PLAN_READY_: what lies ready; 0: nothing. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_certificate_get_ready(const fedval_plan_certificate *certificate);
/** 1 when the chain that lies ready is in reverse, root first, else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_certificate_is_reversed(const fedval_plan_certificate *certificate);
/** How many things of what lies ready cannot be checked: a request has no issuer and no dates.
 * @since 0.1.0 */
FEDVAL_API size_t
fedval_plan_certificate_count_not_checked(const fedval_plan_certificate *certificate);
/** Returns item `index` that was not checked, "trust" or "validity"; NULL past the end. Static.
 * @since 0.1.0 */
FEDVAL_API const char *
fedval_plan_certificate_get_not_checked(const fedval_plan_certificate *certificate, size_t index);
/** FEDVAL_VERIFY_ (fedval/backend.h) of the signature of a request that lies ready; 0: there is
 * none, or it was not checked. @since 0.1.0 */
FEDVAL_API uint32_t
fedval_plan_certificate_get_signature(const fedval_plan_certificate *certificate);
/** 1 when what lies ready will not do: its findings and its signature say why. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_certificate_is_refused(const fedval_plan_certificate *certificate);
/** How many findings there are about what lies ready. @since 0.1.0 */
FEDVAL_API size_t
fedval_plan_certificate_count_findings(const fedval_plan_certificate *certificate);
/** Returns finding `index` of the certificate; NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const fedval_finding *
fedval_plan_certificate_get_finding(const fedval_plan_certificate *certificate, size_t index);

/* ---- steps ---- */

/** How many steps there are. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_count_steps(const fedval_plan *plan);
/** Returns step `index`, in the order in which they are done; NULL past the end. Borrowed. @since
 * 0.1.0 */
FEDVAL_API const fedval_plan_step *fedval_plan_get_step(const fedval_plan *plan, size_t index);
/** Its number, from 1. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_number(const fedval_plan_step *step);
/** How many steps have to be done before it. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_step_count_after(const fedval_plan_step *step);
/** The number of one of those; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_after(const fedval_plan_step *step, size_t index);
/** Seconds to wait once it is done, before a step that comes after it: so long may caches hold the
 * old answer. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_wait_s(const fedval_plan_step *step);
/** FEDVAL_SIDE_ (fedval/policy.h): who does it. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_side(const fedval_plan_step *step);
/** FEDVAL_OP_. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_op(const fedval_plan_step *step);
/** FEDVAL_PLAN_KIND_DNS and so on. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_kind(const fedval_plan_step *step);
/** dns: the zone that the record is in; else NULL. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_step_get_zone(const fedval_plan_step *step);
/** dns: the owner with its final dot; request, trust, expressway: the peer or the cluster;
 * powershell, letter: the partner. Of an expressway step with FEDVAL_OP_KEEP it is the address, or
 * else the host, of an old server that has to stay up. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_step_get_owner(const fedval_plan_step *step);
/** dns: "SRV", "A", "AAAA"; request, expressway: "server", "calling"; NULL: none. Borrowed. @since
 * 0.1.0 */
FEDVAL_API const char *fedval_plan_step_get_type(const fedval_plan_step *step);
/** dns: of the record, in seconds; else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_ttl(const fedval_plan_step *step);
/** dns: the rdata in presentation form; else what to do. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_step_get_data(const fedval_plan_step *step);
/** How many codes say why. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_step_count_why(const fedval_plan_step *step);
/** A FEDVAL_FINDING_ of today that it mends; 0 past the end. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_why(const fedval_plan_step *step, size_t index);
/** 1 for a step that is to be made in one change with the records that take its place: it removes
 * an alias, and no other record may be beside one; else 0. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_is_one_change(const fedval_plan_step *step);
/** Whom it hurts, and how; NULL: nobody. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_step_get_hurts(const fedval_plan_step *step);
/** The number of the step that it can take the place of; 0: it is no alternative. @since 0.1.0 */
FEDVAL_API uint32_t fedval_plan_step_get_alternative_to(const fedval_plan_step *step);

/* ---- files ---- */

/** How many files can be written: zone lines, request configurations, values for Expressway's
 * page, certificates to trust, xConfiguration lines, PowerShell, letters. @since 0.1.0 */
FEDVAL_API size_t fedval_plan_count_files(const fedval_plan *plan);
/** The name of one, made of letters, digits, dots and hyphens: "expe1.example.com.server.cnf".
 * NULL past the end. Borrowed. @since 0.1.0 */
FEDVAL_API const char *fedval_plan_get_file_name(const fedval_plan *plan, size_t index);
/** What one is for, in a few words: "a letter to the partner". NULL past the end. Static.
 * @since 0.1.0 */
FEDVAL_API const char *fedval_plan_get_file_purpose(const fedval_plan *plan, size_t index);
/** What it holds. @param out_text malloc'ed, NUL-ended; free with fedval_text_free
 * @param out_len bytes; may be NULL @returns 0; NO_MEMORY; ARGUMENT; NOT_FOUND past the end.
 * @since 0.1.0 */
FEDVAL_API fedval_status fedval_plan_file_to_text(const fedval_plan *plan, size_t index,
                                                  char **out_text, size_t *out_len);

#ifdef __cplusplus
}
#endif

#endif
