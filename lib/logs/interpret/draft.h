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

/* An incident in the making, and the entry that it is read from. */
typedef struct fv_draft {
    const fv_sight *sight;
    const fv_entry *entry;
    fv_arena *arena; /* used by this draft only */
    fedval_incident *incident;
    const struct fv_observer *observer; /* what earlier entries said */
    bool failed;                        /* memory was short */
    /* A name is in the entry but cannot be read: do not use another name in its place. */
    bool is_damaged;
    /* The code that speaks of a peer, if nothing beside it says that the peer is a partner's. */
    const fv_symptom_code *any_peer;
    uint32_t answered; /* the direction of the call whose answer the Edge passed on; 0: not known */
} fv_draft;

/* Whether `text` can be a name or an address, or a list of them. */
bool fv_draft_is_name(const char *text);
/* Copy a span: the first without spacing, cut at FV_INCIDENT_TEXT_MAX; the second with one blank
 * for each gap. Both return NULL for an empty span. */
const char *fv_draft_copy(fv_draft *draft, fv_span span);
const char *fv_draft_copy_spaced(fv_draft *draft, fv_span span);
/* The same two copies for a field of the entry; NULL if it has no such field. */
const char *fv_draft_field(fv_draft *draft, fv_key key);
const char *fv_draft_field_spaced(fv_draft *draft, fv_key key);
uint32_t fv_draft_field_number(fv_draft *draft, fv_key key);
const char *fv_draft_number_text(fv_draft *draft, uint32_t number);
const char *fv_draft_param(fv_draft *draft, const fv_params *params, const char *name);
/* The same for a name, an address, or a list of them. If the value holds a character that no name
 * has, the draft becomes damaged. */
const char *fv_draft_param_name(fv_draft *draft, const fv_params *params, const char *name);
/* Returns the normalised domain, in the arena; NULL if `text` is not a domain. */
const char *fv_draft_domain(fv_draft *draft, const char *text);
/* Returns the normalised name and its FEDVAL_NAME_KIND_; NULL if `text` is not a name. */
const char *fv_draft_copy_name(fv_draft *draft, fv_text text, uint32_t *out_kind);
const char *fv_draft_copy_text(fv_draft *draft, const char *text, size_t len);
/* Returns a copy of the text in `buf`, and clears `buf`. */
const char *fv_draft_take(fv_draft *draft, fv_buf *buf);

/* These search the entry: whether it has a phrase; the position after the first one; the characters
 * from a position up to one of `ends`, or to the end of the entry. */
bool fv_draft_has(const fv_draft *draft, const char *phrase);
bool fv_draft_find_after(const fv_draft *draft, const char *phrase, size_t *out_after);
fv_span fv_draft_span_until(const fv_draft *draft, size_t from, const char *ends);

/* Reads the party that an address or alias names: "sip:2000@acano.steven.lab", "tel:+3120", with or
 * without a display name and angle brackets. */
void fv_draft_read_party(fv_draft *draft, fv_text address, fv_party *out);
/* Reads From, To, P-Asserted-Identity, Call-ID, CSeq, Server and the hops. */
void fv_draft_read_call(fv_draft *draft);
/* Whether the entry holds a real message, and not prose that quotes one. */
bool fv_draft_has_message(const fv_draft *draft);
/* Whether the Server header names "RTC/6.0"; a line may have been broken within it. */
bool fv_draft_is_of_microsoft(const fv_draft *draft);
/* Reads "vcse.steven.lab:25002" of an Edge record without its port, which is written. Returns NULL
 * if the value is something else. */
const char *fv_draft_read_peer(fv_draft *draft, fv_span span, uint32_t *out_port);
/* Finds who made the answer in a protocol record of the Edge, and notes the direction of its
 * call. */
void fv_draft_read_answerer(fv_draft *draft);
/* Returns the number of an event of Windows, with its label, in XML, or as a column; 0: none. */
uint32_t fv_draft_event_number(fv_draft *draft);
/* Reads the hops from the Via headers. */
void fv_draft_read_hops(fv_draft *draft);
/* Reads names, domain and FQDNs from parameters. */
void fv_draft_read_params(fv_draft *draft, const fv_params *params);
/* Sets domain and direction, from the caller, the called and the names. */
void fv_draft_place(fv_draft *draft);
/* Drops names that were read damaged. */
void fv_draft_check_names(fv_draft *draft);
/* Applies a code of the catalogue, refined by the names that the incident has. */
void fv_draft_apply_code(fv_draft *draft, const fv_symptom_code *code);
/* Refines a fault of rule R2 with the rule of the live check. Domain and FQDNs must be set
 * before. */
void fv_draft_refine_srv(fv_draft *draft);
/* Refines a fault of rule R2 whose target is a server of Microsoft's cloud. Returns false for any
 * other. */
bool fv_draft_refine_cloud(fedval_incident *incident);
/* Whether a hop names its zone, as Expressway does in its Via headers. */
bool fv_draft_has_zones(const fedval_incident *incident);
/* Refines a fault of rule R3: the name that has no address is the SRV target, not the domain. */
void fv_draft_refine_address(fv_draft *draft);
/* Refines a fault of rule R4: if the name that was expected is a provider's, the certificate is
 * right and the SRV record leads to the wrong place. The names must be set before. */
void fv_draft_refine_name(fv_draft *draft);

/* Applies a winsock code among the parameters; returns false if there is none that we know. */
bool fv_draft_apply_winsock(fv_draft *draft, const fv_params *params);
/* Reads the status of an answer with its words, and places it. */
void fv_draft_read_status(fv_draft *draft);
/* Notes a 504 that an Expressway tells of without the message. */
void fv_draft_report_time_out(fedval_incident *incident);
/* Some answers come only after the far side checked domain and certificate. If it gave one, the
 * link works: notes that and returns true. */
bool fv_draft_apply_far_side(fedval_incident *incident);
/* Whether a client's log holds the answer of the user's own server, which is not a partner. */
bool fv_draft_is_of_own_server(const fedval_incident *incident);
/* Whether no public DNS has the name: a single label, or one under a zone of inner networks, such
 * as "local". */
bool fv_draft_is_private_name(const char *name);
/* Takes a fault between two servers of the Microsoft side for none of federation. */
void fv_draft_leave_inside(fv_draft *draft);
/* Notes that it is one, and what shows it; `basis` is static. */
void fv_draft_set_inside(fedval_incident *incident, const char *basis);
/* A code that speaks of any peer says nothing of a partner, unless the name of that peer is under
 * the domain of the partner. */
void fv_draft_open_any_peer(fv_draft *draft);
/* Judges an ms-diagnostics value, in whatever kind of entry it was printed. */
void fv_judge_diagnostic(fv_draft *draft, const fv_diagnostic *diagnostic);
/* Returns the row of the id; NULL if it is not known, or damaged. */
const fv_symptom_code *fv_diagnostic_code(const fv_diagnostic *diagnostic);

/* Returns whether the entry of the draft is an incident, and fills the incident in. */
bool fv_judge(fv_draft *draft);
/* Each of these reads one kind of entry and returns whether it is an incident. */
bool fv_judge_sip(fv_draft *draft);
bool fv_judge_answer(fv_draft *draft);
bool fv_judge_set_up(fv_draft *draft);
bool fv_judge_call_event(fv_draft *draft);
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
