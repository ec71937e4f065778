/* Faults in the encoding of a certificate. */
#include "trust/rules.h"

#include "x509/oid.h"

#define BIT(kind) FV_DEFECT_BIT(kind)

/* No verifier can use a certificate that has one of these. */
static const uint64_t fatal_defects =
    BIT(FV_DEFECT_STRUCTURE) | BIT(FV_DEFECT_ALGORITHM_MISMATCH) | BIT(FV_DEFECT_ALGORITHM_FORM) |
    BIT(FV_DEFECT_ISSUER) | BIT(FV_DEFECT_SUBJECT) | BIT(FV_DEFECT_TIME) | BIT(FV_DEFECT_KEY) |
    BIT(FV_DEFECT_SIGNATURE_BITS) | BIT(FV_DEFECT_EXTENSION_FORM) |
    BIT(FV_DEFECT_EXTENSION_DUPLICATE);

/* OpenSSL cannot load a certificate with one of these, or cannot read a part that it needs. The
 * other defects are slips of the issuer that most peers accept. In the webpki profile all of them
 * count. */
static const uint64_t refused_by_openssl =
    BIT(FV_DEFECT_TRAILING_BYTES) | BIT(FV_DEFECT_BYTES_BEHIND) | BIT(FV_DEFECT_INTEGER_FORM) |
    BIT(FV_DEFECT_TIME_FORM) | BIT(FV_DEFECT_STRING) | BIT(FV_DEFECT_OID_FORM) |
    BIT(FV_DEFECT_STRING_KIND);

/* RFC 5280 or DER forbids them, and no profile's peer is known to refuse them. */
static const uint64_t only_against_the_rules =
    FV_DEFECTS_OF_TEXTS | BIT(FV_DEFECT_KEY_USAGE_ZEROS) | BIT(FV_DEFECT_KEY_USAGE_BITS) |
    BIT(FV_DEFECT_LEAF_CONSTRAINTS) | BIT(FV_DEFECT_SUBTREE_MINIMUM) | BIT(FV_DEFECT_BIT_PADDING);

/* Extensions that path validation depends on. They are never skipped when their contents cannot be
 * read. */
static bool is_processed(fv_extension_id id)
{
    switch (id) {
    case FV_EXT_BASIC_CONSTRAINTS:
    case FV_EXT_KEY_USAGE:
    case FV_EXT_EXTENDED_KEY_USAGE:
    case FV_EXT_SUBJECT_ALT_NAME:
    case FV_EXT_NAME_CONSTRAINTS:
    case FV_EXT_CERTIFICATE_POLICIES:
    case FV_EXT_POLICY_MAPPINGS:
    case FV_EXT_POLICY_CONSTRAINTS:
    case FV_EXT_INHIBIT_ANY_POLICY:
        return true;
    case FV_EXT_UNRECOGNISED:
    case FV_EXT_ISSUER_ALT_NAME:
    case FV_EXT_SUBJECT_KEY_ID:
    case FV_EXT_AUTHORITY_KEY_ID:
    case FV_EXT_CRL_DISTRIBUTION_POINTS:
    case FV_EXT_FRESHEST_CRL:
    case FV_EXT_AUTHORITY_INFO_ACCESS:
    case FV_EXT_SUBJECT_INFO_ACCESS:
    case FV_EXT_SCT_LIST:
    case FV_EXT_TLS_FEATURE:
    case FV_EXT_CRL_NUMBER:
    case FV_EXT_DELTA_CRL_INDICATOR:
    case FV_EXT_ISSUING_DISTRIBUTION_POINT:
    case FV_EXT_CRL_REASON:
    case FV_EXT_INVALIDITY_DATE:
    case FV_EXT_CERTIFICATE_ISSUER:
    case FV_EXT_APPLICATION_POLICIES:
    case FV_EXT_NETSCAPE_CERT_TYPE:
    case FV_EXT_PROXY_CERT_INFO:
    case FV_EXT_IP_RESOURCES:
    case FV_EXT_AS_RESOURCES:
    case FV_EXT_PRIVATE_KEY_USAGE_PERIOD:
    case FV_EXT_SUBJECT_DIRECTORY_ATTRIBUTES:
    case FV_EXT_QC_STATEMENTS:
        break;
    }
    return false;
}

static bool is_resources(fv_extension_id id)
{
    return id == FV_EXT_IP_RESOURCES || id == FV_EXT_AS_RESOURCES;
}

/* RFC 5280 4.2: an application processes a critical extension or rejects the certificate. Key ids
 * and distribution points are used where they help, so they are understood. */
static bool is_understood(const fv_sink *sink, fv_extension_id id)
{
    if (id == FV_EXT_APPLICATION_POLICIES)
        return fv_sink_is_microsoft(sink); /* its own extension */
    if (id == FV_EXT_NETSCAPE_CERT_TYPE || is_resources(id))
        return sink->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY; /* OpenSSL's alone */
    return is_processed(id) || id == FV_EXT_SUBJECT_KEY_ID || id == FV_EXT_AUTHORITY_KEY_ID ||
           id == FV_EXT_CRL_DISTRIBUTION_POINTS;
}

/* Defects that do not matter in an anchor. Old roots have the serial number 0, but anchors are not
 * identified by it. One root in use writes a date before 2050 as GeneralizedTime. OpenSSL loads a
 * root from a PEM block and passes over what is left in the block. */
static const uint64_t forgiven_to_anchors =
    BIT(FV_DEFECT_SERIAL_NOT_POSITIVE) | BIT(FV_DEFECT_SERIAL_TOO_LONG) | BIT(FV_DEFECT_TIME_TYPE) |
    BIT(FV_DEFECT_BYTES_BEHIND) | BIT(FV_DEFECT_STRING_CONTENTS);

/* How serious a defect is. */
typedef enum weight {
    WEIGHT_NONE,
    WEIGHT_WARNING,
    WEIGHT_REFUSED_BY_PEERS, /* an error: the profile's peers cannot load it */
    WEIGHT_FATAL,
} weight;

static weight weigh(const fv_sink *sink, bool is_fatal, bool is_refused_by_openssl)
{
    if (is_fatal || fv_sink_is_strict(sink))
        return WEIGHT_FATAL;
    bool is_openssl = sink->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY;
    return is_refused_by_openssl && is_openssl ? WEIGHT_REFUSED_BY_PEERS : WEIGHT_WARNING;
}

/* FV_DEFECT_VERSION covers two cases. OpenSSL loads a version that does not exist; it does not load
 * a version that is no INTEGER. Of wrong parameters it refuses RSASSA-PSS with a negative salt
 * length or another trailer field than 1 (ossl_rsa_pss_get_param). */
static bool is_refused_by_openssl(const fv_certificate *certificate, unsigned kind)
{
    if (kind == FV_DEFECT_ALGORITHM_PARAMETERS)
        return certificate->algorithm.has_impossible_pss;
    return (refused_by_openssl >> kind & 1) != 0 ||
           (kind == FV_DEFECT_VERSION && certificate->version_presence == FV_MALFORMED &&
            !certificate->has_integer_version);
}

/* How much the defect `kind` of `certificate` weighs: by what OpenSSL does with such a certificate,
 * or as a warning where it breaks a rule alone. */
static weight weigh_defect(const fv_sink *sink, const fv_certificate *certificate, unsigned kind)
{
    if ((certificate->defects.kinds >> kind & 1) == 0 || kind == FV_DEFECT_EXTENSION_VALUE ||
        kind == FV_DEFECT_EXTENSION_CONTENTS)
        return WEIGHT_NONE; /* the extensions are weighed one by one */
    if ((only_against_the_rules >> kind & 1) != 0)
        return WEIGHT_WARNING;
    return weigh(sink, (fatal_defects >> kind & 1) != 0, is_refused_by_openssl(certificate, kind));
}

/* Extensions that OpenSSL decodes of each certificate that it checks
 * (ossl_x509v3_cache_extensions). The others it decodes when somebody asks for them, or checks
 * policies. */
static bool is_used_by_openssl(fv_extension_id id)
{
    return id == FV_EXT_SUBJECT_KEY_ID || id == FV_EXT_AUTHORITY_KEY_ID ||
           id == FV_EXT_CRL_DISTRIBUTION_POINTS || id == FV_EXT_NETSCAPE_CERT_TYPE ||
           id == FV_EXT_SUBJECT_ALT_NAME || id == FV_EXT_EXTENDED_KEY_USAGE ||
           id == FV_EXT_NAME_CONSTRAINTS || id == FV_EXT_BASIC_CONSTRAINTS ||
           id == FV_EXT_KEY_USAGE || is_resources(id);
}

static bool is_extension_refused(const fv_extension *extension)
{
    bool has_fault = is_resources(extension->id) ? extension->is_malformed : extension->faults != 0;
    return has_fault && is_used_by_openssl(extension->id);
}

/* Returns what OpenSSL refuses an extension for that is well encoded; NULL: nothing. It does not
 * know key identifiers as critical (X509_supported_extension), and takes no proxy certificates
 * unless it is asked to. RFC 5280 4.2.1.1, 4.2.1.2: CAs mark key identifiers as not critical. */
static const char *find_openssl_fault(const fv_extension *extension)
{
    if (extension->id == FV_EXT_PROXY_CERT_INFO)
        return "proxyCertInfo makes a proxy certificate of it (RFC 3820)";
    if (!extension->is_critical || extension->is_malformed)
        return NULL;
    if (extension->id == FV_EXT_AUTHORITY_KEY_ID)
        return "authorityKeyIdentifier is critical";
    return extension->id == FV_EXT_SUBJECT_KEY_ID ? "subjectKeyIdentifier is critical" : NULL;
}

static weight weigh_extension(const fv_sink *sink, const fv_extension *extension)
{
    bool is_refused = is_extension_refused(extension);
    if (extension->is_malformed)
        return weigh(sink, extension->is_critical || is_processed(extension->id), is_refused);
    if ((extension->faults | extension->slips) == 0)
        return WEIGHT_NONE;
    bool is_slip = ((extension->faults | extension->slips) & ~only_against_the_rules) == 0;
    return is_slip ? WEIGHT_WARNING : weigh(sink, false, is_refused);
}

/* Adds the remark for a defect with the weight `w`, be it of the encoding or of an extension. */
static fv_remark *add_defect(fv_sink *sink, weight w)
{
    if (w == WEIGHT_FATAL)
        return fv_sink_add(sink, FEDVAL_FINDING_CERT_MALFORMED);
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS);
    if (remark != NULL)
        remark->severity = w == WEIGHT_WARNING ? FEDVAL_SEVERITY_WARNING : FEDVAL_SEVERITY_ERROR;
    return remark;
}

static void add_consequence_text(fv_remark *remark, const char *consequence)
{
    if (remark != NULL && remark->code == FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS)
        fv_sink_param_kept(remark, "consequence", consequence);
}

static void add_consequence(fv_remark *remark, bool is_refused)
{
    add_consequence_text(remark,
                         is_refused ? "OpenSSL cannot use it" : "strict peers may refuse it");
}

/* "cRLDistributionPoints: a list or a name is empty, an entry is of no kind that exists" */
static void append_kinds(fv_buf *buf, const fv_extension *extension)
{
    uint64_t kinds = extension->faults | extension->slips;
    const char *before = ": ";
    fv_buf_append_text(buf, fv_extension_to_text(extension->id));
    for (unsigned kind = 0; kind < FV_DEFECT_NUM_KINDS; kind++) {
        if ((kinds >> kind & 1) == 0)
            continue;
        fv_buf_append_text(buf, before);
        fv_buf_append_text(buf, fv_defect_to_text((fv_defect_kind)kind));
        before = ", ";
    }
}

static void add_extension(fv_sink *sink, const fv_extension *extension, weight w)
{
    fv_buf reason;
    fv_remark *remark = add_defect(sink, w);
    if (remark == NULL)
        return;
    fv_buf_init(&reason);
    if (extension->is_malformed) {
        fv_buf_append_text(&reason, "the contents of ");
        fv_buf_append_text(&reason, fv_extension_to_text(extension->id));
        fv_buf_append_text(&reason, " cannot be read");
    } else {
        append_kinds(&reason, extension);
    }
    fv_sink_param_buf(sink, remark, "reason", &reason);
    add_consequence(remark, is_extension_refused(extension));
}

/* Adds a remark for each defect whose weight is from `least` to `most`, except for the kinds in
 * `forgiven`. */
static void judge_defects(fv_sink *sink, const fv_certificate *certificate, uint64_t forgiven,
                          weight least, weight most)
{
    uint64_t kinds = certificate->defects.kinds & ~forgiven;
    for (unsigned kind = 0; kind < FV_DEFECT_NUM_KINDS && kinds >> kind != 0; kind++) {
        weight w = (kinds >> kind & 1) == 0 ? WEIGHT_NONE : weigh_defect(sink, certificate, kind);
        if (w < least || w > most)
            continue;
        fv_remark *remark = add_defect(sink, w);
        fv_sink_param_kept(remark, "reason", fv_defect_to_text((fv_defect_kind)kind));
        if ((only_against_the_rules >> kind & 1) != 0)
            add_consequence_text(remark, "RFC 5280 does not allow it");
        else
            add_consequence(remark, is_refused_by_openssl(certificate, kind));
    }
    if ((certificate->defects.kinds &
         (BIT(FV_DEFECT_EXTENSION_VALUE) | BIT(FV_DEFECT_EXTENSION_CONTENTS))) == 0)
        return;
    for (size_t i = 0; i < certificate->num_extensions; i++) {
        weight w = weigh_extension(sink, &certificate->extensions[i]);
        if (w >= least && w <= most)
            add_extension(sink, &certificate->extensions[i], w);
    }
}

/* RFC 3779. Where the extension cannot be read at all, its contents are told instead. OpenSSL 3.0
 * refuses an end-entity certificate with lists that are not in canonical form; those of the CAs
 * above it count where it has some itself (path_rules.c). */
static void judge_resources(fv_sink *sink, const fv_resources *resources, const char *what,
                            weight wanted)
{
    const struct {
        const char *reason;
        weight weight;
    } rows[] = {{resources->fault, weigh(sink, false, sink->at.rung == 0)},
                {resources->slip, weigh(sink, false, false)}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fv_buf reason;
        fv_remark *remark =
            rows[i].reason == NULL || rows[i].weight != wanted ? NULL : add_defect(sink, wanted);
        if (remark == NULL)
            continue;
        fv_buf_init(&reason);
        fv_buf_append_text(&reason, what);
        fv_buf_append_text(&reason, ", which is for routers (RFC 3779): ");
        fv_buf_append_text(&reason, rows[i].reason);
        fv_sink_param_buf(sink, remark, "reason", &reason);
        add_consequence(remark, i == 0);
    }
}

/* Adds a remark for each extension that OpenSSL refuses, if its weight is `wanted`. */
static void judge_refused(fv_sink *sink, const fv_certificate *certificate, weight wanted)
{
    judge_resources(sink, &certificate->ip_resources, "ipAddrBlocks", wanted);
    judge_resources(sink, &certificate->as_resources, "autonomousSysIds", wanted);
    if (fv_sink_is_strict(sink) || weigh(sink, false, true) != wanted)
        return;
    for (size_t i = 0; i < certificate->num_extensions; i++) {
        const char *reason = find_openssl_fault(&certificate->extensions[i]);
        fv_remark *remark = reason == NULL ? NULL : add_defect(sink, wanted);
        fv_sink_param_kept(remark, "reason", reason);
        add_consequence(remark, true);
    }
}

void fv_trust_judge_encoding(fv_sink *sink, const fv_certificate *certificate, bool is_anchor)
{
    if (certificate->defects.kinds != 0) {
        judge_defects(sink, certificate, is_anchor ? forgiven_to_anchors : 0,
                      WEIGHT_REFUSED_BY_PEERS, WEIGHT_FATAL);
    }
    judge_refused(sink, certificate, WEIGHT_REFUSED_BY_PEERS);
    if (fv_sink_is_strict(sink)) {
        judge_resources(sink, &certificate->ip_resources, "ipAddrBlocks", WEIGHT_FATAL);
        judge_resources(sink, &certificate->as_resources, "autonomousSysIds", WEIGHT_FATAL);
    }
}

void fv_trust_judge_slips(fv_sink *sink, const fv_certificate *certificate)
{
    size_t faults = sink->num_faults;
    if (certificate->defects.kinds != 0)
        judge_defects(sink, certificate, 0, WEIGHT_WARNING, WEIGHT_WARNING);
    judge_refused(sink, certificate, WEIGHT_WARNING);
    sink->num_faults = faults;
}

void fv_trust_warn_of_bytes_behind(fv_sink *sink, const fv_certificate *anchor)
{
    size_t faults = sink->num_faults;
    if (!fv_defects_has(&anchor->defects, FV_DEFECT_BYTES_BEHIND))
        return;
    fv_remark *remark = add_defect(sink, WEIGHT_WARNING);
    fv_sink_param_kept(remark, "reason", fv_defect_to_text(FV_DEFECT_BYTES_BEHIND));
    fv_sink_param_kept(remark, "consequence", "they may be a root that was not read");
    sink->num_faults = faults;
}

void fv_trust_judge_critical_extensions(fv_sink *sink, const fv_certificate *certificate)
{
    for (size_t i = 0; i < certificate->num_extensions; i++) {
        const fv_extension *extension = &certificate->extensions[i];
        fv_remark *remark;
        fv_buf oid;
        if (!extension->is_critical || is_understood(sink, extension->id))
            continue;
        remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION);
        if (remark == NULL)
            continue;
        fv_buf_init(&oid);
        if (!fv_oid_append(&oid, extension->oid))
            fv_buf_append_text(&oid, "malformed");
        fv_sink_param_buf(sink, remark, "oid", &oid);
    }
}
