#include "logs/read/scan.h"

#include <string.h>

#define WORTH_WIDENING 64 /* below this many bytes, the byte by byte search is faster */

void fv_scan_init(fv_scan *scan)
{
    memset(scan, 0, sizeof(*scan));
    fv_scan_allow_markers(scan);
    scan->wide = fv_scan_has_wide();
}

size_t fv_scan_next(const fv_scan *scan, const uint8_t *data, size_t from, size_t end)
{
    while (from < end && end - from >= FV_SCAN_MARKER_LEN) {
        if (scan->wide && end - from >= WORTH_WIDENING)
            from = fv_scan_wide(scan, data, from, end);
        if (end - from < FV_SCAN_MARKER_LEN)
            break;
        if (fv_scan_is_marker(scan, data, from, end))
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

#define STRETCH (64 * sizeof(lanes)) /* more than 255 rounds could overflow a lane (a byte) */

/* Counts the LFs of a stretch. Returns false if it holds a CR, which few logs do. */
static bool count_stretch(const uint8_t *data, size_t *sum)
{
    lanes counts = {0}, returns = {0};
    for (size_t i = 0; i < STRETCH; i += sizeof(lanes)) {
        lanes here;
        memcpy(&here, data + i, sizeof(here));
        /* A comparison gives 0 or 0xff, which is -1: subtracting it adds one. */
        counts -= (lanes)(here == '\n');
        returns |= (lanes)(here == '\r');
    }
    if (add_lanes(returns) > 0)
        return false;
    *sum += add_lanes(counts);
    return true;
}

/* Counts 16 bytes at a time, and adds up the lanes before one can overflow. */
static size_t count_wide(const uint8_t *data, size_t *from, size_t end)
{
    size_t sum = 0;
    while (end - *from > sizeof(lanes)) {
        lanes counts = {0};
        if (end - *from >= STRETCH && count_stretch(data + *from, &sum)) {
            *from += STRETCH;
            continue;
        }
        for (int i = 0; i < 255 && end - *from > sizeof(lanes); i++) {
            lanes here, next;
            memcpy(&here, data + *from, sizeof(here));
            memcpy(&next, data + *from + 1, sizeof(next));
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
