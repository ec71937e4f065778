/* What was presented: which of its names match, and where its chain leads. */
#include "fedval/evidence.h"
#include "fedval/name.h"
#include "fedval/trust.h"
#include "render/text/report_text.h"

#include <string.h>

#define BIT(family) (1u << FEDVAL_FAMILY_##family)
#define MAX_NAMES_SHOWN 6

void fv_text_subject(fv_out *out, const char *subject)
{
    const char *cn = strncmp(subject, "CN=", 3) == 0 ? subject : strstr(subject, ", CN=");
    if (cn == NULL) {
        fv_out_text(out, subject);
        return;
    }
    cn += cn == subject ? 3 : 5;
    const char *end = strchr(cn, ',');
    fv_out_run(out, (fv_text){cn, end == NULL ? strlen(cn) : (size_t)(end - cn)});
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
        fv_out_u64(out, certificate->num_dns_names - MAX_NAMES_SHOWN);
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

static void put_name(fv_out *out, const fv_report_presented *presented, uint32_t worst,
                     const char *target)
{
    fv_text_begin_step(out, "name");
    if (presented->certificate->not_after == FEDVAL_TIME_UNKNOWN && presented->name_match == 0) {
        fv_text_no_mark(out);
        fv_out_text(out, "the certificate cannot be read");
    } else if (presented->name_match == 0) {
        fv_text_no_mark(out);
        fv_text_names(out, presented->certificate);
    } else {
        fv_text_mark(out, worst);
        if (presented->name_match == FEDVAL_NAME_MATCH_SAN && target != NULL &&
            is_listed(presented->certificate, target)) {
            fv_out_text(out, "SAN ");
            fv_out_text(out, target);
        } else {
            fv_text_names(out, presented->certificate);
        }
        fv_out_text(out, fv_text_match(presented->name_match));
    }
    fv_out_newline(out);
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

static void put_path(fv_out *out, const fv_report_presented *presented)
{
    if (presented->num_paths == 0) {
        fv_text_subject(out, presented->certificate->subject);
        return;
    }
    const fv_report_path *path = &presented->paths[0];
    for (size_t i = 0; i < path->num_certificates; i++) {
        if (i > 0)
            fv_out_text(out, " <- ");
        fv_text_subject(out, path->certificates[i]);
    }
}

static void put_chain(fv_out *out, const fv_report_presented *presented, uint32_t worst)
{
    fv_text_begin_step(out, "chain");
    if (presented->trust == FEDVAL_TRUST_NOT_CHECKED && worst < FEDVAL_SEVERITY_INDETERMINATE)
        fv_text_no_mark(out);
    else
        fv_text_mark(out, worst);
    put_path(out, presented);
    fv_out_text(out, "  ");
    fv_out_text(out, fv_text_trust(presented->trust));
    if (presented->certificate->not_after != FEDVAL_TIME_UNKNOWN) {
        bool is_trusted = presented->trust == FEDVAL_TRUST_BY_PUBLIC ||
                          presented->trust == FEDVAL_TRUST_BY_PRIVATE;
        fv_out_text(out, is_trusted ? ", until " : "; certificate until ");
        fv_out_date(out, presented->certificate->not_after);
    }
    fv_out_newline(out);
}

void fv_text_presented(fv_out *out, const fedval_report *report,
                       const fv_report_presented *presented, const char *target,
                       const char *address)
{
    const uint32_t chain_families = BIT(CERTIFICATE) | BIT(TRUST);
    bool is_client = presented == &report->client;
    if (presented->certificate == NULL) {
        fv_text_begin_step(out, "name");
        fv_text_no_mark(out);
        fv_out_text(out, "no certificate was seen");
        fv_out_newline(out);
        return;
    }
    put_name(out, presented,
             is_client ? fv_text_worst_of_client(report, BIT(NAME))
                       : fv_text_worst(report, BIT(NAME), target, address),
             target);
    put_chain(out, presented,
              is_client ? fv_text_worst_of_client(report, chain_families)
                        : fv_text_worst(report, chain_families, target, address));
}
