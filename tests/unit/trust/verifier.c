#include "test.h"

#include "trust/verifier.h"

static const fedval_verifier_vtable *complete(void)
{
    toy t;
    static fedval_verifier_vtable vtable;
    toy_open(&t);
    vtable = t.verifier->vtable;
    vtable.size = sizeof(vtable);
    toy_close(&t);
    return &vtable;
}

static size_t num_destroyed;

static void destroy(void *user)
{
    (void)user;
    num_destroyed++;
}

static void every_function_but_destroy_is_required(void **state)
{
    fedval_verifier *verifier = NULL;
    fedval_verifier_vtable vtable = *complete();
    (void)state;
    assert_int_equal(fedval_verifier_new(&vtable, NULL, &verifier), FEDVAL_OK);
    fedval_verifier_free(verifier);
    vtable.verify = NULL;
    assert_int_equal(fedval_verifier_new(&vtable, NULL, &verifier), FEDVAL_ERROR_ARGUMENT);
    vtable = *complete();
    vtable.digest = NULL;
    assert_int_equal(fedval_verifier_new(&vtable, NULL, &verifier), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_verifier_new(NULL, NULL, &verifier), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_verifier_new(complete(), NULL, NULL), FEDVAL_ERROR_ARGUMENT);
}

static void the_user_is_destroyed_once(void **state)
{
    fedval_verifier *verifier = NULL;
    fedval_verifier_vtable vtable = *complete();
    (void)state;
    vtable.destroy = destroy;
    assert_int_equal(fedval_verifier_new(&vtable, NULL, &verifier), FEDVAL_OK);
    fedval_verifier_free(verifier);
    fedval_verifier_free(NULL);
    assert_int_equal(num_destroyed, 1);
}

/* A program that was built with a header which had fewer members. */
static void a_smaller_table_is_filled_up(void **state)
{
    fedval_verifier *verifier = NULL;
    fedval_verifier_vtable vtable = *complete();
    (void)state;
    vtable.destroy = destroy;
    vtable.size = offsetof(fedval_verifier_vtable, destroy);
    num_destroyed = 0;
    assert_int_equal(fedval_verifier_new(&vtable, NULL, &verifier), FEDVAL_OK);
    fedval_verifier_free(verifier);
    assert_int_equal(num_destroyed, 0);
}

static void every_code_has_its_word_and_back(void **state)
{
    (void)state;
#define CHECK(kind, first, last)                                                                   \
    for (uint32_t code = (first); code <= (last); code++) {                                        \
        uint32_t back = UINT32_MAX;                                                                \
        assert_non_null(fedval_##kind##_to_string(code));                                          \
        assert_int_equal(                                                                          \
            fedval_##kind##_from_string(fedval_##kind##_to_string(code), FEDVAL_NUL_ENDED, &back), \
            0);                                                                                    \
        assert_int_equal(back, code);                                                              \
    }                                                                                              \
    assert_null(fedval_##kind##_to_string((last) + 1))
    CHECK(verify, FEDVAL_VERIFY_GOOD, FEDVAL_VERIFY_FAILED);
    CHECK(anchor_class, FEDVAL_ANCHOR_PUBLIC, FEDVAL_ANCHOR_PRIVATE);
    CHECK(trust, FEDVAL_TRUST_NOT_CHECKED, FEDVAL_TRUST_UNKNOWN);
    CHECK(purpose, FEDVAL_PURPOSE_ANY, FEDVAL_PURPOSE_CLIENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_but_destroy_is_required),
        cmocka_unit_test(the_user_is_destroyed_once),
        cmocka_unit_test(a_smaller_table_is_filled_up),
        cmocka_unit_test(every_code_has_its_word_and_back),
    };
    return cmocka_run_group_tests_name("trust/verifier", tests, NULL, NULL);
}
