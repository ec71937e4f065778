#include "test.h"

#include "trust/verifier.h"

#include <pthread.h>

static const uint8_t algorithm[] = {0x30, 0x02, 0x05, 0x00};

/* The toy takes a signature for good that is the last 33 bytes of the key. */
static uint32_t verify(const fedval_verifier *verifier, uint8_t key_byte, const char *tbs,
                       uint8_t signature_byte)
{
    uint8_t spki[33], signature[33];
    void *key = NULL;
    memset(spki, key_byte, sizeof(spki));
    memset(signature, signature_byte, sizeof(signature));
    assert_int_equal(fv_verifier_key_open(verifier, (fv_bytes){spki, sizeof(spki)}, &key), 0);
    uint32_t result = fv_verifier_verify(verifier, key, (fv_bytes){algorithm, sizeof(algorithm)},
                                         (fv_bytes){(const uint8_t *)tbs, strlen(tbs)},
                                         (fv_bytes){signature, sizeof(signature)});
    fv_verifier_key_close(verifier, key);
    return result;
}

static fedval_verifier *make(toy *t, size_t capacity)
{
    fedval_verifier *cache = NULL;
    assert_int_equal(fedval_verify_cache_new(t->verifier, capacity, &cache), FEDVAL_OK);
    return cache;
}

static void a_good_signature_is_checked_once(void **state)
{
    toy *t = *state;
    fedval_verifier *cache = make(t, 16);
    for (int i = 0; i < 5; i++)
        assert_int_equal(verify(cache, 1, "a", 1), FEDVAL_VERIFY_GOOD);
    assert_int_equal(t->num_verified, 1);
    fedval_verifier_free(cache);
}

static void a_failure_is_never_remembered(void **state)
{
    toy *t = *state;
    fedval_verifier *cache = make(t, 16);
    for (int i = 0; i < 3; i++)
        assert_int_equal(verify(cache, 1, "a", 2), FEDVAL_VERIFY_BAD);
    assert_int_equal(t->num_verified, 3);
    fedval_verifier_free(cache);
}

static void another_key_text_or_signature_is_another_pair(void **state)
{
    toy *t = *state;
    fedval_verifier *cache = make(t, 16);
    assert_int_equal(verify(cache, 1, "a", 1), FEDVAL_VERIFY_GOOD);
    assert_int_equal(verify(cache, 2, "a", 1), FEDVAL_VERIFY_BAD);
    assert_int_equal(verify(cache, 1, "a", 2), FEDVAL_VERIFY_BAD);
    assert_int_equal(verify(cache, 1, "b", 1), FEDVAL_VERIFY_GOOD);
    assert_int_equal(t->num_verified, 4);
    fedval_verifier_free(cache);
}

static void it_never_holds_more_than_its_capacity(void **state)
{
    toy *t = *state;
    fedval_verifier *cache = make(t, 4);
    char text[2] = {0};
    for (char c = 'a'; c <= 'z'; c++) {
        text[0] = c;
        assert_int_equal(verify(cache, 1, text, 1), FEDVAL_VERIFY_GOOD);
    }
    t->num_verified = 0;
    for (char c = 'z'; c > 'v'; c--) {
        text[0] = c;
        verify(cache, 1, text, 1);
    }
    assert_int_equal(t->num_verified, 0); /* the last four are there */
    verify(cache, 1, "a", 1);
    assert_int_equal(t->num_verified, 1); /* the first made room */
    fedval_verifier_free(cache);
}

static void it_changes_speed_and_nothing_else(void **state)
{
    toy *t = *state;
    fedval_verifier *cache = make(t, 64), *plain = t->verifier;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Gone", .signer = 9);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    const char *without = toy_describe(t, &t->result.chain);
    size_t num_paths = t->result.num_paths, num_verified = t->num_verified;
    t->verifier = cache;
    for (int i = 0; i < 3; i++) {
        toy_run(t);
        assert_int_equal(t->result.trust, FEDVAL_TRUST_BY_PUBLIC);
        assert_int_equal(t->result.num_paths, num_paths);
        assert_string_equal(toy_describe(t, &t->result.chain), without);
    }
    assert_int_equal(t->num_verified, 2 * num_verified);
    t->verifier = plain;
    fedval_verifier_free(cache);
}

static void *hammer(void *user)
{
    char text[2] = {0};
    for (int i = 0; i < 2000; i++) {
        text[0] = (char)('a' + i % 26);
        if (verify(user, (uint8_t)(1 + i % 3), text, 1) !=
            (i % 3 == 0 ? FEDVAL_VERIFY_GOOD : FEDVAL_VERIFY_BAD))
            return user;
    }
    return NULL;
}

static void threads_can_share_it(void **state)
{
    toy *t = *state;
    fedval_verifier *shared = make(t, 8);
    pthread_t threads[2];
    void *failed = NULL;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, shared), 0);
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    fedval_verifier_free(shared);
}

static void a_cache_of_nothing_is_refused(void **state)
{
    toy *t = *state;
    fedval_verifier *cache = NULL;
    assert_int_equal(fedval_verify_cache_new(t->verifier, 0, &cache), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_verify_cache_new(NULL, 1, &cache), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_verify_cache_new(t->verifier, 1, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_verify_cache_new(t->verifier, SIZE_MAX, &cache),
                     FEDVAL_ERROR_NO_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_good_signature_is_checked_once),
        T(a_failure_is_never_remembered),
        T(another_key_text_or_signature_is_another_pair),
        T(it_never_holds_more_than_its_capacity),
        T(it_changes_speed_and_nothing_else),
        T(threads_can_share_it),
        T(a_cache_of_nothing_is_refused),
    };
    return cmocka_run_group_tests_name("trust/verify_cache", tests, NULL, NULL);
}
