/* The order in which clients try SRV records: the Microsoft Edge's, and that of RFC 2782. */
#include "fedval/name.h"

#include <stdbool.h>
#include <string.h>

typedef struct srv_set {
    const uint16_t *priorities;
    const uint16_t *weights;
} srv_set;

typedef bool (*is_before_fn)(const srv_set *set, uint32_t a, uint32_t b);

/* The Edge takes the lowest priority first, then the highest weight, then the record that came
 * first. */
static bool is_before_at_edge(const srv_set *set, uint32_t a, uint32_t b)
{
    if (set->priorities[a] != set->priorities[b])
        return set->priorities[a] < set->priorities[b];
    if (set->weights[a] != set->weights[b])
        return set->weights[a] > set->weights[b];
    return a < b;
}

/* RFC 2782: "all those with weight 0 are placed at the beginning of the list". */
static bool is_before_the_draw(const srv_set *set, uint32_t a, uint32_t b)
{
    if (set->priorities[a] != set->priorities[b])
        return set->priorities[a] < set->priorities[b];
    if ((set->weights[a] == 0) != (set->weights[b] == 0))
        return set->weights[a] == 0;
    return a < b;
}

static void sink(const srv_set *set, is_before_fn is_before, uint32_t *heap, size_t at, size_t num)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= num)
            return;
        if (child + 1 < num && is_before(set, heap[child], heap[child + 1]))
            child++;
        if (!is_before(set, heap[at], heap[child]))
            return;
        uint32_t held = heap[at];
        heap[at] = heap[child];
        heap[child] = held;
        at = child;
    }
}

/* A heap sort, because qsort hands no context to its comparison, and because this function
 * allocates nothing. */
static void sort(const srv_set *set, is_before_fn is_before, uint32_t *order, size_t num)
{
    for (size_t i = 0; i < num; i++)
        order[i] = (uint32_t)i;
    for (size_t i = num / 2; i-- > 0;)
        sink(set, is_before, order, i, num);
    for (size_t left = num; left-- > 1;) {
        uint32_t last = order[left];
        order[left] = order[0];
        order[0] = last;
        sink(set, is_before, order, 0, left);
    }
}

static size_t count_preferred(const srv_set *set, const uint32_t *order, size_t num)
{
    size_t count = 0;

    while (count < num && set->priorities[order[count]] == set->priorities[order[0]] &&
           set->weights[order[count]] == set->weights[order[0]])
        count++;
    return count;
}

static fedval_status check(const srv_set *set, size_t num_records, const uint32_t *out_order)
{
    if (num_records > FEDVAL_SRV_MAX_RECORDS)
        return FEDVAL_ERROR_LIMIT;
    if (num_records > 0 && (set->priorities == NULL || set->weights == NULL || out_order == NULL))
        return FEDVAL_ERROR_ARGUMENT;
    return FEDVAL_OK;
}

fedval_status fedval_srv_order_edge(const uint16_t *priorities, const uint16_t *weights,
                                    size_t num_records, uint32_t *out_order,
                                    size_t *out_num_preferred)
{
    const srv_set set = {priorities, weights};
    fedval_status status = check(&set, num_records, out_order);

    if (status != FEDVAL_OK)
        return status;
    sort(&set, is_before_at_edge, out_order, num_records);
    if (out_num_preferred != NULL)
        *out_num_preferred = count_preferred(&set, out_order, num_records);
    return FEDVAL_OK;
}

static size_t count_same_priority(const srv_set *set, const uint32_t *order, size_t num)
{
    size_t count = 1;

    while (count < num && set->priorities[order[count]] == set->priorities[order[0]])
        count++;
    return count;
}

/* RFC 2782: the "running sum value ... is the first in the selected order which is greater than or
 * equal to the random number selected". That number lies between 0 and the sum of all weights, both
 * included. */
static size_t draw(const srv_set *set, const uint32_t *order, size_t num, uint32_t random)
{
    uint64_t sum = 0;
    size_t drawn = 0;

    for (size_t i = 0; i < num; i++)
        sum += set->weights[order[i]];
    uint64_t chosen = (uint64_t)random * (sum + 1) >> 32;
    /* The running sum reaches `chosen` at the last record at the latest: `chosen` is at most the
     * sum of all. */
    uint64_t running = set->weights[order[0]];
    while (running < chosen)
        running += set->weights[order[++drawn]];
    return drawn;
}

static void move_to_front(uint32_t *order, size_t at)
{
    uint32_t chosen = order[at];

    memmove(order + 1, order, at * sizeof(*order));
    order[0] = chosen;
}

fedval_status fedval_srv_order_rfc2782(const uint16_t *priorities, const uint16_t *weights,
                                       const uint32_t *randoms, size_t num_records,
                                       uint32_t *out_order)
{
    const srv_set set = {priorities, weights};
    fedval_status status = check(&set, num_records, out_order);

    if (status != FEDVAL_OK)
        return status;
    if (num_records > 0 && randoms == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    sort(&set, is_before_the_draw, out_order, num_records);
    size_t group_end = 0;
    for (size_t i = 0; i < num_records; i++) {
        if (i == group_end)
            group_end += count_same_priority(&set, out_order + i, num_records - i);
        move_to_front(out_order + i, draw(&set, out_order + i, group_end - i, randoms[i]));
    }
    return FEDVAL_OK;
}
