/* The faults that several views share, and those of one alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "rules/other_views.h"

#define MOST 4

/* What two views lead to: `own` as it was found, and `found`, which merging changes. */
typedef struct views {
    fv_arena arena;
    fedval_policy policy;
    fedval_evidence *evidence;
    fv_rules_input input;
    fv_scene scene;
    fv_remark own_items[MOST], other_items[MOST];
    fv_remarks own, other, found;
} views;

static fv_remark fault(uint32_t code, uint32_t severity, uint32_t requirement, const char *target)
{
    return (fv_remark){.code = code,
                       .severity = severity,
                       .requirement = requirement,
                       .where = {.target = target, .address = "20.30.40.50", .port = 5061}};
}

static void add(fv_remarks *remarks, fv_remark item)
{
    assert_true(remarks->num_items < MOST);
    remarks->items[remarks->num_items++] = item;
}

static void begin(views *v)
{
    memset(v, 0, sizeof(*v));
    fv_arena_init(&v->arena);
    v->own.items = v->own_items;
    v->other.items = v->other_items;
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &v->evidence, NULL),
                     FEDVAL_OK);
    v->input.evidence = v->evidence;
    v->input.policy = &v->policy;
    v->scene.arena = &v->arena;
    v->scene.input = &v->input;
    v->scene.domain = "example.com";
}

static void merge(views *v, uint32_t view)
{
    if (v->found.items == NULL) {
        v->found.items = fv_arena_alloc_array(&v->arena, MOST, sizeof(fv_remark));
        assert_non_null(v->found.items);
        memcpy(v->found.items, v->own.items, v->own.num_items * sizeof(fv_remark));
        v->found.num_items = v->own.num_items;
        v->found.capacity = MOST;
    }
    assert_true(fv_other_views_merge(&v->scene, &v->own, &v->other, view, &v->found));
}

static void end(views *v)
{
    fedval_evidence_free(v->evidence);
    fv_arena_clear(&v->arena);
}

static const char *param(const fv_remark *remark, const char *key)
{
    for (size_t i = 0; i < remark->num_params; i++) {
        if (strcmp(remark->params[i].key, key) == 0)
            return remark->params[i].value;
    }
    return "";
}

static void assert_item(const fv_remark *item, uint32_t code, uint32_t severity)
{
    assert_int_equal(item->code, code);
    assert_int_equal(item->severity, severity);
}

/* Other faults, other places: the requirement fails for every partner. Which change mends it is not
 * known. */
static void a_requirement_that_fails_in_both_views_fails(void **state)
{
    views v;
    (void)state;
    begin(&v);
    add(&v.own, fault(FEDVAL_FINDING_CHAIN_SELF_SIGNED, FEDVAL_SEVERITY_ERROR, 5, "a.example.com"));
    add(&v.other,
        fault(FEDVAL_FINDING_CHAIN_INCOMPLETE, FEDVAL_SEVERITY_ERROR, 5, "b.example.com"));
    merge(&v, 1);
    assert_int_equal(v.found.num_items, 1);
    assert_item(&v.found.items[0], FEDVAL_FINDING_CHAIN_SELF_SIGNED, FEDVAL_SEVERITY_ERROR);
    assert_true(v.found.is_view_open);
    end(&v);
}

static void one_change_mends_the_same_fault_of_one_target(void **state)
{
    views v;
    (void)state;
    begin(&v);
    add(&v.own, fault(FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR, 7, "a.example.com"));
    add(&v.other, fault(FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR, 7, "a.example.com"));
    v.other_items[0].where.address = "20.30.40.52";
    merge(&v, 1);
    assert_int_equal(v.found.num_items, 1);
    assert_item(&v.found.items[0], FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR);
    assert_false(v.found.is_view_open);
    end(&v);
}

/* A fault that the other view only leaves open is no error, and no fault of one view either. */
static void a_fault_that_one_view_leaves_open_is_open(void **state)
{
    views v;
    (void)state;
    begin(&v);
    add(&v.own, fault(FEDVAL_FINDING_CHAIN_INCOMPLETE, FEDVAL_SEVERITY_ERROR, 5, "a.example.com"));
    add(&v.other,
        fault(FEDVAL_FINDING_CHAIN_INCOMPLETE, FEDVAL_SEVERITY_INDETERMINATE, 5, "b.example.com"));
    merge(&v, 1);
    assert_int_equal(v.found.num_items, 1);
    assert_item(&v.found.items[0], FEDVAL_FINDING_CHAIN_INCOMPLETE, FEDVAL_SEVERITY_INDETERMINATE);
    assert_false(v.found.is_view_open);
    end(&v);
}

/* An error where the other view has only something open, and the other way round. */
static void what_is_open_in_one_view_makes_no_requirement_fail(void **state)
{
    views v;
    (void)state;
    begin(&v);
    add(&v.own, fault(FEDVAL_FINDING_CHAIN_SELF_SIGNED, FEDVAL_SEVERITY_ERROR, 5, "a.example.com"));
    add(&v.other,
        fault(FEDVAL_FINDING_CHAIN_INCOMPLETE, FEDVAL_SEVERITY_INDETERMINATE, 5, "a.example.com"));
    merge(&v, 1);
    assert_int_equal(v.found.num_items, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_item(&v.found.items[i], FEDVAL_FINDING_FAULT_IN_ONE_VIEW,
                    FEDVAL_SEVERITY_INDETERMINATE);
    }
    assert_int_equal(v.found.items[0].fault, FEDVAL_FINDING_CHAIN_SELF_SIGNED);
    assert_int_equal(v.found.items[1].fault, FEDVAL_FINDING_CHAIN_INCOMPLETE);
    assert_true(v.found.is_view_open);
    end(&v);
}

/* The second view is sound; the third has the fault of the first, at another place. */
static void a_third_view_is_compared_with_the_first_as_it_was_found(void **state)
{
    views v;
    (void)state;
    begin(&v);
    add(&v.own, fault(FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR, 7, "a.example.com"));
    merge(&v, 1);
    add(&v.other, fault(FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR, 7, "c.example.com"));
    merge(&v, 2);
    assert_int_equal(v.found.num_items, 1);
    assert_item(&v.found.items[0], FEDVAL_FINDING_FAULT_IN_ONE_VIEW, FEDVAL_SEVERITY_INDETERMINATE);
    assert_string_equal(param(&v.found.items[0], "view"), "the first resolver");
    end(&v);
}

/* Two certificates of one name, as the second and the third view show them at the same address. */
static void two_certificates_of_one_name_are_two_faults(void **state)
{
    static const uint8_t ders[] = {1, 2};
    views v;
    (void)state;
    begin(&v);
    add(&v.other, fault(FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_SEVERITY_ERROR, 7, "a.example.com"));
    v.other_items[0].where.certificate = "CN=a.example.com";
    for (uint32_t view = 1; view <= 3; view++) {
        v.other_items[0].where.der = (fv_bytes){&ders[view == 1 ? 0 : 1], 1};
        merge(&v, view);
    }
    assert_int_equal(v.found.num_items, 2);
    end(&v);
}

static void assert_remedy(uint32_t trust, bool is_public_alone)
{
    views v;
    begin(&v);
    v.policy.trust = trust;
    add(&v.other,
        fault(FEDVAL_FINDING_CHAIN_PRIVATE_ROOT, FEDVAL_SEVERITY_ERROR, 5, "a.example.com"));
    merge(&v, 1);
    assert_int_equal(v.found.num_items, 1);
    const char *remedy = param(&v.found.items[0], "remedy");
    const char *public_alone = "Use a certificate of a public CA: the other side takes no other";
    assert_true(strlen(remedy) > 0);
    assert_int_equal(strcmp(remedy, public_alone) == 0, is_public_alone);
    end(&v);
}

/* Nobody is there who could import a private root, by whichever view. */
static void the_remedy_is_that_of_the_policy(void **state)
{
    (void)state;
    assert_remedy(FEDVAL_ROOTS_PUBLIC_ONLY, true);
    assert_remedy(FEDVAL_ROOTS_PUBLIC_OR_PRIVATE, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_requirement_that_fails_in_both_views_fails),
        cmocka_unit_test(one_change_mends_the_same_fault_of_one_target),
        cmocka_unit_test(a_fault_that_one_view_leaves_open_is_open),
        cmocka_unit_test(what_is_open_in_one_view_makes_no_requirement_fail),
        cmocka_unit_test(a_third_view_is_compared_with_the_first_as_it_was_found),
        cmocka_unit_test(two_certificates_of_one_name_are_two_faults),
        cmocka_unit_test(the_remedy_is_that_of_the_policy),
    };
    return cmocka_run_group_tests_name("rules/other_views", tests, NULL, NULL);
}
