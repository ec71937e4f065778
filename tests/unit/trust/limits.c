/* The worst that can be sent: bounded time, and a remark that names the limit. */
#include "test.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

enum { MILLISECONDS = 2500 }; /* of the processor; a hundred times what it takes */

static bool names_limit(const fv_remark *remark, const char *limit)
{
    for (size_t i = 0; i < remark->num_params; i++) {
        if (strcmp(remark->params[i].key, "limit") == 0 &&
            strcmp(remark->params[i].value, limit) == 0)
            return true;
    }
    return false;
}

/* Other limits may have been reached on the way. */
static void assert_limit(toy *t, const char *limit)
{
    bool is_named = false;
    ASSERT_TRUST(t, FEDVAL_TRUST_UNKNOWN);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_LIMIT_REACHED);
    for (size_t i = 0; i < t->result.chain.num_items; i++)
        is_named |= names_limit(&t->result.chain.items[i].remark, limit);
    assert_true(is_named);
    /* Under valgrind (tools/soak) everything takes many times as long. */
    assert_in_range(t->cpu_ms, 0,
                    getenv("FEDVAL_SLOW") == NULL ? MILLISECONDS : 100 * MILLISECONDS);
}

static const char *name_of(toy *t, const char *stem, unsigned number)
{
    char text[64];
    snprintf(text, sizeof(text), "%s%u", stem, number);
    return fv_arena_copy_text(&t->arena, text, strlen(text));
}

static void many_certificates_of_one_name_and_one_key(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    for (unsigned i = 0; i < 63; i++)
        TOY_SEND(t, ISSUING, .issuer = "Issuing", .signer = 2, .pathlen = AT(i));
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_in_range(t->num_verified, 1, 100);
    /* Under valgrind (tools/soak) everything takes many times as long. */
    assert_in_range(t->cpu_ms, 0,
                    getenv("FEDVAL_SLOW") == NULL ? MILLISECONDS : 100 * MILLISECONDS);
}

static void many_cas_of_one_name_with_keys_of_their_own(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2, .no_key_ids = true);
    for (unsigned i = 0; i < 63; i++) {
        TOY_SEND(t, .subject = "Issuing", .ca = true, .key = 2 + i, .issuer = "Issuing",
                 .signer = 3 + i, .no_key_ids = true);
    }
    toy_run(t);
    assert_limit(t, "max_signature_checks");
    assert_in_range(t->num_verified, 1, 100);
}

static void many_cas_of_one_key_with_names_of_their_own(void **state)
{
    toy *t = *state;
    TOY_SEND(t, LEAF, .issuer = "CA0", .signer = 2);
    for (unsigned i = 0; i < 63; i++) {
        TOY_SEND(t, .subject = name_of(t, "CA", i), .ca = true, .key = 2,
                 .issuer = name_of(t, "CA", i + 1), .signer = 2);
    }
    toy_run(t);
    assert_limit(t, "max_depth");
}

/* Eight CAs, each of which has signed every other: the paths are as many as their orders. */
static void cas_that_have_all_signed_one_another(void **state)
{
    toy *t = *state;
    toy_set(t, FEDVAL_POLICY_MAX_SIGNATURE_CHECKS, 1000);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "CA0", .signer = 10);
    for (unsigned i = 0; i < 8; i++) {
        for (unsigned j = 0; j < 8; j++) {
            if (i != j && t->num_sent < 64) {
                TOY_SEND(t, .subject = name_of(t, "CA", i), .ca = true, .key = 10 + i,
                         .issuer = name_of(t, "CA", j), .signer = 10 + j);
            }
        }
    }
    toy_run(t);
    assert_limit(t, "max_tries");
}

static const char *many_names(toy *t, const char *kind, unsigned count, const char *suffix)
{
    fv_buf text;
    fv_buf_init(&text);
    for (unsigned i = 0; i < count; i++) {
        fv_buf_append_text(&text, i > 0 ? "," : "");
        fv_buf_append_text(&text, kind);
        fv_buf_append_u64(&text, i);
        fv_buf_append_text(&text, suffix);
    }
    const char *copy = fv_arena_copy_text(&t->arena, text.data, text.len);
    fv_buf_clear(&text);
    return copy;
}

static void many_constraints_against_many_names(void **state)
{
    toy *t = *state;
    toy_set(t, FEDVAL_POLICY_MAX_CHAIN_BYTES, 16 << 20);
    TOY_TRUST(t, ROOT, .excluded = many_names(t, "dns:x", 10000, ".example.net"));
    TOY_SEND(t, .subject = "host.example.com", .key = 3, .issuer = "Root", .signer = 1,
             .names = many_names(t, "dns:h", 10000, ".example.com"));
    toy_run(t);
    assert_limit(t, "max_name_comparisons");
}

/* A path is judged once to see whether it holds, and again to say why not: wherever in the two the
 * limit falls, something is said. */
static void whatever_the_limit_a_refusal_has_a_reason(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT, .excluded = "dns:a.example,dns:b.example,dns:host.example.com");
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    for (int64_t limit = 0; limit < 40; limit++) {
        toy_set(t, FEDVAL_POLICY_MAX_NAME_COMPARISONS, limit);
        toy_run(t);
        assert_ptr_equal(t->result.accepted, NULL);
        if (toy_count(&t->result.chain, FEDVAL_FINDING_LIMIT_REACHED) == 0)
            ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED);
    }
}

static void two_hundred_certificates(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    for (unsigned i = 0; i < 198; i++)
        TOY_SEND(t, .subject = name_of(t, "Stranger", i), .ca = true, .key = 100 + i);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    assert_limit(t, "max_certificates");
}

static void what_was_looked_at_is_enough_although_more_was_sent(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    for (unsigned i = 0; i < 199; i++)
        TOY_SEND(t, .subject = name_of(t, "Stranger", i), .ca = true, .key = 100 + i);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    ASSERT_CHAIN_HAS(t, FEDVAL_FINDING_LIMIT_REACHED);
}

static void more_bytes_than_are_looked_at(void **state)
{
    toy *t = *state;
    toy_set(t, FEDVAL_POLICY_MAX_CHAIN_BYTES, 100);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    assert_limit(t, "max_chain_bytes");
    assert_int_equal(t->result.num_paths, 0);
}

static void the_depth_counts_intermediates(void **state)
{
    toy *t = *state;
    toy_set(t, FEDVAL_POLICY_MAX_DEPTH, 1);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    toy_set(t, FEDVAL_POLICY_MAX_DEPTH, 0);
    toy_run(t);
    assert_limit(t, "max_depth");
}

/* RFC 5280 6.1.4 (l) */
static void self_issued_certificates_are_not_counted(void **state)
{
    toy *t = *state;
    toy_set(t, FEDVAL_POLICY_MAX_DEPTH, 1);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Issuing", .signer = 5);
    TOY_SEND(t, .subject = "Issuing", .ca = true, .key = 5, .issuer = "Issuing", .signer = 4);
    TOY_SEND(t, .subject = "Issuing", .ca = true, .key = 4, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_BY_PUBLIC);
    toy_set(t, FEDVAL_POLICY_MAX_DEPTH, 0);
    toy_run(t);
    assert_limit(t, "max_depth");
}

static void a_limit_that_is_not_reached_is_not_mentioned(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1);
    toy_run(t);
    ASSERT_CHAIN_LACKS(t, FEDVAL_FINDING_LIMIT_REACHED);
}

/* One finding a name would make gigabytes of a report. */
static void findings_of_one_kind_are_counted(void **state)
{
    toy *t = *state;
    fv_buf names;
    fv_buf_init(&names);
    for (unsigned i = 0; i < 2000; i++) {
        fv_buf_append_text(&names, i > 0 ? ",dns:h" : "dns:h");
        fv_buf_append_u64(&names, i);
        fv_buf_append_text(&names, ".example.com");
    }
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, .subject = "Leaf", .names = names.data, .key = 3, .issuer = "Issuing", .signer = 2);
    TOY_SEND(t, ISSUING, .issuer = "Root", .signer = 1, .excluded = "dns:example.com");
    toy_run(t);
    const fv_trust_remarks *chain = &t->result.chain;
    const uint32_t code = FEDVAL_FINDING_CHAIN_NAME_NOT_PERMITTED;
    assert_int_equal(toy_count(chain, code), 8);
    const fv_trust_remark *last = NULL;
    for (size_t i = 0; i < chain->num_items; i++) {
        if (chain->items[i].remark.code == code)
            last = &chain->items[i];
    }
    assert_int_equal(last->remark.num_more, 1992);
    assert_string_equal(last->remark.params[last->remark.num_params - 1].key, "more");
    assert_string_equal(last->remark.params[last->remark.num_params - 1].value, "1992");
    fv_buf_clear(&names);
}

static void many_anchors_of_one_name_are_not_all_looked_at(void **state)
{
    toy *t = *state;
    for (unsigned i = 0; i < 500; i++)
        TOY_TRUST(t, .subject = "Root", .ca = true, .key = 1000 + i, .no_key_ids = true);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 9, .no_key_ids = true);
    toy_set(t, FEDVAL_POLICY_MAX_SIGNATURE_CHECKS, 100000);
    toy_run(t);
    ASSERT_TRUST(t, FEDVAL_TRUST_NONE);
    assert_in_range(t->num_verified, 1, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(many_certificates_of_one_name_and_one_key),
        T(many_cas_of_one_name_with_keys_of_their_own),
        T(many_cas_of_one_key_with_names_of_their_own),
        T(cas_that_have_all_signed_one_another),
        T(many_constraints_against_many_names),
        T(whatever_the_limit_a_refusal_has_a_reason),
        T(two_hundred_certificates),
        T(what_was_looked_at_is_enough_although_more_was_sent),
        T(more_bytes_than_are_looked_at),
        T(the_depth_counts_intermediates),
        T(self_issued_certificates_are_not_counted),
        T(a_limit_that_is_not_reached_is_not_mentioned),
        T(findings_of_one_kind_are_counted),
        T(many_anchors_of_one_name_are_not_all_looked_at),
    };
    return cmocka_run_group_tests_name("trust/limits", tests, NULL, NULL);
}
