#include "drift/certificates.h"

#include "base/buf.h"
#include "base/calendar.h"

#include <string.h>

/* A text that one of the reports lacks is no difference. */
static bool is_same(const char *before, const char *now)
{
    return before == NULL || now == NULL || strcmp(before, now) == 0;
}

static bool is_same_time(int64_t before, int64_t now)
{
    return before == FV_TIME_UNKNOWN || now == FV_TIME_UNKNOWN || before == now;
}

static bool is_same_purposes(const fv_state_certificate *before, const fv_state_certificate *now)
{
    if (!before->has_purposes || !now->has_purposes)
        return true;
    bool is_same = before->num_purposes == now->num_purposes;
    for (size_t i = 0; is_same && i < now->num_purposes; i++)
        is_same = strcmp(before->purposes[i], now->purposes[i]) == 0;
    return is_same;
}

/* One that ends earlier is an older one that came back. */
static bool ends_no_earlier(const fv_state_certificate *before, const fv_state_certificate *now)
{
    return before->not_after == FV_TIME_UNKNOWN || now->not_after == FV_TIME_UNKNOWN ||
           before->not_after <= now->not_after;
}

bool fv_drift_is_renewed(const fv_state_certificate *before, const fv_state_certificate *now)
{
    return is_same(before->subject, now->subject) && is_same(before->names, now->names) &&
           is_same(before->issuer, now->issuer) && is_same_purposes(before, now) &&
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
    if (certificate->not_after != FV_TIME_UNKNOWN) {
        char end[FV_CALENDAR_TEXT_SIZE];
        fv_calendar_format(certificate->not_after, end);
        fv_buf_append_text(&buf, ", until ");
        fv_buf_append_text(&buf, end);
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

static const char *name_purpose(const char *oid)
{
    for (size_t i = 0; i < sizeof(purpose_words) / sizeof(purpose_words[0]); i++) {
        if (strcmp(purpose_words[i].oid, oid) == 0)
            return purpose_words[i].word;
    }
    return oid;
}

static const char *name_purposes(fedval_drift *drift, const fv_state_certificate *certificate)
{
    fv_buf buf;
    if (certificate->num_purposes == 0)
        return certificate->has_purposes ? "any purpose" : NULL;
    fv_buf_init(&buf);
    for (size_t i = 0; i < certificate->num_purposes; i++) {
        fv_buf_append_text(&buf, i > 0 ? ", " : "");
        fv_buf_append_text(&buf, name_purpose(certificate->purposes[i]));
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
           is_same(before->serial, now->serial) &&
           is_same_time(before->not_before, now->not_before) &&
           is_same_time(before->not_after, now->not_after);
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
    add(drift, FEDVAL_CHANGED_EKU, place, name_purposes(drift, before), name_purposes(drift, now));
}
