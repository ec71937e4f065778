/* The wide form of the first pass for x86-64 with AVX2: 32 bytes at a time. */
#include "logs/read/scan.h"

#include <immintrin.h>

#define WIDTH 32

typedef struct nibble_tables {
    __m256i low[FV_SCAN_MARKER_LEN];
    __m256i high[FV_SCAN_MARKER_LEN];
} nibble_tables;

bool fv_scan_has_wide(void)
{
    return __builtin_cpu_supports("avx2") != 0;
}

__attribute__((target("avx2"))) static inline __m256i load16_twice(const uint8_t *table)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
}

__attribute__((target("avx2"))) static void load_tables(const fv_scan *scan, nibble_tables *tables)
{
    for (size_t k = 0; k < FV_SCAN_MARKER_LEN; k++) {
        tables->low[k] = load16_twice(scan->low[k]);
        tables->high[k] = load16_twice(scan->high[k]);
    }
}

/* The low and the high nibbles of 32 bytes, which index the tables. */
typedef struct nibbles {
    __m256i low;
    __m256i high;
} nibbles;

__attribute__((target("avx2"))) static inline nibbles split(const uint8_t *at)
{
    const __m256i nibble = _mm256_set1_epi8(0x0f);
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)at);
    return (nibbles){_mm256_and_si256(bytes, nibble),
                     _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble)};
}

/* Returns for each of the 32 bytes the buckets in which it can be byte number `k` of a marker. */
__attribute__((target("avx2"))) static inline __m256i classify(const nibble_tables *tables,
                                                               nibbles bytes, size_t k)
{
    return _mm256_and_si256(_mm256_shuffle_epi8(tables->low[k], bytes.low),
                            _mm256_shuffle_epi8(tables->high[k], bytes.high));
}

/* Each byte replaced by the one `count` bytes earlier, which may be among the 32 bytes before. */
#define EARLIER(now, before, count)                                                                \
    _mm256_alignr_epi8((now), _mm256_permute2x128_si256((before), (now), 0x21), 16 - (count))

/* Tries the places whose bits are set in `places`: the last byte of a marker may be there. Returns
 * the start of the first real marker; `end` if there is none. */
static size_t first_marker(const fv_scan *scan, const uint8_t *data, size_t at, size_t end,
                           uint32_t places)
{
    for (; places != 0; places &= places - 1) {
        size_t start = at + (size_t)__builtin_ctz(places) - (FV_SCAN_MARKER_LEN - 1);
        if (fv_scan_buckets_at(scan, data + start) != 0 &&
            fv_scan_is_marker(scan, data, start, end))
            return start;
    }
    return end;
}

/* Looks once at each 32 bytes for the last byte of a marker; its first three bytes can be among the
 * 32 bytes before. */
__attribute__((target("avx2"))) size_t fv_scan_wide(const fv_scan *scan, const uint8_t *data,
                                                    size_t from, size_t end)
{
    nibble_tables tables;
    load_tables(scan, &tables);
    const __m256i zero = _mm256_setzero_si256();
    __m256i first = zero, second = zero, third = zero; /* nothing begins before from */
    size_t at = from;
    for (; end - at >= WIDTH; at += WIDTH) {
        nibbles bytes = split(data + at);
        __m256i new_first = classify(&tables, bytes, 0), new_second = classify(&tables, bytes, 1),
                new_third = classify(&tables, bytes, 2), buckets = classify(&tables, bytes, 3);
        buckets = _mm256_and_si256(buckets, EARLIER(new_first, first, 3));
        buckets = _mm256_and_si256(buckets, EARLIER(new_second, second, 2));
        buckets = _mm256_and_si256(buckets, EARLIER(new_third, third, 1));
        first = new_first;
        second = new_second;
        third = new_third;
        uint32_t none = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, zero));
        if (none == UINT32_MAX)
            continue;
        size_t found = first_marker(scan, data, at, end, ~none);
        if (found != end)
            return found;
    }
    return at - from >= FV_SCAN_MARKER_LEN ? at - (FV_SCAN_MARKER_LEN - 1) : from;
}
