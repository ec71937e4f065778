/* What a mask hides in texts, and where a subject or an address begins and ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../presenting.h"
#include "judge/mask.h"

static fv_arena arena;
static fv_mask mask;

static int set_up(void **state)
{
    (void)state;
    fv_arena_init(&arena);
    mask = fv_mask_of(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fv_arena_clear(&arena);
    return 0;
}

static void assert_masked(const char *text, const char *wanted)
{
    fv_mask_text(&mask, &text);
    assert_string_equal(text, wanted);
    assert_int_equal(fv_mask_status(&mask), FEDVAL_OK);
}

static void addresses_are_hidden_and_ports_stay(void **state)
{
    (void)state;
    assert_masked("192.0.2.1", "address1");
    assert_masked("from 192.0.2.1:5061 to 192.0.2.2.", "from address1:5061 to address2.");
    assert_masked("[2001:db8::1]:5061, 2001:db8::2: refused", "[address3]:5061, address4: refused");
    assert_masked("2001:db8::", "address5");
    assert_masked("(192.0.2.1)", "(address1)");
    assert_masked("a.192.0.2.1 1192.0.2.1 192.0.2.1x X14.0.1",
                  "a.192.0.2.1 1192.0.2.1 192.0.2.1x X14.0.1");
    assert_masked("host.example.com:5061", "host.example.com:5061");
    assert_masked("", "");
}

static void a_subject_ends_with_its_word(void **state)
{
    (void)state;
    fv_mask_learn(&mask, "CN=a");
    fv_mask_learn(&mask, "CN=a,O=b");
    fv_mask_learn(&mask, "host.example.com");
    fv_mask_learn(&mask, NULL);
    fv_mask_sort(&mask);
    assert_masked("CN=a", "certificate1");
    assert_masked("CN=a,O=b", "certificate2");
    assert_masked("CN=ab CN=a-b CN=a_b CN=a.b", "CN=ab CN=a-b CN=a_b CN=a.b");
    assert_masked("by CN=a. By CN=a,O=b: xCN=a", "by certificate1. By certificate2: xcertificate1");
    assert_masked("host.example.com", "host.example.com");
}

/* Of all parameters of a finding, some name a certificate or an issuer. */
static void parameters_that_name_a_certificate_are_learnt(void **state)
{
    static const char *const keys[] = {"certificate", "issuer", "root",
                                       "subject",     "anchor", "host"};
    (void)state;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char name[32];
        (void)snprintf(name, sizeof(name), "CN=name %c", (char)('a' + i));
        fv_param params[] = {{"beside", "CN=beside"}, {keys[i], name}};
        fv_statement statement = {.finding = {.params = params, .num_params = 2}};
        size_t before = mask.subjects.num_items;
        fv_mask_learn_finding(&mask, &statement);
        assert_int_equal(mask.subjects.num_items - before, i < 5);
    }
    fv_statement statement = {.finding = {.where = {.certificate = "CN=where"}}};
    fv_mask_learn_finding(&mask, &statement);
    fv_mask_sort(&mask);
    assert_masked("CN=name a CN=name e CN=where CN=name f CN=beside",
                  "certificate1 certificate5 certificate6 CN=name f CN=beside");
}

/* Subjects and issuers of each certificate of each fact. */
static void chains_of_evidence_are_learnt(void **state)
{
    static const char *const files[] = {"valid", "self-signed"};
    fedval_evidence *evidence = NULL;
    (void)state;
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL),
                     FEDVAL_OK);
    for (uint16_t i = 0; i < 2; i++) {
        fedval_fact *fact = NULL;
        assert_int_equal(fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, NULL, 0,
                                               (uint16_t)(5061 + i), FEDVAL_ROLE_SERVER, &fact),
                         FEDVAL_OK);
        assert_int_equal(append_chain(fact, files[i]), FEDVAL_OK);
        assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_HANDSHAKE), FEDVAL_OK);
        assert_int_equal(fedval_evidence_append(evidence, fact), FEDVAL_OK);
        fedval_fact_free(fact);
    }
    fv_mask_learn_evidence(&mask, NULL);
    assert_int_equal(mask.subjects.num_items, 0);
    fv_mask_learn_evidence(&mask, evidence);
    size_t num_learnt = 0;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        for (size_t k = 0; k < fact->num_chain; k++) {
            const char *name = fv_certificate_copy_name(&arena, fact->certificates[k]);
            fv_mask_text(&mask, &name);
            assert_memory_equal(name, "certificate", strlen("certificate"));
            num_learnt++;
        }
    }
    assert_int_equal(num_learnt, 3);
    fedval_evidence_free(evidence);
}

static void a_source_loses_its_folders(void **state)
{
    static const struct {
        const char *source, *wanted;
    } rows[] = {{"/home/alice/edge.log", "edge.log"},
                {"C:\\Users\\alice\\edge.log", "edge.log"},
                {"edge.log", "edge.log"},
                {"logs/", "logs/"},
                {"/home/192.0.2.1.log", "192.0.2.1.log"}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *source = rows[i].source;
        fv_mask_source(&mask, &source);
        assert_string_equal(source, rows[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(addresses_are_hidden_and_ports_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_subject_ends_with_its_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parameters_that_name_a_certificate_are_learnt, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(chains_of_evidence_are_learnt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_source_loses_its_folders, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("judge/mask", tests, NULL, NULL);
}
