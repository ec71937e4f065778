/* The certificate that was presented: which of its names match, and where its chain leads. */
#include "fedval/evidence.h"
#include "fedval/name.h"
#include "fedval/trust.h"
#include "render/text/report_text.h"

#include <string.h>

#define MAX_NAMES_SHOWN 6

/* The Common Name; if there is none, the whole subject. */
static void put_subject(fv_out *out, const char *common_name, const char *subject)
{
    fv_out_text(out, common_name != NULL ? common_name : subject);
}

void fv_text_names(fv_out *out, const fv_report_certificate *certificate)
{
    if (certificate->num_dns_names == 0) {
        fv_out_text(out, "no SAN DNS names, subject ");
        fv_out_text(out, certificate->subject);
        return;
    }
    fv_out_text(out, "SAN ");
    for (size_t i = 0; i < certificate->num_dns_names && i < MAX_NAMES_SHOWN; i++) {
        if (i > 0)
            fv_out_text(out, ", ");
        fv_out_text(out, certificate->dns_names[i]);
    }
    if (certificate->num_dns_names > MAX_NAMES_SHOWN) {
        fv_out_text(out, " and ");
        fv_out_u64(out, certificate->num_dns_names - MAX_NAMES_SHOWN +
                            certificate->num_dns_names_left_out);
        fv_out_text(out, " more");
    }
}

const char *fv_text_match(uint32_t match)
{
    static const char *const texts[] = {
        [FEDVAL_NAME_MATCH_SAN_WILDCARD] = "  (by wildcard)",
        [FEDVAL_NAME_MATCH_CN] = "  (by the Common Name)",
        [FEDVAL_NAME_MATCH_CN_IGNORED] = "  (the Common Name does not count beside a SAN)",
        [FEDVAL_NAME_MATCH_WILDCARD_ONLY] = "  (a wildcard does not count)",
        [FEDVAL_NAME_MATCH_CN_MISSING] = "  (not in the Common Name, where it must be)",
        [FEDVAL_NAME_MATCH_NONE] = "  (none is the name wanted)",
    };
    return match < sizeof(texts) / sizeof(texts[0]) ? texts[match] : NULL;
}

static bool is_listed(const fv_report_certificate *certificate, const char *name)
{
    for (size_t i = 0; i < certificate->num_dns_names; i++) {
        if (fv_text_equal_nocase(fv_text_of(certificate->dns_names[i]), fv_text_of(name)))
            return true;
    }
    return false;
}

/* The target, if the certificate lists it; else the names that the certificate lists. */
static void put_names(fv_out *out, const fv_report_presented *presented, const char *target)
{
    if (presented->name_match == FEDVAL_NAME_MATCH_SAN && target != NULL &&
        is_listed(presented->certificate, target)) {
        fv_out_text(out, "SAN ");
        fv_out_text(out, target);
    } else {
        fv_text_names(out, presented->certificate);
    }
}

void fv_text_name_value(fv_out *out, const fv_report_presented *presented, const char *target)
{
    bool is_readable = presented->certificate->not_after != FEDVAL_TIME_UNKNOWN;
    if (!is_readable && presented->name_match == 0) {
        fv_out_text(out, "the certificate cannot be read");
    } else {
        put_names(out, presented, target);
        if (presented->name_match != 0)
            fv_out_text(out, fv_text_match(presented->name_match));
    }
}

const char *fv_text_trust(uint32_t trust)
{
    static const char *const texts[] = {
        [FEDVAL_TRUST_NOT_CHECKED] = "trust not checked",
        [FEDVAL_TRUST_BY_PUBLIC] = "public root",
        [FEDVAL_TRUST_BY_PRIVATE] = "private root: holds if the partner has imported it",
        [FEDVAL_TRUST_NONE] = "no path to a trusted root holds",
        [FEDVAL_TRUST_UNKNOWN] = "trust could not be told",
    };
    return trust < sizeof(texts) / sizeof(texts[0]) ? texts[trust] : NULL;
}

bool fv_text_is_revocation_told(const fv_report_path *path)
{
    for (size_t i = 0; i < path->num_certificates; i++) {
        if (path->certificates[i].revocation > FEDVAL_REVOCATION_NOT_CHECKED)
            return true;
    }
    return false;
}

void fv_text_revocation(fv_out *out, uint32_t revocation)
{
    static const char *const texts[] = {
        [FEDVAL_REVOCATION_NOT_ASKED] = "",
        [FEDVAL_REVOCATION_NOT_CHECKED] = " (revocation not checked)",
        [FEDVAL_REVOCATION_GOOD] = " (revocation checked: good)",
        [FEDVAL_REVOCATION_REVOKED] = " (revocation checked: revoked)",
    };
    fv_out_text(out, texts[revocation]);
}

static void put_path(fv_out *out, const fv_report_presented *presented)
{
    const fv_report_certificate *certificate = presented->certificate;
    if (presented->num_paths == 0) {
        put_subject(out, certificate->common_name, certificate->subject);
        return;
    }
    const fv_report_path *path = &presented->paths[0];
    bool is_told = fv_text_is_revocation_told(path);
    for (size_t i = 0; i < path->num_certificates; i++) {
        fv_out_text(out, i > 0 ? " <- " : "");
        put_subject(out, path->certificates[i].common_name, path->certificates[i].subject);
        if (is_told)
            fv_text_revocation(out, path->certificates[i].revocation);
    }
}

void fv_text_chain_value(fv_out *out, const fv_report_presented *presented)
{
    put_path(out, presented);
    fv_out_text(out, "  ");
    bool is_refused =
        presented->trust == FEDVAL_TRUST_BY_PRIVATE && presented->chain.mark == FEDVAL_MARK_BROKEN;
    fv_out_text(out, is_refused ? "private root" : fv_text_trust(presented->trust));
    if (presented->certificate->not_after != FEDVAL_TIME_UNKNOWN) {
        bool is_trusted = presented->trust == FEDVAL_TRUST_BY_PUBLIC ||
                          presented->trust == FEDVAL_TRUST_BY_PRIVATE;
        fv_out_text(out, is_trusted ? ", until " : "; certificate until ");
        fv_out_date(out, presented->certificate->not_after);
    }
}

void fv_text_presented(fv_out *out, const fv_report_presented *presented, const char *target)
{
    if (presented->certificate == NULL) {
        fv_text_begin_step(out, "name");
        fv_text_mark_step(out, presented->name);
        fv_out_text(out, "no certificate was seen");
        fv_out_newline(out);
        return;
    }
    fv_text_begin_step(out, "name");
    fv_text_mark_step(out, presented->name);
    fv_text_name_value(out, presented, target);
    fv_out_newline(out);
    fv_text_begin_step(out, "chain");
    fv_text_mark_step(out, presented->chain);
    fv_text_chain_value(out, presented);
    fv_out_newline(out);
}
