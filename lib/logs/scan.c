#include "logs/scan.h"

#include "base/text.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ANY '\0' /* as the last byte of a marker: whatever stands there */

typedef struct marker {
    char bytes[FV_SCAN_MARKER_LEN + 1]; /* lower case */
    uint8_t bucket;                     /* markers that begin alike share one */
} marker;

/* Which markers share a bucket was searched for: such that in logs without faults the nibbles of
 * one seldom let the others' neighbours pass. It changes the speed alone. */
static const marker markers[] = {
    {"diag", 3},                  /* ms-diagnostics, TF_DIAG, Diagnosis: ErrorCode */
    {"nost", 2},                  /* the same */
    {{'5', '0', '4', ANY, 0}, 5}, /* SIP/2.0 504 */
    {"ime-", 7},                  /* Server time-out */
    {"er t", 3},                  /* the same */
    {"forb", 1},                  /* 403 Forbidden */
    {"c3e9", 0},                  /* 0xc3e9.... */
    {"ppro", 7},                  /* SIPPROXY_E_ */
    {"sult", 1},                  /* Result-Code */
    {"fede", 4},                  /* _sipfederationtls, federated partner */
    {"rate", 3},                  /* the same */
    {"egot", 3},                  /* TLS Negotiation Error */
    {"tiat", 7},                  /* the same */
    {"rtif", 2},                  /* certificate */
    {"fica", 6},                  /* the same */
    {"fail", 2},                  /* TCP Connection Failed, handshake failed */
    {"iled", 3},                  /* the same */
    {"n fa", 0},                  /* the same */
    {"k.dn", 4},                  /* network.dns */
    {"quer", 7},                  /* Sending DNS query */
    {"olve", 6},                  /* Resolved */
    {"ntdo", 2},                  /* Idle countdown expired */
    {"idle", 1},                  /* the same */
    {"lert", 1},                  /* alert unknown ca */
    {"unac", 3},                  /* identity was unacceptable */
    {"0x80", 4},                  /* an HRESULT */
    {"rorc", 5},                  /* ErrorCode= */
};

static bool is_spacing(uint8_t c)
{
    return fv_ascii_is_space((char)c) || c == '_' || c == 0xc2 || c == 0xa0;
}

/* "504" counts after "2.0" alone: numbers and random identifiers are full of it. */
static bool follows_sip_version(const uint8_t *data, size_t at)
{
    size_t skipped = 0;
    while (at > 0 && skipped < 8 && is_spacing(data[at - 1])) {
        at--;
        skipped++;
    }
    return skipped > 0 && at >= 3 && memcmp(data + at - 3, "2.0", 3) == 0;
}

/* Common words that hold a marker by chance, each with what stands around it. */
static bool is_common_word(const marker *found, const uint8_t *data, size_t at, size_t end)
{
    const char *bytes = found->bytes;
    if (bytes[0] == '5')
        return !follows_sip_version(data, at);
    if (memcmp(bytes, "rate", 4) == 0) /* "federated": not bitrate, sample rate, integrate */
        return at == 0 || (data[at - 1] != 'e' && !fv_ascii_is_space((char)data[at - 1])) ||
               at + 4 >= end || data[at + 4] != 'd';
    if (memcmp(bytes, "ime-", 4) == 0)
        return at + 4 < end && fv_ascii_lower((char)data[at + 4]) != 'o';
    if (memcmp(bytes, "er t", 4) == 0)
        return at < 4 || fv_ascii_lower((char)data[at - 1]) != 'v';
    if (memcmp(bytes, "sult", 4) == 0)
        return at + 4 < end && data[at + 4] != '-';
    if (memcmp(bytes, "quer", 4) == 0)
        return at + 4 < end && fv_ascii_lower((char)data[at + 4]) != 'y';
    return false;
}

static bool marker_is_at(const marker *wanted, const uint8_t *data, size_t at)
{
    for (size_t k = 0; k < FV_SCAN_MARKER_LEN; k++)
        if (wanted->bytes[k] != ANY && fv_ascii_lower((char)data[at + k]) != wanted->bytes[k])
            return false;
    return true;
}

static bool is_worth_reading(const uint8_t *data, size_t at, size_t end, uint32_t buckets)
{
    for (size_t i = 0; i < COUNT(markers); i++)
        if ((buckets >> markers[i].bucket & 1) != 0 && marker_is_at(&markers[i], data, at) &&
            !is_common_word(&markers[i], data, at, end))
            return true;
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
        for (unsigned byte = 0; byte < 256; byte++)
            if (c == ANY || fv_ascii_lower((char)byte) == c)
                allow_byte(scan, k, added->bucket, (uint8_t)byte);
    }
}

void fv_scan_init(fv_scan *scan)
{
    memset(scan, 0, sizeof(*scan));
    for (size_t i = 0; i < COUNT(markers); i++)
        allow_marker(scan, &markers[i]);
    scan->wide = fv_scan_has_wide();
}

size_t fv_scan_next(const fv_scan *scan, const uint8_t *data, size_t from, size_t end)
{
    while (from < end && end - from >= FV_SCAN_MARKER_LEN) {
        if (scan->wide)
            from = fv_scan_wide(scan, data, from, end);
        if (end - from < FV_SCAN_MARKER_LEN)
            break;
        uint32_t buckets = fv_scan_buckets_at(scan, data + from);
        if (buckets != 0 && is_worth_reading(data, from, end, buckets))
            return from;
        from++;
    }
    return end;
}

typedef uint8_t lanes __attribute__((vector_size(16)));

static size_t add_lanes(lanes counts)
{
    size_t sum = 0;
    for (size_t i = 0; i < sizeof(lanes); i++)
        sum += counts[i];
    return sum;
}

/* Sixteen at a time; a lane is a byte, so it is emptied before it can overflow. */
static size_t count_wide(const uint8_t *data, size_t *from, size_t end)
{
    size_t sum = 0;
    while (end - *from > sizeof(lanes)) {
        lanes counts = {0};
        for (int i = 0; i < 255 && end - *from > sizeof(lanes); i++) {
            lanes here, next;
            memcpy(&here, data + *from, sizeof(here));
            memcpy(&next, data + *from + 1, sizeof(next));
            /* A comparison gives 0 or 0xff: taking it away adds one. */
            counts -= (lanes)((here == '\n') | ((here == '\r') & (next != '\n')));
            *from += sizeof(lanes);
        }
        sum += add_lanes(counts);
    }
    return sum;
}

size_t fv_scan_count_lines(const uint8_t *data, size_t from, size_t end, bool at_end)
{
    size_t sum = count_wide(data, &from, end);
    for (; from < end; from++) {
        bool last = from + 1 == end;
        if (data[from] == '\n' || (data[from] == '\r' && (last ? at_end : data[from + 1] != '\n')))
            sum++;
    }
    return sum;
}
