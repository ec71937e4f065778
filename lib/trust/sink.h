/* A sink takes the faults that the rules of this folder find. A quiet sink only counts them: a
 * search asks thousands of times whether a rule is broken. A sink that records also makes a
 * remark, with its parameters, of each fault. */
#ifndef FV_TRUST_SINK_H
#define FV_TRUST_SINK_H

#include "base/buf.h"
#include "base/calendar.h"
#include "trust/trust.h"

typedef struct fv_sink_spot {
    size_t rung;
    fv_bytes der;              /* none while quiet */
    const char *certificate;   /* its display name; NULL while quiet */
    uint32_t certificate_kind; /* FV_VALUE_ of that name */
} fv_sink_spot;

typedef struct fv_sink {
    const fv_trust_input *input;
    /* Where remarks are kept; NULL: the sink is quiet. */
    fv_arena *arena;
    fv_trust_remarks *remarks;
    fv_sink_spot at;             /* the certificate that is judged */
    size_t num_faults;           /* counted by quiet sinks and by others */
    size_t num_name_comparisons; /* done so far (RFC 5280 4.2.1.10), by all who share the sink */
    bool name_limit_reached;
    bool no_memory;
} fv_sink;

/* Whether the profile is webpki. Then certificates must also keep the rules that RFC 5280 and the
 * CA/Browser Forum have for issuers, not only those of RFC 5280 section 6 for relying parties. */
bool fv_sink_is_strict(const fv_sink *sink);
/* Whether only a public CA will do, or only what public CAs may issue: then a key or a hash that
 * they may not use is refused. Elsewhere, 2048 bits and SHA-256 are recommended. */
bool fv_sink_wants_public_rules(const fv_sink *sink);
/* The verifier of the profile is Microsoft's. */
bool fv_sink_is_microsoft(const fv_sink *sink);
/* Whether anyExtendedKeyUsage stands for each purpose. RFC 5280 4.2.1.12 lets it; OpenSSL, which an
 * Expressway is built on, asks for the purpose itself. */
bool fv_sink_takes_any_purpose(const fv_sink *sink);
/* The purposes that a certificate is for: its extKeyUsage; to Microsoft its applicationPolicies
 * where they stand alone. */
const fv_extended_key_usage *fv_sink_purposes_of(const fv_sink *sink,
                                                 const fv_certificate *certificate);

/* Names the certificate that is judged from now on; a sink that records keeps its display name. */
void fv_sink_set_certificate(fv_sink *sink, const fv_certificate *certificate);

/* Counts a fault. Returns the remark, for more parameters; NULL: nothing is recorded. The remark
 * has the parameter {certificate} already. */
fv_remark *fv_sink_add(fv_sink *sink, uint32_t code);
/* Each accepts a NULL remark and copies the text. */
void fv_sink_param(fv_sink *sink, fv_remark *remark, const char *key, fv_text value);
void fv_sink_param_text(fv_sink *sink, fv_remark *remark, const char *key, const char *value);
void fv_sink_param_number(fv_sink *sink, fv_remark *remark, const char *key, int64_t value);
void fv_sink_param_time(fv_sink *sink, fv_remark *remark, const char *key, int64_t seconds);
/* The text is a constant, and is not copied. */
void fv_sink_param_kept(fv_remark *remark, const char *key, const char *value);
/* The text is of that kind (FV_VALUE_), lies in the sink's arena, and is not copied. */
void fv_sink_param_shown(fv_remark *remark, const char *key, const char *value, uint32_t kind);
/* Takes the text out of buf and empties it. */
void fv_sink_param_buf(fv_sink *sink, fv_remark *remark, const char *key, fv_buf *buf);
/* The same, of a list of values. The sink's arena holds the items of `parts`. */
void fv_sink_param_list(fv_sink *sink, fv_remark *remark, const char *key, fv_buf *buf,
                        const fv_parts *parts);
/* The name of an issuer. */
void fv_sink_param_name(fv_sink *sink, fv_remark *remark, const char *key, const fv_name *name);

/* A fault whose only other parameter is {reason}, a constant. */
void fv_sink_add_reason(fv_sink *sink, uint32_t code, const char *reason);

#endif
