/* The markers that the first pass looks for, and the test whether one that was found counts. */
#include "logs/read/scan.h"

#include "base/text.h"
#include "logs/read/spacing.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ANY '\0' /* as the last byte of a marker: any byte */

typedef struct marker {
    char bytes[FV_SCAN_MARKER_LEN + 1]; /* lower case */
    uint8_t bucket;
    /* The characters allowed before and after the marker; NULL allows any. A line end is always
     * allowed, and ' ' allows every kind of blank. */
    const char *before;
    const char *after;
} marker;

/* The buckets were found by a search (simulated annealing over healthy logs and prose): they give
 * few false hits, one in 800 bytes. What shares a bucket with "504?" and "2.0 " matters most. They
 * change the speed, never the result. */
static const marker markers[] = {
    {"diag", 6, NULL, "n)"},                 /* ms-diagnostics, TF_DIAG, Diagnosis: ErrorCode */
    {"nost", 6, "g", "i"},                   /* the same */
    {{'5', '0', '4', ANY, 0}, 1, " ", NULL}, /* SIP/2.0 504 */
    {"2.0 ", 5, "/", "123456"},              /* SIP/2.0 200: each answer, to be counted */
    {"2.0_", 5, "/", "456"},                 /* SIP/2.0_404, as some pages write it */
    {"2.0\xc2", 5, "/", NULL},               /* the same with a no-break space */
    {"504,", 1, "=", NULL},                  /* Response Code=504 */
    {"=504", 3, "e", NULL},                  /* the same */
    {"de=5", 0, "o", "0"},                   /* the same */
    {"504)", 1, "(", NULL},                  /* (504) Server Timeout */
    {"ime-", 6, "t", "o"},                   /* Server time-out */
    {"er t", 3, "v", "i"},                   /* the same */
    {"forb", 2, NULL, "i"},                  /* 403 Forbidden */
    {"c3e9", 0, "x", NULL},                  /* 0xc3e9.... */
    {"ppro", 2, "i", "x"},                   /* SIPPROXY_E_ */
    {"sult", 0, "e", "-"},                   /* Result-Code */
    {"fede", 4, NULL, "r"},                  /* _sipfederationtls, federated partner */
    {"rate", 5, "e", "d"},                   /* the same */
    {"egot", 3, "n", "i"},                   /* TLS Negotiation Error */
    {"tiat", 6, "o", "i"},                   /* the same */
    {"rtif", 5, "e", "i"},                   /* certificate */
    {"fica", 6, "i", "t"},                   /* the same */
    {"fail", 4, NULL, "eu"},                 /* TCP Connection Failed, handshake failed */
    {"iled", 6, "a", NULL},                  /* the same */
    {"n fa", 4, "o", "i"},                   /* the same */
    {"k.dn", 7, "r", "s"},                   /* network.dns */
    {"quer", 0, " ", "y"},                   /* Sending DNS query */
    {"olve", 2, "s", NULL},                  /* Resolved */
    {"ntdo", 7, "u", "w"},                   /* Idle countdown expired */
    {"idle", 4, NULL, " "},                  /* the same */
    {"lert", 3, "a", " "},                   /* alert unknown ca */
    {"unac", 7, " ", "c"},                   /* identity was unacceptable */
    {"0x80", 2, NULL, NULL},                 /* an HRESULT */
    {"rorc", 2, "r", "o"},                   /* ErrorCode= */
    {"l re", 3, "l", "j"},                   /* Call Rejected */
    {"ject", 7, "e", "e"},                   /* the same */
    {"l co", 3, "l", "n"},                   /* Call Connected */
    {"l an", 3, "l", "s"},                   /* Call Answered */
    {"shak", 5, "d", "e"},                   /* handshake error */
    {"hand", 7, NULL, "s"},                  /* the same */
    {"sser", 0, "a", "t"},                   /* P-Asserted-Identity */
    {"ccap", 2, "u", "i"},                   /* User-Agent: UCCAPI/16.0 */
    {"api/", 1, "c", NULL},                  /* the same */
    {"rtcc", 2, " :", "/"},                  /* User-Agent: RTCC/7.0 */
    {"tcc/", 1, "r", NULL},                  /* the same */
    {"ync/", 2, "l", NULL},                  /* User-Agent: AndroidLync/6.0 */
    {"phon", 2, "ic", "e"},                  /* User-Agent: OCPhone/4.0 */
    {"hann", 7, "c", "e"},                   /* Schannel */
    {"iphe", 7, "c", "r"},                   /* none of the cipher suites */
};

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '_' || c == 0xc2 || c == 0xa0;
}

/* "504" counts only after "2.0", because numbers and random identifiers often contain it. */
static bool follows_sip_version(const uint8_t *data, size_t at)
{
    size_t skipped = 0;
    while (at > 0 && skipped < 8 && (is_blank(data[at - 1]) || fv_is_line_end(data[at - 1]))) {
        at--;
        skipped++;
    }
    return skipped > 0 && at >= 3 && memcmp(data + at - 3, "2.0", 3) == 0;
}

static bool may_stand(const char *allowed, uint8_t c)
{
    if (allowed == NULL || fv_is_line_end(c))
        return true;
    if (is_blank(c))
        return strchr(allowed, ' ') != NULL;
    return c != 0 && strchr(allowed, fv_ascii_lower((char)c)) != NULL;
}

/* Whether the neighbours fit the word: other words and random identifiers contain markers by
 * chance. */
static bool is_in_its_word(const marker *found, const uint8_t *data, size_t at, size_t end)
{
    size_t after = at + FV_SCAN_MARKER_LEN;
    if (found->bytes[FV_SCAN_MARKER_LEN - 1] == ANY)
        return follows_sip_version(data, at);
    if (at > 0 && !may_stand(found->before, data[at - 1]))
        return false;
    /* A hyphen at a line end: the word was broken there. */
    if (after + 1 < end && data[after] == '-' && fv_is_line_end(data[after + 1]))
        return true;
    return after >= end || may_stand(found->after, data[after]);
}

static bool marker_is_at(const marker *wanted, const uint8_t *data, size_t at)
{
    for (size_t k = 0; k < FV_SCAN_MARKER_LEN; k++) {
        if (wanted->bytes[k] != ANY && fv_ascii_lower((char)data[at + k]) != wanted->bytes[k])
            return false;
    }
    return true;
}

/* Below 400 nothing failed; and challenges (401, 407) and the like are part of normal calls. */
static bool is_of_interest(uint32_t status)
{
    return status >= 400 && status != 401 && status != 407 && status != 481 && status != 487 &&
           status != 491;
}

size_t fv_scan_place(const uint8_t *data, size_t at, size_t end)
{
    return end - at > 4 && memcmp(data + at, "2.0", 3) == 0 && is_blank(data[at + 3]) ? at + 4 : at;
}

#define HEADERS_MAX 3000 /* CSeq is among the headers, so it is not farther away */

static size_t skip_number(const uint8_t *data, size_t at, size_t end)
{
    while (at < end && (is_blank(data[at]) || data[at] == ':' || fv_ascii_is_digit((char)data[at])))
        at++;
    return at;
}

static bool has_word(const uint8_t *data, size_t at, size_t end, const char *word)
{
    size_t len = strlen(word);
    return at <= end && end - at >= len &&
           fv_text_equal_nocase((fv_text){(const char *)data + at, len}, fv_text_of(word));
}

bool fv_scan_is_set_up(const uint8_t *data, size_t at, size_t end)
{
    if (!has_word(data, at, end, "2.0 200"))
        return false;
    if (end - at > HEADERS_MAX)
        end = at + HEADERS_MAX;
    /* The letter q is seldom, so it is looked for first. */
    for (const uint8_t *found = data + at + 2; found < data + end; found++) {
        found = memchr(found, 'q', (size_t)(data + end - found));
        if (found == NULL)
            return false;
        size_t here = (size_t)(found - data);
        if (has_word(data, here - 3, end, "CSeq"))
            return has_word(data, skip_number(data, here + 1, end), end, "INVITE");
    }
    return false;
}

uint32_t fv_scan_passing_status(const uint8_t *data, size_t at, size_t end)
{
    uint32_t status = 0;
    if (end - at < 8 || memcmp(data + at, "2.0 ", 4) != 0 || at == 0 || data[at - 1] != '/')
        return 0;
    for (size_t i = at + 4; i < at + 7; i++) {
        if (!fv_ascii_is_digit((char)data[i]))
            return 0;
        status = 10 * status + (uint32_t)(data[i] - '0');
    }
    bool is_read = fv_ascii_is_digit((char)data[at + 7]) || is_of_interest(status) ||
                   fv_scan_is_set_up(data, at, end);
    return is_read ? 0 : status;
}

bool fv_scan_is_marker(const fv_scan *scan, const uint8_t *data, size_t at, size_t end)
{
    uint32_t buckets = fv_scan_buckets_at(scan, data + at);
    for (size_t i = 0; buckets != 0 && i < COUNT(markers); i++) {
        if ((buckets >> markers[i].bucket & 1) != 0 && marker_is_at(&markers[i], data, at) &&
            is_in_its_word(&markers[i], data, at, end))
            return true;
    }
    return false;
}

static void allow_byte(fv_scan *scan, size_t k, uint8_t bucket, uint8_t byte)
{
    uint8_t bit = (uint8_t)(1u << bucket);
    scan->exact[byte] |= (uint32_t)bit << (8 * k);
    scan->low[k][byte & 15] |= bit;
    scan->high[k][byte >> 4] |= bit;
}

static void allow_marker(fv_scan *scan, const marker *added)
{
    for (size_t k = 0; k < FV_SCAN_MARKER_LEN; k++) {
        char c = added->bytes[k];
        for (unsigned byte = 0; byte < 256; byte++) {
            if (c == ANY || fv_ascii_lower((char)byte) == c)
                allow_byte(scan, k, added->bucket, (uint8_t)byte);
        }
    }
}

void fv_scan_allow_markers(fv_scan *scan)
{
    for (size_t i = 0; i < COUNT(markers); i++)
        allow_marker(scan, &markers[i]);
}
