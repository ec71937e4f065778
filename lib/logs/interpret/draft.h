/* An incident in the making, and what the files of this folder share to make it. */
#ifndef FV_LOGS_DRAFT_H
#define FV_LOGS_DRAFT_H

#include "base/arena.h"
#include "base/buf.h"
#include "catalogue/symptom_codes.h"
#include "fedval/catalogue.h"
#include "fedval/name.h"
#include "logs/incidents/incident.h"
#include "logs/read/entry.h"
#include "logs/read/params.h"

struct fv_observer;

/* An incident in the making, over the entry that it is read from. */
typedef struct fv_draft {
    const fv_sight *sight;
    const fv_entry *entry;
    fv_arena *arena; /* of this draft alone */
    fedval_incident *incident;
    const struct fv_observer *observer; /* what the entries before it said */
    bool failed;                        /* memory ran short */
    /* A name that was given cannot be read: nothing else stands in for it. */
    bool is_damaged;
} fv_draft;

/* Whether a text can be a name or an address, or a list of them. */
bool fv_draft_is_name(const char *text);
/* Copies of a span: without spacing, cut at FV_INCIDENT_TEXT_MAX; with one blank for each gap.
 * NULL for an empty span. */
const char *fv_draft_copy(fv_draft *draft, fv_span span);
const char *fv_draft_copy_spaced(fv_draft *draft, fv_span span);
/* The same of a field of the entry; NULL when it has none. */
const char *fv_draft_field(fv_draft *draft, fv_key key);
const char *fv_draft_field_spaced(fv_draft *draft, fv_key key);
uint32_t fv_draft_field_number(fv_draft *draft, fv_key key);
const char *fv_draft_number_text(fv_draft *draft, uint32_t number);
const char *fv_draft_param(fv_draft *draft, const fv_params *params, const char *name);
/* The same of a name or an address, or a list of them; one that holds what no name does is damaged.
 */
const char *fv_draft_param_name(fv_draft *draft, const fv_params *params, const char *name);
/* A normalised domain in the arena; NULL when the text is none. */
const char *fv_draft_domain(fv_draft *draft, const char *text);
/* The name in the one form in which names are compared, and its FEDVAL_NAME_KIND_; NULL when it is
 * none. */
const char *fv_draft_copy_name(fv_draft *draft, fv_text text, uint32_t *out_kind);
const char *fv_draft_copy_text(fv_draft *draft, const char *text, size_t len);
/* A copy of the buffer's text; clears the buffer. */
const char *fv_draft_take(fv_draft *draft, fv_buf *buf);

/* Whether a phrase stands in the entry; the position after its first; the characters from a
 * position up to one of ends, or to the entry's end. */
bool fv_draft_has(const fv_draft *draft, const char *phrase);
bool fv_draft_find_after(const fv_draft *draft, const char *phrase, size_t *out_after);
fv_span fv_draft_span_until(const fv_draft *draft, size_t from, const char *ends);

/* The party that an address or an alias names: "sip:2000@acano.steven.lab", "tel:+3120", with or
 * without a display name and angle brackets. */
void fv_draft_read_party(fv_draft *draft, fv_text address, fv_party *out);
/* From, To, P-Asserted-Identity, Call-ID, CSeq, Server and the hops. */
void fv_draft_read_call(fv_draft *draft);
/* Whether there is a message at all, and not the words of one in prose. */
bool fv_draft_has_message(const fv_draft *draft);
/* "RTC/6.0", though a line may have been broken within it. */
bool fv_draft_is_of_microsoft(const fv_draft *draft);
/* The hops out of the Via headers. */
void fv_draft_read_hops(fv_draft *draft);
/* Names, domain and FQDNs that stand in parameters. */
void fv_draft_read_params(fv_draft *draft, const fv_params *params);
/* Domain and direction, from what is known of the caller, the called and the names. */
void fv_draft_place(fv_draft *draft);
/* What a code of the catalogue says, refined by the names that the incident has. */
void fv_draft_apply_code(fv_draft *draft, const fv_symptom_code *code);
/* Tells R2 apart by the same rule as the live check, once domain and FQDNs are known. */
void fv_draft_refine_srv(fv_draft *draft);

/* What a winsock code among parameters says; false when there is none that is known. */
bool fv_draft_apply_winsock(fv_draft *draft, const fv_params *params);
/* Where the far side itself gave an answer that it gives after its checks of domain and
 * certificate, the link works: says so, and returns true. */
bool fv_draft_apply_far_side(fedval_incident *incident);
/* What an ms-diagnostics value says, wherever it was printed. */
void fv_judge_diagnostic(fv_draft *draft, const fv_diagnostic *diagnostic);

/* Whether the entry of the draft is an incident; fills it in. */
bool fv_judge(fv_draft *draft);
/* Each reads one kind of entry and says whether it is an incident. */
bool fv_judge_sip(fv_draft *draft);
bool fv_judge_answer(fv_draft *draft);
bool fv_judge_edge(fv_draft *draft);
bool fv_judge_expressway(fv_draft *draft);
bool fv_judge_dns(fv_draft *draft);
bool fv_judge_powershell(fv_draft *draft);
bool fv_judge_windows_event(fv_draft *draft);
bool fv_judge_schannel(fv_draft *draft);
bool fv_judge_history(fv_draft *draft);
bool fv_judge_search(fv_draft *draft);
bool fv_judge_sentence(fv_draft *draft);
bool fv_judge_meeting_server(fv_draft *draft);

#endif
