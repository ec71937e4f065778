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
    fv_mask_learn(&mask, "CN=a", FV_VALUE_SUBJECT);
    fv_mask_learn(&mask, "CN=a,O=b", FV_VALUE_SUBJECT);
    fv_mask_learn(&mask, "host.example.com", FV_VALUE_HOST);
    fv_mask_learn(&mask, NULL, FV_VALUE_SUBJECT);
    fv_mask_sort(&mask);
    assert_masked("CN=a", "certificate1");
    assert_masked("CN=a,O=b", "certificate2");
    assert_masked("CN=ab CN=a-b CN=a_b CN=a.b", "CN=ab CN=a-b CN=a_b CN=a.b");
    assert_masked("by CN=a. By CN=a,O=b: xCN=a", "by certificate1. By certificate2: xcertificate1");
    assert_masked("host.example.com", "host.example.com");
}

/* Asserts that `text`, of that kind, becomes `wanted`. */
static void assert_value(uint32_t kind, const char *text, const char *wanted)
{
    fv_mask_value(&mask, &text, kind, NULL);
    assert_string_equal(text, wanted);
}

/* The kind decides what is hidden, not the look of the text. */
static void a_value_is_masked_by_its_kind(void **state)
{
    (void)state;
    assert_value(FV_VALUE_PLAIN, "192.0.2.1 CN=a", "192.0.2.1 CN=a");
    assert_value(FV_VALUE_SUBJECT, "email:alice@example.com", "certificate1");
    assert_value(FV_VALUE_SUBJECT, "a", "certificate2");
    assert_value(FV_VALUE_SUBJECT, "email:alice@example.com", "certificate1");
    assert_value(FV_VALUE_NAME, "alice@example.com", "name1");
    assert_value(FV_VALUE_ADDRESS, "2001:0db8:0000:0000:0000:0000:0000:0001", "address1");
    assert_value(FV_VALUE_HOST, "2001:db8::1", "address1");
    assert_value(FV_VALUE_WORDS, "at [2001:DB8::1]:5061", "at [address1]:5061");
    assert_value(FV_VALUE_HOST, "*.example.com", "*.example.com");
    assert_value(FV_VALUE_HOST, "DNS:_sip.example.com", "DNS:_sip.example.com");
    assert_value(FV_VALUE_HOST, "DNS:192.0.2.1", "DNS:address2");
    assert_value(FV_VALUE_HOST, "DNS:alice@example.com", "DNS:name1");
    assert_value(FV_VALUE_HOST, "Alice Example", "name2");
}

/* In words an address may stand behind the word for a type, and a name may be cut. */
static void words_are_searched(void **state)
{
    (void)state;
    fv_mask_learn(&mask, "CN=alice,O=Example", FV_VALUE_SUBJECT);
    fv_mask_sort(&mask);
    assert_masked("IP:192.0.2.1, sip:192.0.2.2.", "IP:address1, sip:address2.");
    assert_masked("IP:2001:db8::1", "IP:address3");
    assert_masked("from CN=alice,O=Ex...", "from certificate1");
    assert_masked("from CN=...", "from CN=...");
    assert_masked("from CN=alice,O=Ex", "from CN=alice,O=Ex");
}

/* Of a list the values are masked, each by its kind; a cut one is masked as far as it goes. */
static void a_list_keeps_the_words_between(void **state)
{
    fv_part items[] = {{0, 13, FV_VALUE_HOST}, {21, 8, FV_VALUE_NAME}, {34, 9, FV_VALUE_ADDRESS}};
    const fv_parts parts = {items, 3, 3};
    const char *text = "a.example.com, email:alice@ex, IP:192.0.2.1 and 2 more";
    const char *cut = "a.example.com, email:ali...";
    (void)state;
    fv_mask_value(&mask, &text, FV_VALUE_LIST, &parts);
    assert_string_equal(text, "a.example.com, email:name1, IP:address1 and 2 more");
    fv_mask_value(&mask, &cut, FV_VALUE_LIST, &parts);
    assert_string_equal(cut, "a.example.com, email:name2");
}

/* Of all parameters of a finding, those that are of this kind name a certificate or an issuer. */
static void parameters_that_name_a_certificate_are_learnt(void **state)
{
    (void)state;
    fv_param params[] = {{"host", "CN=beside"},
                         {"any", "CN=a", FV_VALUE_SUBJECT},
                         {"certificate", "CN=b", FV_VALUE_PLAIN}};
    fedval_finding finding = {
        .remark = {.params = params,
                   .num_params = 3,
                   .where = {.certificate = "CN=where", .certificate_kind = FV_VALUE_SUBJECT}}};
    fv_mask_learn_finding(&mask, &finding);
    fv_mask_sort(&mask);
    assert_masked("CN=where CN=a CN=b CN=beside", "certificate1 certificate2 CN=b CN=beside");
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
        cmocka_unit_test_setup_teardown(a_value_is_masked_by_its_kind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_are_searched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_keeps_the_words_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parameters_that_name_a_certificate_are_learnt, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(chains_of_evidence_are_learnt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_source_loses_its_folders, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("judge/mask", tests, NULL, NULL);
}
