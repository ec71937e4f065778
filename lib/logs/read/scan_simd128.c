/* The wide form of the first pass for WebAssembly with 128-bit SIMD: 16 bytes at a time. */
#include "logs/read/scan.h"

#include <wasm_simd128.h>

#define WIDTH 16

typedef struct nibble_tables {
    v128_t low[FV_SCAN_MARKER_LEN];
    v128_t high[FV_SCAN_MARKER_LEN];
} nibble_tables;

bool fv_scan_has_wide(void)
{
    return true;
}

static void load_tables(const fv_scan *scan, nibble_tables *tables)
{
    for (size_t k = 0; k < FV_SCAN_MARKER_LEN; k++) {
        tables->low[k] = wasm_v128_load(scan->low[k]);
        tables->high[k] = wasm_v128_load(scan->high[k]);
    }
}

/* The low and the high nibbles of 16 bytes, which index the tables. */
typedef struct nibbles {
    v128_t low;
    v128_t high;
} nibbles;

static inline nibbles split(const uint8_t *at)
{
    v128_t bytes = wasm_v128_load(at);
    return (nibbles){wasm_v128_and(bytes, wasm_u8x16_splat(0x0f)), wasm_u8x16_shr(bytes, 4)};
}

/* Returns for each of the 16 bytes the buckets in which it can be byte number `k` of a marker. */
static inline v128_t classify(const nibble_tables *tables, nibbles bytes, size_t k)
{
    return wasm_v128_and(wasm_i8x16_swizzle(tables->low[k], bytes.low),
                         wasm_i8x16_swizzle(tables->high[k], bytes.high));
}

/* Each byte replaced by the one 1, 2 or 3 bytes earlier, which may be among the 16 bytes before. */
static inline v128_t earlier_by_1(v128_t now, v128_t before)
{
    return wasm_i8x16_shuffle(before, now, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                              29, 30);
}

static inline v128_t earlier_by_2(v128_t now, v128_t before)
{
    return wasm_i8x16_shuffle(before, now, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                              28, 29);
}

static inline v128_t earlier_by_3(v128_t now, v128_t before)
{
    return wasm_i8x16_shuffle(before, now, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
                              27, 28);
}

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

/* Looks once at each 16 bytes for the last byte of a marker; its first three bytes can be among the
 * 16 bytes before. */
size_t fv_scan_wide(const fv_scan *scan, const uint8_t *data, size_t from, size_t end)
{
    nibble_tables tables;
    load_tables(scan, &tables);
    const v128_t zero = wasm_u8x16_splat(0);
    v128_t first = zero, second = zero, third = zero; /* nothing begins before from */
    size_t at = from;
    for (; end - at >= WIDTH; at += WIDTH) {
        nibbles bytes = split(data + at);
        v128_t new_first = classify(&tables, bytes, 0), new_second = classify(&tables, bytes, 1),
               new_third = classify(&tables, bytes, 2), buckets = classify(&tables, bytes, 3);
        buckets = wasm_v128_and(buckets, earlier_by_3(new_first, first));
        buckets = wasm_v128_and(buckets, earlier_by_2(new_second, second));
        buckets = wasm_v128_and(buckets, earlier_by_1(new_third, third));
        first = new_first;
        second = new_second;
        third = new_third;
        if (!wasm_v128_any_true(buckets))
            continue;
        uint32_t places = (uint32_t)wasm_i8x16_bitmask(wasm_i8x16_ne(buckets, zero));
        size_t found = first_marker(scan, data, at, end, places);
        if (found != end)
            return found;
    }
    return at - from >= FV_SCAN_MARKER_LEN ? at - (FV_SCAN_MARKER_LEN - 1) : from;
}
