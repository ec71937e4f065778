/* Many pairs in one call: each gets what it gets alone, and offsets that leave the text are
 * refused. */
#include "fuzz.h"

#include "fedval/name.h"

#include <stdbool.h>
#include <stdlib.h>

enum { MAX_PAIRS = 16, NUM_OFFSETS = 2 * MAX_PAIRS + 1, HEAD = 1 + NUM_OFFSETS };

static bool is_in_order(const uint32_t *offsets, size_t num_pairs, size_t text_len)
{
    for (size_t i = 0; i < 2 * num_pairs; i++) {
        if (offsets[i] > offsets[i + 1])
            return false;
    }
    /* Without pairs no offset is read. */
    return num_pairs == 0 || offsets[2 * num_pairs] <= text_len;
}

static void check_each(const char *text, const uint32_t *offsets, size_t num_pairs,
                       const uint32_t *matches)
{
    for (size_t i = 0; i < num_pairs; i++) {
        const uint32_t *at = offsets + 2 * i;
        uint32_t alone = fedval_srv_match(text + at[0], at[1] - at[0], text + at[1], at[2] - at[1]);
        if (matches[i] != alone)
            abort();
    }
}

/* The first byte says how many pairs there are, and whether each of the next bytes is an offset or
 * the length of a name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t offsets[NUM_OFFSETS] = {0}, matches[MAX_PAIRS] = {0};
    if (size < HEAD)
        return 0;
    size_t num_pairs = data[0] % (MAX_PAIRS + 1), text_len = size - HEAD;
    const char *text = (const char *)data + HEAD;
    bool is_length = data[0] >= 128;
    for (size_t i = 0; i <= 2 * num_pairs; i++)
        offsets[i] = data[1 + i] + (is_length && i > 0 ? offsets[i - 1] : 0);
    fedval_status status = fedval_srv_match_batch(text, text_len, offsets, num_pairs, matches);
    if ((status == FEDVAL_OK) != is_in_order(offsets, num_pairs, text_len))
        abort();
    if (status == FEDVAL_OK)
        check_each(text, offsets, num_pairs, matches);
    return 0;
}
