#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "jumps.h"
#include "message.h"

#include <stdbool.h>
#include <string.h>

/* An answer with `num` records A `address`, whose owners point to the name of the question. */
static size_t write_addresses(uint8_t *out, const fv_dns_query *query, const uint8_t *address,
                              size_t num)
{
    const uint8_t head[] = {0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
    size_t len = fv_dns_query_write(query, out);
    out[2] = 0x80;
    out[7] = (uint8_t)num;
    for (size_t i = 0; i < num; i++, len += sizeof(head) + 4) {
        memcpy(out + len, head, sizeof(head));
        memcpy(out + len + sizeof(head), address, 4);
    }
    return len;
}

/* The bytes of an address or an id look like a pointer, here even like one to itself. */
static void what_only_looks_like_a_pointer_does_not_jump(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint16_t id;
        uint8_t address[4];
    } rows[] = {
        {"abc.x.test", 0x1234, {192, 168, 1, 1}},     /* an address stands at byte 168 */
        {"abcd.x.test", 0xC000 | 41, {192, 0, 2, 1}}, /* the id leads to one, it to the id */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t packet[1024];
        fv_dns_query query = {.id = rows[i].id, .type = FEDVAL_TYPE_A, .no_edns = true};
        fv_dns_answer answer = {.aliases = 0};
        fedval_fact *fact = NULL;
        assert_true(fv_dns_name_from_text(rows[i].name, &query.name));
        size_t len = write_addresses(packet, &query, rows[i].address, 20);
        size_t at = i == 0 ? 168 : 41;
        assert_memory_equal(packet + at, rows[i].address, 2);
        assert_int_equal(
            fedval_fact_new_dns(rows[i].name, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
            FEDVAL_OK);
        assert_int_equal(fv_dns_answer_read(packet, len, &query, fact, &answer), FEDVAL_OK);
        assert_int_equal(answer.outcome, FEDVAL_OUTCOME_ANSWER);
        assert_int_equal(fedval_fact_count_records(fact), 20);
        fedval_fact_free(fact);
    }
}

/* One record of each type whose data ldns reads as names: `before` bytes, then a pointer to
 * itself. */
static void a_name_in_any_field_jumps_at_most_sixteen_times(void **state)
{
    (void)state;
    static const struct {
        uint16_t type;
        uint8_t before[20];
        size_t num_before;
    } rows[] = {
        {2, {0}, 0},
        {5, {0}, 0},
        {6, {0}, 0},
        {6, {0}, 1},
        {14, {0}, 1},
        {15, {0}, 2},
        {33, {0}, 6},
        {39, {0}, 0},
        {46, {0}, 18},
        {47, {0}, 0},
        {26, {0}, 3},
        {35, {0, 0, 0, 0, 1, 'a', 0, 0}, 8},
        {55, {0, 0, 0, 1, 'k'}, 5},
        {64, {0}, 2},
        {249, {0}, 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t packet[64] = {0, 0, 0x80, 0, 0, 0, 0, 1};
        size_t data_len = rows[i].num_before + 2;
        const uint8_t head[] = {0,  0, (uint8_t)rows[i].type, 0, 1, 0, 0, 0,
                                60, 0, (uint8_t)data_len};
        memcpy(packet + 12, head, sizeof(head));
        size_t at = 12 + sizeof(head);
        memcpy(packet + at, rows[i].before, rows[i].num_before);
        at += rows[i].num_before;
        packet[at] = 0xC0;
        packet[at + 1] = (uint8_t)at;
        assert_false(fv_dns_can_be_read(packet, at + 2));
        packet[at + 1] = 12; /* the root */
        if (!fv_dns_can_be_read(packet, at + 2))
            print_message("type %u\n", rows[i].type);
        assert_true(fv_dns_can_be_read(packet, at + 2));
    }
}

/* The last of a chain of `num_jumps` pointers in the data of an unknown type is the owner of a
 * record. */
static bool can_jump(size_t num_jumps)
{
    const uint8_t first[] = {0, 0xFF, 0, 0, 1, 0, 0, 0, 60, 0};
    uint8_t packet[128] = {0, 0, 0x80, 0, 0, 0, 0, 2};
    size_t at = 12 + sizeof(first);
    memcpy(packet + 12, first, sizeof(first));
    packet[at++] = (uint8_t)(2 * (num_jumps - 1));
    for (size_t i = 1; i < num_jumps; i++, at += 2) {
        packet[at] = 0xC0;
        packet[at + 1] = i == 1 ? 12 : (uint8_t)(at - 2);
    }
    packet[at] = 0xC0;
    packet[at + 1] = num_jumps == 1 ? 12 : (uint8_t)(at - 2);
    packet[at + 3] = 1;
    packet[at + 5] = 1;
    return fv_dns_can_be_read(packet, at + 12);
}

static void a_name_may_jump_sixteen_times(void **state)
{
    (void)state;
    assert_true(can_jump(1));
    assert_true(can_jump(16));
    assert_false(can_jump(17));
}

/* ldns would read the next record where the last field ended. */
static void data_end_where_their_fields_end(void **state)
{
    (void)state;
    static const struct {
        uint8_t type, len, data[8];
        bool good;
    } rows[] = {
        {1, 4, {192, 0, 2, 1}, true},
        {1, 5, {192, 0, 2, 1, 0}, false},
        {1, 3, {192, 0, 2}, false},
        {5, 1, {0xC0, 12}, false}, /* the name leaves the data */
        {5, 2, {0xC0, 12}, true},
        {5, 3, {0xC0, 12, 0}, false},
        {5, 2, {0xC0, 0}, false}, /* to the header, which ldns refuses */
        {16, 4, {1, 'a', 1, 'b'}, true},
        {16, 4, {1, 'a', 2, 'b'}, false},
        {55, 7, {1, 0, 0, 1, 'h', 'k', 0}, true},
        {55, 6, {1, 0, 0, 2, 'h', 'k'}, false},
        {250, 5, {0, 1, 2, 3, 4}, false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t packet[64] = {0, 0, 0x80, 0, 0, 0, 0, 1};
        const uint8_t head[] = {0, 0, rows[i].type, 0, 1, 0, 0, 0, 60, 0, rows[i].len};
        memcpy(packet + 12, head, sizeof(head));
        memcpy(packet + 12 + sizeof(head), rows[i].data, rows[i].len);
        if (fv_dns_can_be_read(packet, 12 + sizeof(head) + rows[i].len) != rows[i].good)
            print_message("row %zu\n", i);
        assert_int_equal(fv_dns_can_be_read(packet, 12 + sizeof(head) + rows[i].len), rows[i].good);
    }
}

/* RFC 1035 2.3.4: 255 octets, of which the root takes one. */
static void a_name_has_at_most_255_octets(void **state)
{
    (void)state;
    for (size_t num_labels = 126; num_labels <= 128; num_labels++) {
        uint8_t packet[512] = {0, 0, 0x80, 0, 0, 1};
        size_t len = 12;
        for (size_t i = 0; i < num_labels; i++, len += 2) {
            packet[len] = 1;
            packet[len + 1] = 'a';
        }
        assert_int_equal(fv_dns_can_be_read(packet, len + 5), num_labels <= 127);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_only_looks_like_a_pointer_does_not_jump),
        cmocka_unit_test(a_name_in_any_field_jumps_at_most_sixteen_times),
        cmocka_unit_test(a_name_may_jump_sixteen_times),
        cmocka_unit_test(data_end_where_their_fields_end),
        cmocka_unit_test(a_name_has_at_most_255_octets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
