/* What is said of the chain as it was sent. */
#include "test.h"

static void certificates_out_of_order_are_a_warning_with_the_order_wanted(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ROOT);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_string_equal(toy_param(&t->result.chain, FEDVAL_FINDING_CHAIN_OUT_OF_ORDER, "order"),
                        "1, 3, 2");
}

static void order_is_looked_at_on_a_refused_path_too(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "B", .signer = 12);
    TOY_SEND(t, .subject = "A", .ca = true, .key = 11);
    TOY_SEND(t, .subject = "B", .ca = true, .key = 12, .issuer = "A", .signer = 11);
    toy_run(t);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_OUT_OF_ORDER);
}

static void certificates_in_order_are_not_mentioned(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    TOY_SEND(t, ROOT);
    toy_run(t);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_OUT_OF_ORDER);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES);
}

static void strangers_and_duplicates_are_unneeded(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    TOY_SEND(t, .subject = "Stranger", .ca = true, .key = 50);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    const fv_trust_remarks *chain = &t->result.chain;
    assert_string_equal(
        toy_param(chain, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES, "certificates"),
        "CN=Stranger; CN=Issuing");
    assert_string_equal(toy_param(chain, FEDVAL_FINDING_CHAIN_UNNEEDED_CERTIFICATES, "count"), "2");
}

/* A log, or a prober that could read the first certificate only. */
static void an_incomplete_source_is_no_incomplete_chain(void **state)
{
    toy *t = *state;
    t->is_incomplete = true;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_UNKNOWN);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_CHAIN_INCOMPLETE);
}

static void the_accepted_path_holds_until_its_first_end(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .to = "380101");
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2, .to = "370101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .to = "360101");
    toy_run(t);
    assert_int_equal(t->result.valid_until, INT64_C(2082758400));
}

static void without_an_accepted_path_nothing_holds(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    toy_run(t);
    assert_int_equal(t->result.valid_until, INT64_MIN);
    assert_null(t->result.accepted);
}

static void no_more_paths_are_kept_than_anybody_reads(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    for (unsigned i = 0; i < 40; i++)
        TOY_SEND(t, ISSUING, .issuer = "Gone", .signer = 9, .pathlen = AT(i));
    toy_run(t);
    assert_int_equal(t->result.num_paths, FV_TRUST_MAX_PATHS);
    assert_int_equal(t->result.num_paths_dropped, 40 - FV_TRUST_MAX_PATHS);
}

static void the_accepted_path_is_kept_however_many_were_refused(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    for (unsigned i = 0; i < 40; i++)
        TOY_SEND(t, ISSUING, .issuer = "Gone", .signer = 9, .pathlen = AT(i), .from = "250101");
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    assert_ptr_equal(t->result.accepted, &t->result.paths[0]);
    assert_true(t->result.paths[0].accepted);
}

static void a_certificate_without_a_subject_is_shown_by_its_first_name(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, .names = "dns:host.example.com", .key = 3, .issuer = "Root", .signer = 1);
    TOY_SEND(t, .key = 4, .issuer = "Root", .signer = 1);
    assert_string_equal(fv_certificate_copy_name(&t->arena, t->sent[0]), "DNS:host.example.com");
    assert_string_equal(fv_certificate_copy_name(&t->arena, t->sent[1]), "(no name)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(certificates_out_of_order_are_a_warning_with_the_order_wanted),
        T(order_is_looked_at_on_a_refused_path_too),
        T(certificates_in_order_are_not_mentioned),
        T(strangers_and_duplicates_are_unneeded),
        T(an_incomplete_source_is_no_incomplete_chain),
        T(the_accepted_path_holds_until_its_first_end),
        T(without_an_accepted_path_nothing_holds),
        T(no_more_paths_are_kept_than_anybody_reads),
        T(the_accepted_path_is_kept_however_many_were_refused),
        T(a_certificate_without_a_subject_is_shown_by_its_first_name),
    };
    return cmocka_run_group_tests_name("trust/summary", tests, NULL, NULL);
}
