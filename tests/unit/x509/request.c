/* Certificate requests: what they ask for, and hostile ones. */
#include "x509/request.h"

#include "../../reading.h"
#include "base/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define REQUEST FEDVAL_SOURCE_ROOT "/tests/pki/out/forms/request.der"

static fv_bytes load(void)
{
    static uint8_t data[4096];
    size_t len = 0;
    char *read = read_file(REQUEST, &len);
    assert_non_null(read);
    assert_true(len <= sizeof(data));
    memcpy(data, read, len);
    free(read);
    return (fv_bytes){data, len};
}

static void what_is_asked_for_is_read(void **state)
{
    (void)state;
    fv_arena arena;
    fv_certificate asked;
    fv_arena_init(&arena);
    assert_int_equal(fv_request_decode(&arena, load(), &asked), FEDVAL_OK);
    assert_int_equal(asked.defects.num_items, 0);
    assert_int_equal(asked.subject_alt_name.presence, FV_KNOWN);
    assert_int_equal(asked.subject_alt_name.names.num_items, 2);
    assert_memory_equal(asked.subject_alt_name.names.items[1].value.data, "expe1.example.com", 17);
    assert_true(asked.extended_key_usage.has_server_auth);
    assert_true(asked.extended_key_usage.has_client_auth);
    assert_int_equal(asked.key_usage.bits,
                     FV_KEY_USAGE_DIGITAL_SIGNATURE | FV_KEY_USAGE_KEY_ENCIPHERMENT);
    assert_int_equal(asked.key.presence, FV_KNOWN);
    assert_int_equal(asked.not_after.presence, FV_UNKNOWN);
    assert_true(asked.not_after.seconds == FV_TIME_UNKNOWN);
    assert_int_equal(asked.issuer.presence, FV_UNKNOWN);
    assert_int_equal(asked.signature_presence, FV_KNOWN);
    fv_arena_clear(&arena);
}

/* Each byte changed in three ways, and the file cut at each byte: nothing is read outside an exact
 * copy, and every view of a fact lies within it. */
static void hostile_requests_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    fv_bytes whole = load();
    for (size_t i = 0; i < whole.len * 4; i++) {
        size_t len = i % 4 == 3 ? i / 4 : whole.len;
        uint8_t *copy = malloc(len + 1);
        fv_arena arena;
        fv_certificate asked;
        memcpy(copy, whole.data, len);
        if (i % 4 != 3)
            copy[i / 4] ^= (uint8_t)(1U << (i % 4 * 3));
        fv_arena_init(&arena);
        if (fv_request_decode(&arena, (fv_bytes){copy, len}, &asked) == FEDVAL_OK)
            assert_true(asked.tbs.data >= copy && asked.tbs.data + asked.tbs.len <= copy + len);
        fv_arena_clear(&arena);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_for_is_read),
        cmocka_unit_test(hostile_requests_are_read_as_far_as_they_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
