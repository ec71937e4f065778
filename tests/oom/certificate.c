/* Allocation failures behind fedval/certificate.h and while names are shown. */
#include "oom.h"

#include "fedval/render.h"
#include "x509/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static fedval_status make_list(void *context)
{
    const fv_text *pem = context;
    fedval_certificate_list *list = NULL;
    fedval_status status = fedval_certificate_list_new(pem->data, pem->len, &list, NULL);
    fedval_certificate_list_free(list);
    return status;
}

static void a_list_survives_failures(void **state)
{
    (void)state;
    size_t len = 0;
    char *data = oom_read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/with-root.pem", &len);
    fv_text pem = {data, len};
    assert_true(oom_run(make_list, &pem) > 6);
    free(data);
}

static fedval_status make_list_of_der(void *context)
{
    const fv_bytes *der = context;
    fedval_certificate_list *list = NULL;
    fedval_status status = fedval_certificate_list_new_from_der(der->data, der->len, &list, NULL);
    fedval_certificate_list_free(list);
    return status;
}

static fedval_status write_list(void *context)
{
    char *all = NULL, *one = NULL;
    fedval_status status = fedval_certificate_list_to_json(context, &all, NULL);
    if (status == FEDVAL_OK)
        status = fedval_certificate_to_json(fedval_certificate_list_get(context, 0), &one, NULL);
    fedval_text_free(all);
    fedval_text_free(one);
    return status;
}

static void der_and_json_survive_failures(void **state)
{
    (void)state;
    size_t len = 0;
    fedval_certificate_list *list = NULL;
    char *pem = oom_read_file(FEDVAL_SOURCE_ROOT "/tests/pki/out/with-root.pem", &len);
    assert_int_equal(fedval_certificate_list_new(pem, len, &list, NULL), FEDVAL_OK);
    fv_bytes der = {0};
    der.data = fedval_certificate_get_der(fedval_certificate_list_get(list, 0), &der.len);
    assert_true(oom_run(make_list_of_der, &der) > 4);
    assert_true(oom_run(write_list, list) > 4);
    fedval_certificate_list_free(list);
    free(pem);
}

static fedval_status show_name(void *context)
{
    const fv_name *name = context;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_name_append_text(&buf, name);
    fedval_status status = buf.failed ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    fv_buf_clear(&buf);
    return status;
}

static void showing_a_name_survives_failures(void **state)
{
    static const uint8_t bmp_name[] = {0x30, 0x11, 0x31, 0x0F, 0x30, 0x0D, 0x06, 0x03, 0x55, 0x04,
                                       0x03, 0x1E, 0x06, 0x00, 'l',  0x00, 'a',  0x00, 'b'};
    fv_arena arena;
    fv_name name;
    (void)state;
    fv_arena_init(&arena);
    assert_true(fv_name_decode(&arena, (fv_bytes){bmp_name, sizeof(bmp_name)}, &name));
    assert_true(oom_run(show_name, &name) > 1);
    fv_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_survives_failures),
        cmocka_unit_test(der_and_json_survive_failures),
        cmocka_unit_test(showing_a_name_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
