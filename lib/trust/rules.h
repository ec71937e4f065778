/* The rules about one certificate, each under the section that it obeys. They add to the sink and
 * never stop at the first fault. */
#ifndef FV_TRUST_RULES_H
#define FV_TRUST_RULES_H

#include "trust/sink.h"

/* encoding.c: parts that cannot be read, or must not be there (RFC 5280 4.1, 4.2). */
void fv_trust_judge_encoding(fv_sink *sink, const fv_certificate *certificate, bool is_anchor);
/* The same sections: slips of the issuer that break no path. They are warnings. */
void fv_trust_judge_slips(fv_sink *sink, const fv_certificate *certificate);
/* Warns of what lies behind an anchor in its PEM block. */
void fv_trust_warn_of_bytes_behind(fv_sink *sink, const fv_certificate *anchor);
/* RFC 5280 4.2: critical extensions that are not processed. */
void fv_trust_judge_critical_extensions(fv_sink *sink, const fv_certificate *certificate);

/* strength.c: key and signature. */
void fv_trust_judge_key(fv_sink *sink, const fv_certificate *certificate);
void fv_trust_judge_signature_algorithm(fv_sink *sink, const fv_certificate *certificate);
/* Warns of a signature that breaks no path, but is not as good as it should be. */
void fv_trust_warn_of_signature(fv_sink *sink, const fv_certificate *certificate);
/* Warns of an RSA key that is shorter than recommended, and refused by public CAs alone. */
void fv_trust_warn_of_key(fv_sink *sink, const fv_certificate *certificate);

/* issuer.c: a CA certificate, at any place of a path. */
void fv_trust_judge_issuer(fv_sink *sink, const fv_certificate *certificate, bool is_anchor);

/* end_entity.c: the end-entity certificate, whatever its path. */
/* All that can be said of it before a CA has issued it: not its validity, nor its signature. */
void fv_trust_judge_asked(fv_sink *sink, const fv_certificate *certificate);
void fv_trust_judge_end_entity(fv_sink *sink, const fv_certificate *certificate);
/* Adds the purposes of the certificate as a parameter: "serverAuth, 1.2.3.4". */
void fv_sink_param_usages(fv_sink *sink, fv_remark *remark, const fv_certificate *certificate);
/* Warns with `code` of a certificate that ends soon, at `not_after`; within the critical days of
 * the policy it is an error. */
void fv_trust_warn_of_end(fv_sink *sink, uint32_t code, int64_t not_after);

/* webpki.c: the profiles of RFC 5280 4 and of the CA/Browser Forum's Baseline Requirements 7.1. */
void fv_trust_judge_webpki_issuer(fv_sink *sink, const fv_certificate *certificate, bool is_anchor);
void fv_trust_judge_webpki_end_entity(fv_sink *sink, const fv_certificate *certificate);

#endif
