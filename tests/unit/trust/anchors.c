#include "test.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/error.h"
#include "trust/anchors.h"
#include "trust/verifier.h"

static fedval_status append(fedval_anchors *anchors, uint32_t anchor_class, fv_bytes data)
{
    return fedval_anchors_append(anchors, anchor_class, data.data, data.len, NULL);
}

static void append_pem(fv_buf *text, fv_bytes der)
{
    fv_buf_append_text(text, "-----BEGIN CERTIFICATE-----\n");
    fv_base64_encode(text, der);
    fv_buf_append_text(text, "\n-----END CERTIFICATE-----\n");
}

static fv_bytes bytes_of(const fv_buf *text)
{
    return (fv_bytes){(const uint8_t *)text->data, text->len};
}

static void der_and_pem_are_told_apart(void **state)
{
    toy *t = *state;
    fv_buf pem;
    fv_buf_init(&pem);
    fv_buf_append_text(&pem, "A bundle, with prose between the blocks.\n");
    append_pem(&pem, toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1}));
    append_pem(&pem, toy_make(t, &(toy_cert){.subject = "B", .ca = true, .key = 2}));
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC, bytes_of(&pem)), FEDVAL_OK);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PRIVATE,
                            toy_make(t, &(toy_cert){.subject = "C", .ca = true, .key = 3})),
                     FEDVAL_OK);
    assert_int_equal(fedval_anchors_count(t->anchors, 0), 3);
    assert_int_equal(fedval_anchors_count(t->anchors, FEDVAL_ANCHOR_PUBLIC), 2);
    assert_int_equal(fedval_anchors_count(t->anchors, FEDVAL_ANCHOR_PRIVATE), 1);
    fv_buf_clear(&pem);
}

static void each_is_read_by_its_index(void **state)
{
    toy *t = *state;
    size_t len = 0;
    uint32_t class = 0;
    fv_bytes a = toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1});
    fv_bytes b = toy_make(t, &(toy_cert){.subject = "B", .ca = true, .key = 2});
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PRIVATE, a), FEDVAL_OK);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC, b), FEDVAL_OK);
    assert_memory_equal(fedval_anchors_get(t->anchors, 0, 1, &class, &len), b.data, b.len);
    assert_int_equal(class, FEDVAL_ANCHOR_PUBLIC);
    assert_int_equal(len, b.len);
    assert_memory_equal(fedval_anchors_get(t->anchors, FEDVAL_ANCHOR_PRIVATE, 0, &class, NULL),
                        a.data, a.len);
    assert_int_equal(class, FEDVAL_ANCHOR_PRIVATE);
    assert_null(fedval_anchors_get(t->anchors, FEDVAL_ANCHOR_PRIVATE, 1, NULL, &len));
    assert_int_equal(len, 0);
    assert_null(fedval_anchors_get(t->anchors, 0, 2, NULL, NULL));
    assert_null(fedval_anchors_get(NULL, 0, 0, NULL, NULL));
}

static void a_duplicate_is_kept_once_and_public_wins(void **state)
{
    toy *t = *state;
    fv_bytes der = toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1});
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PRIVATE, der), FEDVAL_OK);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC, der), FEDVAL_OK);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PRIVATE, der), FEDVAL_OK);
    assert_int_equal(fedval_anchors_count(t->anchors, 0), 1);
    assert_int_equal(fedval_anchors_count(t->anchors, FEDVAL_ANCHOR_PUBLIC), 1);
}

static void a_private_root_given_twice_stays_private(void **state)
{
    toy *t = *state;
    fv_bytes der = toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1});
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PRIVATE, der), FEDVAL_OK);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PRIVATE, der), FEDVAL_OK);
    assert_int_equal(fedval_anchors_count(t->anchors, FEDVAL_ANCHOR_PRIVATE), 1);
    assert_int_equal(fedval_anchors_count(t->anchors, FEDVAL_ANCHOR_PUBLIC), 0);
}

static void nothing_is_added_when_one_of_them_is_malformed(void **state)
{
    toy *t = *state;
    fedval_error *error = fedval_error_new();
    fv_buf pem;
    fv_buf_init(&pem);
    append_pem(&pem, toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1}));
    fv_buf_append_text(&pem, "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n"
                             "-----END CERTIFICATE-----\n");
    assert_int_equal(fedval_anchors_append(t->anchors, FEDVAL_ANCHOR_PUBLIC,
                                           (const uint8_t *)pem.data, pem.len, error),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_error_get_line(error), 4);
    assert_int_equal(fedval_anchors_count(t->anchors, 0), 0);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC,
                            toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1})),
                     FEDVAL_OK);
    assert_int_equal(fedval_anchors_count(t->anchors, 0), 1);
    fedval_error_free(error);
    fv_buf_clear(&pem);
}

static void a_text_without_certificates_is_an_error(void **state)
{
    toy *t = *state;
    const char text[] = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC,
                            (fv_bytes){(const uint8_t *)text, sizeof(text) - 1}),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC, (fv_bytes){NULL, 0}),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(append(t->anchors, 7, (fv_bytes){NULL, 0}), FEDVAL_ERROR_ARGUMENT);
}

static void a_sealed_set_never_changes(void **state)
{
    toy *t = *state;
    fv_bytes der = toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1});
    assert_int_equal(fedval_anchors_seal(t->anchors, NULL), FEDVAL_OK);
    assert_int_equal(append(t->anchors, FEDVAL_ANCHOR_PUBLIC, der), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_anchors_seal(t->anchors, NULL), FEDVAL_ERROR_STATE);
    assert_string_equal(fv_anchors_digest(t->anchors, FEDVAL_ANCHOR_PUBLIC), "");
}

static void the_digest_of_a_class_does_not_depend_on_the_order(void **state)
{
    toy *t = *state;
    fedval_anchors *other = NULL;
    fv_bytes a = toy_make(t, &(toy_cert){.subject = "A", .ca = true, .key = 1});
    fv_bytes b = toy_make(t, &(toy_cert){.subject = "B", .ca = true, .key = 2});
    assert_int_equal(fedval_anchors_new(&other), FEDVAL_OK);
    append(t->anchors, FEDVAL_ANCHOR_PUBLIC, a);
    append(t->anchors, FEDVAL_ANCHOR_PUBLIC, b);
    append(other, FEDVAL_ANCHOR_PUBLIC, b);
    append(other, FEDVAL_ANCHOR_PUBLIC, a);
    assert_int_equal(fedval_anchors_seal(t->anchors, t->verifier), FEDVAL_OK);
    assert_int_equal(fedval_anchors_seal(other, t->verifier), FEDVAL_OK);
    const char *digest = fv_anchors_digest(t->anchors, FEDVAL_ANCHOR_PUBLIC);
    assert_int_equal(strlen(digest), 64);
    assert_string_equal(fv_anchors_digest(other, FEDVAL_ANCHOR_PUBLIC), digest);
    assert_string_not_equal(fv_anchors_digest(other, FEDVAL_ANCHOR_PRIVATE), digest);
    assert_int_equal(strlen(fv_anchors_digest(other, FEDVAL_ANCHOR_PRIVATE)), 64);
    fedval_anchors_free(other);
}

static void anchors_are_found_by_subject_and_by_key_id(void **state)
{
    toy *t = *state;
    for (unsigned i = 1; i <= 200; i++) {
        char name[16] = {(char)('a' + i % 20), 0};
        TOY_TRUST(t, .subject = name, .ca = true, .key = i);
    }
    const fv_certificate *seventh = &t->anchors->items[6]->certificate;
    size_t position = 0, found = 0;
    while (fv_anchors_next_subject(t->anchors, &seventh->subject, &position) != NULL)
        found++;
    assert_int_equal(found, 10);
    position = 0;
    assert_ptr_equal(fv_anchors_next_key_id(t->anchors, seventh->subject_key_id.key_id, &position),
                     t->anchors->items[6]);
    assert_null(fv_anchors_next_key_id(t->anchors, seventh->subject_key_id.key_id, &position));
    assert_ptr_equal(fv_anchors_find(t->anchors, seventh), t->anchors->items[6]);
}

static void the_key_of_an_anchor_is_opened_once(void **state)
{
    toy *t = *state;
    void *first = NULL, *second = NULL, *own = NULL;
    bool is_shared = false;
    _Atomic(size_t) unused = 0;
    fedval_verifier *other = toy_verifier_new(&unused);
    TOY_TRUST(t, ROOT);
    assert_int_equal(fedval_anchors_seal(t->anchors, t->verifier), FEDVAL_OK);
    fv_anchor *anchor = t->anchors->items[0];
    fv_anchors_open_key(t->anchors, anchor, t->verifier, &first, &is_shared);
    assert_true(is_shared);
    fv_anchors_open_key(t->anchors, anchor, t->verifier, &second, &is_shared);
    assert_ptr_equal(first, second);
    fv_anchors_open_key(t->anchors, anchor, other, &own, &is_shared);
    assert_false(is_shared);
    assert_ptr_not_equal(own, first);
    fv_verifier_key_close(other, own);
    fedval_verifier_free(other);
}

static void the_verifier_may_be_freed_before_the_anchors(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t); /* the anchor keeps a key now */
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    fedval_verifier_free(t->verifier);
    t->verifier = NULL;
}

static void nothing_is_freed_twice_or_asked_of_nothing(void **state)
{
    (void)state;
    fedval_anchors_free(NULL);
    assert_int_equal(fedval_anchors_count(NULL, 0), 0);
    assert_int_equal(fedval_anchors_new(NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_anchors_seal(NULL, NULL), FEDVAL_ERROR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(der_and_pem_are_told_apart),
        T(each_is_read_by_its_index),
        T(a_duplicate_is_kept_once_and_public_wins),
        T(a_private_root_given_twice_stays_private),
        T(nothing_is_added_when_one_of_them_is_malformed),
        T(a_text_without_certificates_is_an_error),
        T(a_sealed_set_never_changes),
        T(the_digest_of_a_class_does_not_depend_on_the_order),
        T(anchors_are_found_by_subject_and_by_key_id),
        T(the_key_of_an_anchor_is_opened_once),
        T(the_verifier_may_be_freed_before_the_anchors),
        T(nothing_is_freed_twice_or_asked_of_nothing),
    };
    return cmocka_run_group_tests_name("trust/anchors", tests, NULL, NULL);
}
