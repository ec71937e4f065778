/* What is inside an incident, and how one is put together. */
#ifndef FV_LOGS_INCIDENT_H
#define FV_LOGS_INCIDENT_H

#include "base/arena.h"
#include "catalogue/symptom_codes.h"
#include "fedval/catalogue.h"
#include "fedval/log.h"
#include "fedval/name.h"
#include "logs/read/params.h"
#include "logs/read/record.h"
#include "logs/read/when.h"

#define FV_INCIDENT_MAX_FQDNS 8
#define FV_INCIDENT_MAX_HOPS 12
#define FV_INCIDENT_TEXT_MAX 512

struct fedval_incident {
    uint32_t id;
    const char *source;
    uint64_t line;
    uint32_t kind;
    fv_when when;
    uint32_t times_logged;
    const char *call_id;
    const char *cseq;
    uint32_t direction;
    const char *domain;
    const char *other_domain; /* P-Asserted-Identity's, where From names another */
    const char *from;
    const char *to;
    const char *from_domain;
    const char *to_domain;
    const char *fqdns[FV_INCIDENT_MAX_FQDNS];
    size_t num_fqdns;
    const char *expected_name;
    const char *presented_name;
    const char *reported_code;
    const char *reported_text;
    const char *peer;
    const char *reporter; /* the host that a report names as its source */
    const char *server;   /* what the answering side calls itself: "RTC/6.0" */
    uint32_t port;        /* of the connection, on the Expressway's side */
    uint32_t remote_port; /* on the other side */
    uint32_t status;      /* of a SIP response; 0 */
    bool in_traversal;    /* between Expressway-C and Expressway-E */
    uint32_t finding;
    uint32_t certainty;
    uint32_t hints;     /* FV_SYMPTOM_, of the code that was judged by */
    const char *basis;  /* from what an inferred finding follows; static */
    const char *detail; /* what the code means; static, or in the arena */
    uint32_t explained_by;
    const char *joined_by;
    const char *message;
    const char *remedy;
    const char *hops[FV_INCIDENT_MAX_HOPS];
    size_t num_hops;
    uint32_t group;
    bool in_group; /* counted there */
};

struct fv_observer;

/* An incident in the making, over the record that it is read from. */
typedef struct fv_draft {
    const fv_view *view;
    const fv_record *record;
    fv_arena *arena; /* of this draft alone */
    fedval_incident *incident;
    const struct fv_observer *observer; /* what the records before it said */
    bool failed;                        /* memory ran short */
} fv_draft;

/* Copies of a span: without spacing, cut at FV_INCIDENT_TEXT_MAX; with one blank for each gap.
 * NULL for an empty span. */
const char *fv_draft_copy(fv_draft *draft, fv_span span);
const char *fv_draft_copy_spaced(fv_draft *draft, fv_span span);
/* The same of a field of the record; NULL when it has none. */
const char *fv_draft_field(fv_draft *draft, fv_key key);
const char *fv_draft_field_spaced(fv_draft *draft, fv_key key);
uint32_t fv_draft_field_number(fv_draft *draft, fv_key key);
const char *fv_draft_param(fv_draft *draft, const fv_params *params, const char *name);
/* A normalised domain in the arena; NULL when the text is none. */
const char *fv_draft_domain(fv_draft *draft, const char *text);
const char *fv_draft_copy_text(fv_draft *draft, const char *text, size_t len);

/* Whether a phrase stands in the record; the position after its first; the characters from a
 * position up to one of ends, or to the record's end. */
bool fv_draft_has(const fv_draft *draft, const char *phrase);
bool fv_draft_find_after(const fv_draft *draft, const char *phrase, size_t *out_after);
fv_span fv_draft_span_until(const fv_draft *draft, size_t from, const char *ends);

/* From, To, P-Asserted-Identity, Call-ID, CSeq, Server and the hops. */
void fv_draft_read_call(fv_draft *draft);
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
/* Whether Expressway itself reported it, of a connection or a look-up of its own. */
bool fv_incident_is_of_expressway(const fedval_incident *incident);
/* The template of what to change; static, NULL when nothing is known. */
const char *fv_incident_remedy(const fedval_incident *incident);
/* Message and remedy. Last. */
void fv_draft_describe(fv_draft *draft);

/* What a winsock code among parameters says; false when there is none that is known. */
bool fv_draft_apply_winsock(fv_draft *draft, const fv_params *params);
/* What an ms-diagnostics value says, wherever it was printed. */
void fv_judge_diagnostic(fv_draft *draft, const fv_diagnostic *diagnostic);

/* Each reads one kind of record and says whether it is an incident. */
bool fv_judge_sip(fv_draft *draft);
bool fv_judge_edge(fv_draft *draft);
bool fv_judge_expressway(fv_draft *draft);
bool fv_judge_dns(fv_draft *draft);
bool fv_judge_powershell(fv_draft *draft);
bool fv_judge_windows_event(fv_draft *draft);
bool fv_judge_history(fv_draft *draft);
bool fv_judge_search(fv_draft *draft);
bool fv_judge_sentence(fv_draft *draft);

#endif
