#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"

static void assert_order(const uint32_t *seen, const uint32_t *wanted, size_t num)
{
    for (size_t i = 0; i < num; i++)
        assert_int_equal(seen[i], wanted[i]);
}

static void edge_takes_priority_then_weight_then_first_received(void **state)
{
    const uint16_t priorities[] = {10, 5, 5, 5, 0}, weights[] = {100, 1, 9, 9, 0};
    const uint32_t wanted[] = {4, 2, 3, 1, 0};
    uint32_t order[5];
    size_t num_preferred = 0;
    (void)state;
    assert_int_equal(fedval_srv_order_edge(priorities, weights, 5, order, &num_preferred),
                     FEDVAL_OK);
    assert_order(order, wanted, 5);
    assert_int_equal(num_preferred, 1);
}

static void all_that_share_the_best_priority_and_weight_are_preferred(void **state)
{
    const uint16_t priorities[] = {1, 0, 0, 0, 0}, weights[] = {9, 5, 3, 5, 5};
    const uint32_t wanted[] = {1, 3, 4, 2, 0};
    uint32_t order[5];
    size_t num_preferred = 0;
    (void)state;
    assert_int_equal(fedval_srv_order_edge(priorities, weights, 5, order, &num_preferred),
                     FEDVAL_OK);
    assert_order(order, wanted, 5);
    assert_int_equal(num_preferred, 3);
    assert_int_equal(fedval_srv_order_edge(priorities, weights, 5, order, NULL), FEDVAL_OK);
}

static void an_empty_set_has_an_empty_order(void **state)
{
    size_t num_preferred = 7;
    (void)state;
    assert_int_equal(fedval_srv_order_edge(NULL, NULL, 0, NULL, &num_preferred), FEDVAL_OK);
    assert_int_equal(num_preferred, 0);
    assert_int_equal(fedval_srv_order_rfc2782(NULL, NULL, NULL, 0, NULL), FEDVAL_OK);
}

static void misuse_is_refused(void **state)
{
    const uint16_t values[] = {1};
    const uint32_t randoms[] = {1};
    uint32_t order[1] = {77};
    const size_t many = FEDVAL_SRV_MAX_RECORDS + 1;
    (void)state;
    assert_int_equal(fedval_srv_order_edge(NULL, values, 1, order, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_order_edge(values, NULL, 1, order, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_order_edge(values, values, 1, NULL, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_order_edge(values, values, many, order, NULL), FEDVAL_ERROR_LIMIT);
    assert_int_equal(fedval_srv_order_rfc2782(values, values, NULL, 1, order),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_order_rfc2782(values, values, randoms, many, order),
                     FEDVAL_ERROR_LIMIT);
    assert_int_equal(order[0], 77);
}

static void the_draw_follows_the_random_numbers(void **state)
{
    /* The weight of 0 goes in front: running sums 0, 3, 4, so 0 takes it, 1 to 3 the next. */
    const uint16_t priorities[] = {7, 7, 7, 1}, weights[] = {3, 1, 0, 0};
    const uint32_t lowest[] = {9, 0, 0, 0}, highest[] = {9, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    const uint32_t middle[] = {9, UINT32_C(0x40000000), 0, 0}; /* a quarter of 0 to 4: 1 */
    const uint32_t by_lowest[] = {3, 2, 0, 1}, by_highest[] = {3, 1, 0, 2};
    const uint32_t by_middle[] = {3, 0, 2, 1};
    uint32_t order[4];
    (void)state;
    assert_int_equal(fedval_srv_order_rfc2782(priorities, weights, lowest, 4, order), FEDVAL_OK);
    /* After the weight of 0 the next lowest draw takes the first in the list, record 0. */
    assert_order(order, by_lowest, 4);
    assert_int_equal(fedval_srv_order_rfc2782(priorities, weights, highest, 4, order), FEDVAL_OK);
    assert_order(order, by_highest, 4);
    assert_int_equal(fedval_srv_order_rfc2782(priorities, weights, middle, 4, order), FEDVAL_OK);
    assert_order(order, by_middle, 4);
}

static void the_draw_keeps_to_the_weights(void **state)
{
    const uint16_t priorities[] = {0, 0}, weights[] = {10, 30};
    uint32_t first_taken = 0;
    (void)state;
    for (uint32_t i = 0; i < 4096; i++) {
        const uint32_t randoms[] = {i << 20, 0};
        uint32_t order[2];
        assert_int_equal(fedval_srv_order_rfc2782(priorities, weights, randoms, 2, order),
                         FEDVAL_OK);
        first_taken += order[0] == 0;
    }
    /* RFC 2782 counts 0 to 10 of 0 to 40 for the first: 11 in 41. */
    assert_in_range(first_taken, 4096 * 11 / 41 - 2, 4096 * 11 / 41 + 2);
}

static void large_sets_come_out_sorted_and_whole(void **state)
{
    static uint16_t priorities[FEDVAL_SRV_MAX_RECORDS], weights[FEDVAL_SRV_MAX_RECORDS];
    static uint32_t order[FEDVAL_SRV_MAX_RECORDS];
    static uint8_t is_seen[FEDVAL_SRV_MAX_RECORDS];
    uint32_t seed = 1;
    (void)state;
    for (size_t i = 0; i < FEDVAL_SRV_MAX_RECORDS; i++) {
        seed = seed * 1664525u + 1013904223u;
        priorities[i] = (uint16_t)(seed >> 29);
        weights[i] = (uint16_t)(seed >> 20 & 15);
    }
    assert_int_equal(
        fedval_srv_order_edge(priorities, weights, FEDVAL_SRV_MAX_RECORDS, order, NULL), FEDVAL_OK);
    for (size_t i = 0; i < FEDVAL_SRV_MAX_RECORDS; i++) {
        assert_int_equal(is_seen[order[i]], 0);
        is_seen[order[i]] = 1;
        if (i == 0)
            continue;
        uint32_t a = order[i - 1], b = order[i];
        uint32_t rank_a = priorities[a] * 65536u - weights[a];
        uint32_t rank_b = priorities[b] * 65536u - weights[b];
        assert_true(rank_a + 65536u < rank_b + 65536u || (rank_a == rank_b && a < b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edge_takes_priority_then_weight_then_first_received),
        cmocka_unit_test(all_that_share_the_best_priority_and_weight_are_preferred),
        cmocka_unit_test(an_empty_set_has_an_empty_order),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(the_draw_follows_the_random_numbers),
        cmocka_unit_test(the_draw_keeps_to_the_weights),
        cmocka_unit_test(large_sets_come_out_sorted_and_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
