#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"
#include "rules/scene.h"

static const char owner[] = "_sipfederationtls._tcp.example.com";

/* One domain with its policy and the scene of it. */
typedef struct scene {
    fedval_evidence *evidence;
    fedval_policy *policy;
    fv_arena arena;
    fv_rules_input input;
    fv_scene scene;
} scene;

static void open_scene(scene *s, uint32_t profile)
{
    assert_int_equal(fedval_evidence_new("example.com", 11, &s->evidence, NULL), FEDVAL_OK);
    assert_int_equal(fedval_policy_new(profile, &s->policy), FEDVAL_OK);
    fv_arena_init(&s->arena);
}

static void close_scene(scene *s)
{
    fv_arena_clear(&s->arena);
    fedval_policy_free(s->policy);
    fedval_evidence_free(s->evidence);
}

static void derive(scene *s)
{
    s->input = (fv_rules_input){.evidence = s->evidence, .policy = s->policy};
    assert_int_equal(fv_scene_derive(&s->arena, &s->input, &s->scene), FEDVAL_OK);
}

typedef struct record {
    uint16_t priority, weight;
    const char *target;
} record;

static void add_srv(scene *s, const record *records, size_t num_records)
{
    fedval_fact *fact;
    assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER), FEDVAL_OK);
    for (size_t i = 0; i < num_records; i++) {
        assert_int_equal(fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, 60,
                                                records[i].priority, records[i].weight, 5061,
                                                records[i].target, FEDVAL_NUL_ENDED),
                         FEDVAL_OK);
    }
    assert_int_equal(fedval_evidence_append(s->evidence, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

static void add_addresses(scene *s, const char *host, const char *const *addresses, size_t count)
{
    fedval_fact *fact;
    assert_int_equal(fedval_fact_new_dns(host, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER), FEDVAL_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(fedval_fact_append_address(fact, host, FEDVAL_NUL_ENDED, 60, addresses[i],
                                                    FEDVAL_NUL_ENDED),
                         FEDVAL_OK);
    }
    assert_int_equal(fedval_evidence_append(s->evidence, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

static void add_probe(scene *s, const char *host, const char *address, uint32_t outcome)
{
    fedval_fact *fact;
    assert_int_equal(fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED, 5061,
                                           FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, outcome), FEDVAL_OK);
    assert_int_equal(fedval_evidence_append(s->evidence, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

static void the_best_priority_and_weight_are_preferred(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{10, 99, "d.example.com"},
                              {5, 1, "c.example.com"},
                              {5, 9, "a.example.com"},
                              {5, 9, "b.example.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 4);
    derive(&s);
    const char *const order[] = {"a.example.com", "b.example.com", "c.example.com",
                                 "d.example.com"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(s.scene.targets[i].name, order[i]);
        assert_int_equal(s.scene.targets[i].rank, i < 2 ? FV_RANK_PREFERRED : FV_RANK_STANDBY);
        assert_int_equal(s.scene.targets[i].counts, i < 2);
    }
    close_scene(&s);
}

static void only_preferred_targets_that_fit_count(void **state)
{
    (void)state;
    scene s;
    const record records[] = {
        {0, 0, "edge.dummy.com"}, {0, 0, "EXPE.Example.COM"}, {1, 0, "expe2.example.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 3);
    derive(&s);
    assert_false(s.scene.targets[0].counts);
    assert_true(s.scene.targets[1].counts);
    assert_string_equal(s.scene.targets[1].host, "expe.example.com");
    assert_true(s.scene.targets[2].fits);
    assert_false(s.scene.targets[2].counts);
    close_scene(&s);
}

static void all_preferred_count_when_none_fits(void **state)
{
    (void)state;
    scene s;
    const record records[] = {
        {0, 0, "a.dummy.com"}, {0, 0, "b.dummy.com"}, {1, 0, "c.example.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 3);
    derive(&s);
    assert_true(s.scene.targets[0].counts);
    assert_true(s.scene.targets[1].counts);
    assert_false(s.scene.targets[2].counts);
    close_scene(&s);
}

static void the_side_is_inferred_from_a_provider(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{100, 1, "sipfed.online.lync.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    derive(&s);
    assert_int_equal(s.scene.side, FEDVAL_SIDE_CISCO);
    add_srv(&s, records, 1);
    derive(&s);
    assert_int_equal(s.scene.side, FEDVAL_SIDE_MICROSOFT);
    assert_true(s.scene.is_side_inferred);
    assert_true(s.scene.targets[0].fits);
    assert_int_equal(fv_side_infer(s.evidence, s.policy), FEDVAL_SIDE_MICROSOFT);
    close_scene(&s);
}

static void a_side_that_is_given_is_not_inferred(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{100, 1, "sipfed.online.lync.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 1);
    assert_int_equal(fedval_policy_set_number(s.policy, FEDVAL_POLICY_SIDE, FEDVAL_SIDE_CISCO),
                     FEDVAL_OK);
    derive(&s);
    assert_int_equal(s.scene.side, FEDVAL_SIDE_CISCO);
    assert_false(s.scene.is_side_inferred);
    assert_false(s.scene.targets[0].fits);
    close_scene(&s);
}

static void an_address_that_answers_makes_its_target_up(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{0, 0, "expe.example.com"}};
    const char *const addresses[] = {"20.30.40.50", "10.0.0.1"};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 1);
    add_addresses(&s, "expe.example.com", addresses, 2);
    add_probe(&s, "expe.example.com", "20.30.40.50", FEDVAL_OUTCOME_REFUSED);
    derive(&s);
    assert_false(s.scene.targets[0].is_up);
    assert_null(s.scene.targets[0].addresses[0].not_public);
    assert_non_null(s.scene.targets[0].addresses[1].not_public);
    add_probe(&s, "expe.example.com", "10.0.0.1", FEDVAL_OUTCOME_HANDSHAKE);
    derive(&s);
    assert_true(s.scene.targets[0].is_up);
    close_scene(&s);
}

static void targets_and_addresses_beyond_the_limit_are_left_out(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{0, 0, "a.example.com"}, {1, 0, "b.example.com"}};
    const char *const addresses[] = {"20.30.40.50", "20.30.40.51", "20.30.40.52"};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 2);
    add_addresses(&s, "a.example.com", addresses, 3);
    assert_int_equal(fedval_policy_set_number(s.policy, FEDVAL_POLICY_MAX_TARGETS, 1), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(s.policy, FEDVAL_POLICY_MAX_ADDRESSES, 2), FEDVAL_OK);
    derive(&s);
    assert_int_equal(s.scene.num_targets, 1);
    assert_int_equal(s.scene.num_targets_left_out, 1);
    assert_int_equal(s.scene.targets[0].num_addresses, 2);
    assert_int_equal(s.scene.targets[0].num_addresses_left_out, 1);
    close_scene(&s);
}

static void a_configured_proxy_takes_the_place_of_srv(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{0, 0, "expe.dummy.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 1);
    assert_int_equal(fedval_policy_set_text(s.policy, FEDVAL_POLICY_EDGE_FQDN, "proxy.steven.lab",
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    derive(&s);
    assert_null(s.scene.srv_owner);
    assert_null(s.scene.srv);
    assert_int_equal(s.scene.num_targets, 1);
    assert_string_equal(s.scene.targets[0].name, "proxy.steven.lab");
    assert_true(s.scene.targets[0].fits);
    close_scene(&s);
}

static void probes_stand_for_addresses_that_dns_was_not_asked_for(void **state)
{
    (void)state;
    scene s;
    const record records[] = {{0, 0, "expe.example.com"}};
    open_scene(&s, FEDVAL_PROFILE_MICROSOFT_EDGE);
    add_srv(&s, records, 1);
    add_probe(&s, "expe.example.com", "20.30.40.50", FEDVAL_OUTCOME_HANDSHAKE);
    add_probe(&s, "other.example.com", "20.30.40.51", FEDVAL_OUTCOME_HANDSHAKE);
    derive(&s);
    assert_int_equal(s.scene.targets[0].num_addresses, 1);
    assert_string_equal(s.scene.targets[0].addresses[0].text, "20.30.40.50");
    assert_non_null(s.scene.targets[0].addresses[0].probe);
    close_scene(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_priority_and_weight_are_preferred),
        cmocka_unit_test(only_preferred_targets_that_fit_count),
        cmocka_unit_test(all_preferred_count_when_none_fits),
        cmocka_unit_test(the_side_is_inferred_from_a_provider),
        cmocka_unit_test(a_side_that_is_given_is_not_inferred),
        cmocka_unit_test(an_address_that_answers_makes_its_target_up),
        cmocka_unit_test(targets_and_addresses_beyond_the_limit_are_left_out),
        cmocka_unit_test(a_configured_proxy_takes_the_place_of_srv),
        cmocka_unit_test(probes_stand_for_addresses_that_dns_was_not_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
