#include "drift/certificates.h"

#include "base/buf.h"

#include <string.h>

/* A text that one of the reports lacks is no difference. */
static bool is_same(const char *before, const char *now)
{
    return before == NULL || now == NULL || strcmp(before, now) == 0;
}

/* One that ends earlier is an older one that came back. Times are ISO 8601: their order is that of
 * their letters. */
static bool ends_no_earlier(const fv_state_certificate *before, const fv_state_certificate *now)
{
    return before->not_after == NULL || now->not_after == NULL ||
           strcmp(before->not_after, now->not_after) <= 0;
}

bool fv_drift_is_renewed(const fv_state_certificate *before, const fv_state_certificate *now)
{
    return is_same(before->subject, now->subject) && is_same(before->names, now->names) &&
           is_same(before->issuer, now->issuer) && is_same(before->purposes, now->purposes) &&
           ends_no_earlier(before, now);
}

/* Describes a certificate, such as "CN=expe.example.com, serial 0a1b, until
 * 2027-03-01T00:00:00Z". */
static const char *describe(fedval_drift *drift, const fv_state_certificate *certificate)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, certificate->subject == NULL ? "unknown" : certificate->subject);
    if (certificate->serial != NULL) {
        fv_buf_append_text(&buf, ", serial ");
        fv_buf_append_text(&buf, certificate->serial);
    }
    if (certificate->not_after != NULL) {
        fv_buf_append_text(&buf, ", until ");
        fv_buf_append_text(&buf, certificate->not_after);
    }
    const char *text = buf.failed ? NULL : fv_arena_copy_text(&drift->arena, buf.data, buf.len);
    drift->failed |= text == NULL;
    fv_buf_clear(&buf);
    return text;
}

/* The purposes that have a name for people. */
static const struct {
    const char *oid, *word;
} purpose_words[] = {
    {"1.3.6.1.5.5.7.3.1", "serverAuth"},
    {"1.3.6.1.5.5.7.3.2", "clientAuth"},
    {"2.5.29.37.0", "anyExtendedKeyUsage"},
};

static void append_purpose(fv_buf *buf, const char *oid, size_t oid_len)
{
    for (size_t i = 0; i < sizeof(purpose_words) / sizeof(purpose_words[0]); i++) {
        if (strlen(purpose_words[i].oid) == oid_len &&
            memcmp(purpose_words[i].oid, oid, oid_len) == 0) {
            fv_buf_append_text(buf, purpose_words[i].word);
            return;
        }
    }
    fv_buf_append(buf, oid, oid_len);
}

static const char *name_purposes(fedval_drift *drift, const char *purposes)
{
    fv_buf buf;
    if (purposes == NULL || purposes[0] == '\0')
        return purposes == NULL ? NULL : "any purpose";
    fv_buf_init(&buf);
    for (const char *at = purposes; *at != '\0';) {
        size_t len = strcspn(at, ",");
        append_purpose(&buf, at, len);
        at += len;
        size_t gap = strspn(at, ", ");
        fv_buf_append(&buf, at, gap);
        at += gap;
    }
    const char *text = buf.failed ? NULL : fv_arena_copy_text(&drift->arena, buf.data, buf.len);
    drift->failed |= text == NULL;
    fv_buf_clear(&buf);
    return text;
}

static void add(fedval_drift *drift, uint32_t what, const fv_state_thing *place, const char *before,
                const char *now)
{
    if (is_same(before, now))
        return;
    fv_drift_add(drift, &(fv_drift_item){.what = what,
                                         .effect = FEDVAL_CHANGE_OTHER,
                                         .place = place->place,
                                         .role = place->role,
                                         .before = before,
                                         .now = now});
}

/* Without both hashes, the other texts decide. */
static bool is_same_certificate(const fv_state_certificate *before, const fv_state_certificate *now)
{
    if (before->sha256 != NULL && now->sha256 != NULL)
        return strcmp(before->sha256, now->sha256) == 0;
    return is_same(before->subject, now->subject) && is_same(before->issuer, now->issuer) &&
           is_same(before->serial, now->serial) && is_same(before->not_before, now->not_before) &&
           is_same(before->not_after, now->not_after);
}

void fv_drift_add_certificates(fedval_drift *drift, const fv_state_thing *place,
                               const fv_state_certificate *before, const fv_state_certificate *now)
{
    if (!is_same_certificate(before, now)) {
        fv_drift_add(drift, &(fv_drift_item){.what = FEDVAL_CHANGED_CERTIFICATE,
                                             .effect = FEDVAL_CHANGE_OTHER,
                                             .place = place->place,
                                             .role = place->role,
                                             .before = describe(drift, before),
                                             .now = describe(drift, now),
                                             .is_renewal = fv_drift_is_renewed(before, now)});
    }
    add(drift, FEDVAL_CHANGED_NAMES, place, before->names, now->names);
    if (!is_same(before->issuer, now->issuer))
        add(drift, FEDVAL_CHANGED_ISSUER, place, before->issuer, now->issuer);
    else
        add(drift, FEDVAL_CHANGED_ISSUER, place, before->path, now->path);
    add(drift, FEDVAL_CHANGED_EKU, place, name_purposes(drift, before->purposes),
        name_purposes(drift, now->purposes));
}
