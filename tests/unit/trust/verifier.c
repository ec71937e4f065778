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

static fedval_status returned; /* by the verifier below, for every key */

static fedval_status no_key(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    (void)spki;
    (void)spki_len;
    (void)out_key;
    (void)user;
    return returned;
}

/* Evaluates a sound chain with a verifier that opens no key; `wraps`: behind a cache. */
static fedval_status evaluate_without_keys(toy *t, bool wraps)
{
    fedval_verifier_vtable vtable = *complete();
    fedval_verifier *verifier = NULL, *cache = NULL;
    vtable.key_open = no_key;
    assert_int_equal(fedval_verifier_new(&vtable, &t->num_verified, &verifier), FEDVAL_OK);
    if (wraps)
        assert_int_equal(fedval_verify_cache_new(verifier, 8, &cache), FEDVAL_OK);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    assert_int_equal(fedval_anchors_seal(t->anchors, t->verifier), FEDVAL_OK);
    fv_trust_input input = toy_input(t);
    input.verifier = wraps ? cache : verifier;
    fedval_status status = fv_trust_evaluate(&t->arena, &input, &t->result);
    fedval_verifier_free(cache);
    fedval_verifier_free(verifier);
    return status;
}

/* Only a key that cannot be read is a fault of the certificate; a verifier that fails accuses
 * nobody. */
static void a_verifier_that_fails_accuses_nobody(void **state)
{
    static const struct {
        fedval_status returned, ends_with;
        uint32_t code;
    } rows[] = {
        {FEDVAL_ERROR_SYNTAX, FEDVAL_OK, FEDVAL_FINDING_CHAIN_BAD_SIGNATURE},
        {FEDVAL_ERROR_NOT_FOUND, FEDVAL_OK, FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED},
        {FEDVAL_ERROR_NO_MEMORY, FEDVAL_ERROR_NO_MEMORY, 0},
        {FEDVAL_ERROR_ARGUMENT, FEDVAL_ERROR_ARGUMENT, 0},
        {FEDVAL_ERROR_SYSTEM, FEDVAL_ERROR_SYSTEM, 0},
        {FEDVAL_ERROR_LIMIT, FEDVAL_ERROR_LIMIT, 0},
        {(fedval_status)12345, FEDVAL_ERROR_ARGUMENT, 0},
        {(fedval_status)-999, FEDVAL_ERROR_ARGUMENT, 0},
    };
    (void)state;
    for (size_t i = 0; i < 2 * (sizeof(rows) / sizeof(rows[0])); i++) {
        size_t row = i / 2;
        bool wraps = i % 2 == 1;
        toy t;
        toy_open(&t);
        returned = rows[row].returned;
        fedval_status status = evaluate_without_keys(&t, wraps);
        if (rows[row].code != 0) {
            assert_int_equal(status, FEDVAL_OK);
            assert_int_equal(t.result.num_paths, 1);
            assert_int_equal(toy_count(&t.result.paths[0].remarks, rows[row].code), 1);
        } else {
            /* A cache has no status to give with a signature: it says that the check failed. */
            assert_int_equal(status, wraps ? FEDVAL_ERROR_NO_MEMORY : rows[row].ends_with);
        }
        toy_close(&t);
    }
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
        cmocka_unit_test(a_verifier_that_fails_accuses_nobody),
        cmocka_unit_test(every_code_has_its_word_and_back),
    };
    return cmocka_run_group_tests_name("trust/verifier", tests, NULL, NULL);
}
