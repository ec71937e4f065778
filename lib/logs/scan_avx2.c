/* The wide form of the first pass for x86-64 with AVX2: 32 bytes at a time. */
#include "logs/scan.h"

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

/* The buckets of which the k-th byte can be here, for each of 32 places. */
__attribute__((target("avx2"))) static inline __m256i classify(const nibble_tables *tables,
                                                               const uint8_t *at, size_t k)
{
    const __m256i nibble = _mm256_set1_epi8(0x0f);
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(at + k));
    __m256i low = _mm256_and_si256(bytes, nibble);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    return _mm256_and_si256(_mm256_shuffle_epi8(tables->low[k], low),
                            _mm256_shuffle_epi8(tables->high[k], high));
}

__attribute__((target("avx2"))) static inline __m256i candidates(const nibble_tables *tables,
                                                                 const uint8_t *at)
{
    return _mm256_and_si256(_mm256_and_si256(classify(tables, at, 0), classify(tables, at, 1)),
                            _mm256_and_si256(classify(tables, at, 2), classify(tables, at, 3)));
}

/* The first place of 32 that the whole bytes let pass too; WIDTH when there is none. */
static size_t first_exact(const fv_scan *scan, const uint8_t *at, uint32_t places)
{
    for (; places != 0; places &= places - 1) {
        size_t i = (size_t)__builtin_ctz(places);
        if (fv_scan_buckets_at(scan, at + i) != 0)
            return i;
    }
    return WIDTH;
}

__attribute__((target("avx2"))) size_t fv_scan_wide(const fv_scan *scan, const uint8_t *data,
                                                    size_t from, size_t end)
{
    nibble_tables tables;
    load_tables(scan, &tables);
    const __m256i zero = _mm256_setzero_si256();
    while (end - from >= WIDTH + FV_SCAN_MARKER_LEN - 1) {
        __m256i buckets = candidates(&tables, data + from);
        uint32_t none = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(buckets, zero));
        size_t found = none == UINT32_MAX ? WIDTH : first_exact(scan, data + from, ~none);
        from += found;
        if (found != WIDTH)
            break;
    }
    return from;
}
