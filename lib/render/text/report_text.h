/* The parts of the text report, from top to bottom. */
#ifndef FV_RENDER_REPORT_TEXT_H
#define FV_RENDER_REPORT_TEXT_H

#include "model/report.h"
#include "render/text/out.h"

/* Where the columns of the path and of the findings begin. */
#define FV_TEXT_MARK_COLUMN 8
#define FV_TEXT_VALUE_COLUMN 12

/* What a requirement is about, in a word or two, and what is judged for it: "R1 SRV record" needs
 * DNS. Requirements that need the same follow each other. */
typedef struct fv_requirement_words {
    const char *about, *judged;
} fv_requirement_words;

extern const fv_requirement_words fv_text_requirements[FV_NUM_REQUIREMENTS + 1];

/* "PASS" in green, and so on. */
void fv_text_verdict(fv_out *out, uint32_t verdict);
void fv_text_endpoints(fv_out *out, const fedval_report *report);
void fv_text_findings(fv_out *out, const fedval_report *report);
void fv_text_actions(fv_out *out, const fedval_report *report);

/* "public root" and the like; NULL for an unknown code. */
const char *fv_text_trust(uint32_t trust);
/* The names of a certificate, the first few of them. */
void fv_text_names(fv_out *out, const fv_report_certificate *certificate);
/* Words that explain a match, written after the names; NULL: none are needed. */
const char *fv_text_match(uint32_t match);
/* The heading of a finding, and the text below it. Reports and chains share both. */
void fv_text_finding_heading(fv_out *out, const fedval_finding *s);
void fv_text_finding_body(fv_out *out, const fedval_finding *s, bool is_message_told);
/* Writes the findings that are accepted: what they are, and until when. */
void fv_text_accepted(fv_out *out, const fedval_finding *findings, size_t num_findings);
/* Writes the notes among the findings, one on each line. `told` lists the codes that are shown
 * elsewhere and ends with 0; NULL: none. */
void fv_text_notes(fv_out *out, const fedval_finding *findings, size_t num_findings,
                   const uint32_t *told);

/* "and 84,000 more findings, which the limit of the policy left out"; nothing for 0. */
void fv_text_left_out(fv_out *out, size_t num_findings);
/* Whether certificates of the path were looked for in CRLs, and what came of one of them: "
 * (revocation checked: good)". */
bool fv_text_is_revocation_told(const fv_report_path *path);
void fv_text_revocation(fv_out *out, uint32_t revocation);
/* Writes the name and chain steps: the names that match, then the chain with its root. `target` is
 * the name that was wanted; NULL for the calling certificate. */
void fv_text_presented(fv_out *out, const fv_report_presented *presented, const char *target);
/* "  SRV   ": the name of a step, up to its mark. */
void fv_text_begin_step(fv_out *out, const char *name);
/* Writes the mark of a step and pads it to the value column: "X" in red: broken; "?": open; "!": a
 * warning; "ok": sound; "--": not taken or not judged. */
void fv_text_mark_step(fv_out *out, fv_report_step step);

/* The text behind the mark of a step, without a line end: the HTML form has the same words. */
void fv_text_srv_value(fv_out *out, const fedval_report *report,
                       const fv_report_endpoint *endpoint);
void fv_text_missing_srv_value(fv_out *out, const fedval_report *report);
void fv_text_address_value(fv_out *out, const fv_report_address *address);
void fv_text_lookup_value(fv_out *out, const fv_report_endpoint *endpoint);
void fv_text_tls_value(fv_out *out, const fv_report_endpoint *endpoint,
                       const fv_report_address *address);
void fv_text_name_value(fv_out *out, const fv_report_presented *presented, const char *target);
void fv_text_chain_value(fv_out *out, const fv_report_presented *presented);

/* The finding that decides, or the count of warnings; until when a PASS holds. Begins with blanks.
 */
void fv_text_headline(fv_out *out, const fedval_report *report);
/* Side, profile, time, sources, roots. */
void fv_text_circumstances(fv_out *out, const fedval_report *report);
/* Purpose, profile, time and roots of a chain. */
void fv_text_chain_circumstances(fv_out *out, const fedval_chain_result *result);
/* Appends the words of an item of `report` that was not checked, with its place where there is
 * one. */
void fv_text_append_not_checked(fv_buf *buf, const fedval_report *report, uint32_t what);
/* "the Cisco side" */
const char *fv_text_side(uint32_t side);
/* A record as a zone file has it. */
void fv_text_dns_record(fv_out *out, const fv_report_action *action);
/* "(the server's at 192.0.2.1, CN=expe2.example.com)": which certificate an action changes; begins
 * with a blank. Nothing where none was seen. */
void fv_text_which(fv_out *out, const fv_report_action *action);
/* " and 84,000 more": the names that the certificate keeps beside. Nothing where there are none. */
void fv_text_names_left_out(fv_out *out, const fv_report_action *action);
/* Whether the TTL of a record was read in a cache, so that the zone's is not known; then the words
 * for it. */
bool fv_text_ttl_note(fv_out *out, const fv_report_action *action);
/* Whether a fault breaks both directions by DNS: then the words on what the other domain needs. */
bool fv_text_both_domains(fv_out *out, const fedval_report *report);
/* The letter to whoever runs the domain: what is wrong, what to change. False: nothing is. */
bool fv_text_letter_to_owner(fv_out *out, const fedval_report *report);
/* The letter of whoever runs the domain to its federation partner: what changes here, what is to be
 * done there. */
void fv_text_letter_to_partner(fv_out *out, const fedval_report *report);
/* The verdict that would follow from the actions, and what it rests on. */
void fv_text_after_actions(fv_out *out, const fedval_report *report);

#endif
