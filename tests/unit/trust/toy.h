/* A PKI without cryptography, so that tests can make any chain in a line: certificates are real
 * DER, a key is a number, and a signature is the key that should have made it. */
#ifndef TESTS_TRUST_TOY_H
#define TESTS_TRUST_TOY_H

#include "fedval/trust.h"
#include "trust/trust.h"

/* 0 stands for "not there", so a number that may be 0 is written AT(n). */
#define AT(n) ((n) + 1)

/* Everything left out is sound and usual. Lists are separated by commas. */
typedef struct toy_cert {
    const char *subject;   /* Common Name; NULL: an empty name */
    const char *issuer;    /* NULL: self-issued */
    unsigned key;          /* its own; not 0 */
    unsigned signer;       /* key of the issuer; 0: its own */
    const char *from, *to; /* "YYMMDD"; 2020-01-01 and 2039-12-31 */
    bool long_dates;       /* as GeneralizedTime */
    bool ca;
    unsigned version; /* 3 */
    bool odd_version; /* written as an OCTET STRING */
    unsigned pathlen; /* AT(n) */
    unsigned usage;   /* FV_KEY_USAGE_ bits; keyCertSign and cRLSign of a CA */
    const char *eku; /* "server", "client", "any", "domain" (of SIP), "microsofts" (any), "other" */
    bool eku_critical;
    unsigned netscape; /* FV_NETSCAPE_ bits of an nsCertType; 0: it has none */
    bool netscape_critical;
    const char *as_numbers;           /* of RFC 3779: "7" (one digit), or "issuer's" */
    const char *application_policies; /* the same words, in Microsoft's extension; critical */
    const char *names; /* "dns:a.example,ip:192.0.2.1,mail:a@b.example,uri:...,dir:CN,box:..." */
    const char *permitted, *excluded;                        /* the same; "ip:192.0.2.0/24" */
    const char *policies;                                    /* numbers, "any" */
    const char *mappings;                                    /* "1>2" */
    unsigned require_explicit, inhibit_mapping, inhibit_any; /* AT(n) */
    bool no_key_ids, no_basic_constraints, no_usage;
    bool constraints_not_critical;
    unsigned wrong_issuer_key_id; /* an authorityKeyIdentifier of another key */
    const char *pointer_issuer;   /* the Common Name in it of the issuer's own issuer */
    bool unknown_critical;
    bool unsupported; /* signed with an algorithm that the toy verifier does not know */
    bool bad;         /* signed by nobody */
    bool no_urls;     /* neither AIA nor CRL distribution point */
    bool odd_point;   /* the CRL distribution point has a dNSName too */
    /* the CRL distribution point, in place of a URI: a directoryName (its Common Name), or one that
     * is relative to the issuer of CRLs; and that issuer where it is another CA */
    const char *point_directory, *point_relative, *crl_issuer;
    bool off_curve;    /* its key is no point of its curve */
    const char *email; /* an emailAddress in the subject, beside the Common Name */
} toy_cert;

typedef struct toy_crl {
    const char *issuer;
    unsigned signer;
    const char *from, *to; /* "-": no nextUpdate */
    unsigned revoked;      /* key of the certificate revoked: its serial number */
    unsigned reason;       /* AT(n) */
    bool delta, indirect, users_only, cas_only, unknown_critical, some_reasons, bad, no_number;
    const char *point;                            /* distribution point URI */
    const char *point_directory, *point_relative; /* as of a toy_cert */
    unsigned number, base;                        /* AT(n); 7 and, of a delta, 6 */
    unsigned reasons;                             /* the first byte of its ReasonFlags; 0: all */
    const char *entry_issuer;                     /* Common Name of the issuer of what is revoked */
    bool odd_point;                               /* and a dNSName with it */
    bool twice;                                   /* lists what is revoked two times */
    bool entry_unknown_critical;                  /* that entry has such an extension */
} toy_crl;

typedef struct toy {
    fv_arena arena;
    fedval_policy *policy;
    fedval_verifier *verifier;
    fedval_anchors *anchors;
    fedval_crls *crls; /* NULL: none */
    uint32_t purpose;
    int64_t time;
    bool is_incomplete;
    const fv_certificate **sent;
    size_t num_sent, sent_capacity;
    _Atomic(size_t) num_verified; /* signatures checked so far */
    fv_trust_result result;
    int64_t cpu_ms; /* of the evaluation */
} toy;

/* The profile is microsoft-edge, the time 2030-01-01, the purpose server. */
void toy_open(toy *t);
void toy_close(toy *t);
fv_bytes toy_make(toy *t, const toy_cert *cert);
fv_bytes toy_make_crl(toy *t, const toy_crl *crl);
void toy_send_der(toy *t, fv_bytes der);
void toy_send(toy *t, const toy_cert *cert);
void toy_trust(toy *t, uint32_t anchor_class, const toy_cert *cert);
void toy_give_crl(toy *t, const toy_crl *crl);
void toy_set(toy *t, uint32_t field, int64_t value);
void toy_set_profile(toy *t, uint32_t profile);
/* What evaluates all that was sent and given so far. */
fv_trust_input toy_input(const toy *t);
/* Evaluates; once more if called again. */
void toy_run(toy *t);

/* How many remarks with that code a list has. */
size_t toy_count(const fv_trust_remarks *remarks, uint32_t code);
/* The value of a parameter of the first finding with that code; "" when there is none. */
const char *toy_param(const fv_trust_remarks *remarks, uint32_t code, const char *key);
/* The remarks as one text, for failures: "chain-incomplete(certificate=CN=x, ...)". */
const char *toy_describe(toy *t, const fv_trust_remarks *remarks);

/* The verifier behind toy.verifier. */
fedval_verifier *toy_verifier_new(_Atomic(size_t) *num_verified);

#define TOY_SEND(t, ...) toy_send((t), &(const toy_cert){__VA_ARGS__})
#define TOY_TRUST(t, ...) toy_trust((t), FEDVAL_ANCHOR_PUBLIC, &(const toy_cert){__VA_ARGS__})
#define TOY_TRUST_PRIVATE(t, ...)                                                                  \
    toy_trust((t), FEDVAL_ANCHOR_PRIVATE, &(const toy_cert){__VA_ARGS__})
#define TOY_CRL(t, ...) toy_give_crl((t), &(const toy_crl){__VA_ARGS__})

/* What most tests begin with. */
#define LEAF .subject = "host.example.com", .names = "dns:host.example.com", .key = 3
#define ISSUING .subject = "Issuing", .ca = true, .key = 2
#define ROOT .subject = "Root", .ca = true, .key = 1

#define ASSERT_CHAIN_HAS(t, code)                                                                  \
    do {                                                                                           \
        if (toy_count(&(t)->result.chain, (code)) == 0)                                            \
            fail_msg("no %s in: %s", fedval_finding_code_to_string(code),                          \
                     toy_describe((t), &(t)->result.chain));                                       \
    } while (0)
#define ASSERT_CHAIN_LACKS(t, code)                                                                \
    do {                                                                                           \
        if (toy_count(&(t)->result.chain, (code)) != 0)                                            \
            fail_msg("a %s in: %s", fedval_finding_code_to_string(code),                           \
                     toy_describe((t), &(t)->result.chain));                                       \
    } while (0)
#define ASSERT_TRUST(t, wanted)                                                                    \
    do {                                                                                           \
        if ((t)->result.trust != (wanted))                                                         \
            fail_msg("trust is %s, wanted %s: %s", fedval_trust_to_string((t)->result.trust),      \
                     fedval_trust_to_string(wanted), toy_describe((t), &(t)->result.chain));       \
    } while (0)

#endif
