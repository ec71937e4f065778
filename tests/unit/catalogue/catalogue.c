#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/catalogue.h"
#include "catalogue/documents.h"
#include "texts.h"

static void codes_have_no_gaps_and_lead_to_their_rows(void **state)
{
    (void)state;
    if (fedval_catalogue_count() != FEDVAL_FINDING_DNS_SERVER_NOT_ASKED) {
        fail_msg("the last code is another one: write its name here, then run "
                 "tools/update-findings build/examples/fedval/fedval and tools/update-abi build");
    }
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        assert_non_null(entry);
        assert_int_equal(entry->code, i + 1);
        assert_ptr_equal(fedval_catalogue_find(entry->code), entry);
    }
    assert_null(fedval_catalogue_get(fedval_catalogue_count()));
    assert_null(fedval_catalogue_get(SIZE_MAX));
    assert_null(fedval_catalogue_find(0));
    assert_null(fedval_catalogue_find(UINT32_MAX));
}

static void every_id_is_kebab_case_and_leads_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        uint32_t code = 0;
        assert_int_equal(strspn(entry->id, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                         strlen(entry->id));
        assert_int_equal(fedval_finding_code_from_string(entry->id, FEDVAL_NUL_ENDED, &code),
                         FEDVAL_OK);
        assert_int_equal(code, entry->code);
        assert_string_equal(fedval_finding_code_to_string(code), entry->id);
    }
    uint32_t untouched = 7;
    assert_int_equal(fedval_finding_code_from_string("srv-miss", FEDVAL_NUL_ENDED, &untouched),
                     FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(fedval_finding_code_from_string(NULL, 0, &untouched), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(untouched, 7);
    assert_null(fedval_finding_code_to_string(0));
}

static void every_row_is_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        check_text(entry->id, entry->meaning, 20);
        check_text(entry->id, entry->message, 10);
        check_text(entry->id, entry->remedy, 10);
        check_text(entry->id, entry->source, 10);
        assert_non_null(fedval_severity_to_string(entry->severity));
        assert_non_null(fedval_family_to_string(entry->family));
        assert_in_range(entry->requirement, 0, 8);
        assert_non_null(entry->observed);
    }
}

static void what_weighs_says_what_was_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (entry->severity > FEDVAL_SEVERITY_NOTE)
            check_text(entry->id, entry->expected != NULL ? entry->expected : "", 1);
    }
}

/* An error or an open question that no requirement hangs on would change no verdict. */
static void what_weighs_hangs_on_a_requirement(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (entry->family != FEDVAL_FAMILY_LOG && entry->severity > FEDVAL_SEVERITY_WARNING)
            assert_in_range(entry->requirement, 1, 8);
    }
}

/* The cure of a report's error is a record or a certificate, unless it lies beyond both. */
static bool is_beyond_records(uint32_t family)
{
    return family == FEDVAL_FAMILY_TRANSPORT || family == FEDVAL_FAMILY_LOG;
}

static void every_error_of_a_check_has_its_cure(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        assert_non_null(fedval_cure_to_string(fedval_catalogue_entry_get_cure(entry)));
        assert_non_null(fedval_hint_to_string(fedval_catalogue_entry_get_hint(entry)));
        if (entry->severity != FEDVAL_SEVERITY_ERROR)
            continue;
        if ((entry->cure == FEDVAL_CURE_NONE) != is_beyond_records(entry->family))
            fail_msg("%s: %s", entry->id, fedval_cure_to_string(entry->cure));
    }
}

static void the_side_that_mends_depends_on_who_reports(void **state)
{
    (void)state;
    const fedval_catalogue_entry *entry = fedval_catalogue_find(FEDVAL_FINDING_CERT_NAME_MISMATCH);
    assert_int_equal(fedval_catalogue_entry_get_mend_side(entry, FEDVAL_SEEN_BY_EDGE),
                     FEDVAL_MEND_SIDE_CISCO);
    assert_int_equal(fedval_catalogue_entry_get_mend_side(entry, FEDVAL_SEEN_BY_CLIENT),
                     FEDVAL_MEND_SIDE_CISCO);
    assert_int_equal(fedval_catalogue_entry_get_mend_side(entry, FEDVAL_SEEN_BY_EXPRESSWAY),
                     FEDVAL_MEND_SIDE_MICROSOFT);
    assert_null(fedval_catalogue_entry_get_log_remedy(entry));
    entry = fedval_catalogue_find(FEDVAL_FINDING_CONNECT_TIMEOUT);
    assert_non_null(fedval_catalogue_entry_get_log_remedy(entry));
    assert_int_equal(fedval_catalogue_entry_get_mend_side(NULL, FEDVAL_SEEN_BY_EDGE),
                     FEDVAL_MEND_SIDE_UNKNOWN);
}

/* A document with a number or an edition, or an RFC that the source names. */
static bool names_a_document(const fedval_catalogue_entry *entry)
{
    const char *rfc = strstr(entry->source, "RFC ");
    return fv_document_get(entry->document) != NULL ||
           (rfc != NULL && strspn(rfc + 4, "0123456789") == 4);
}

static void every_source_can_be_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (!names_a_document(entry))
            fail_msg("%s: %s", entry->id, entry->source);
    }
}

/* Without anything confirmed behind it a finding is at most an open question. */
/* Where a source has several marks, the first is that of the claim which the severity rests on. */
static void what_is_only_inferred_or_unknown_is_no_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        const char *mark = strchr(entry->source, '[');
        while (mark != NULL && strncmp(mark, "[C]", 3) != 0 && strncmp(mark, "[I]", 3) != 0 &&
               strncmp(mark, "[U]", 3) != 0)
            mark = strchr(mark + 1, '[');
        if (entry->severity == FEDVAL_SEVERITY_ERROR &&
            (mark == NULL || strncmp(mark, "[C]", 3) != 0))
            fail_msg("%s: %s", entry->id, entry->source);
    }
}

/* The library has no options: a program says in its own words what a hint stands for. */
static void no_text_names_an_option_or_a_program(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        const char *const texts[] = {entry->meaning, entry->message,    entry->remedy,
                                     entry->source,  entry->log_remedy, entry->expected};
        for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++) {
            if (texts[t] != NULL &&
                (strstr(texts[t], "--") != NULL || strstr(texts[t], "fedval ") != NULL))
                fail_msg("%s: %s", entry->id, texts[t]);
        }
    }
}

static void every_symptom_names_who_sees_it_and_in_which_direction(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        for (size_t s = 0; s < entry->num_symptoms; s++) {
            assert_non_null(fedval_seen_by_to_string(entry->symptoms[s].seen_by));
            assert_non_null(fedval_direction_to_string(entry->symptoms[s].direction));
            assert_non_null(entry->symptoms[s].text);
        }
    }
}

static bool has_symptom(uint32_t code, uint32_t seen_by, uint32_t direction, const char *number,
                        const char *name)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(code);
    for (size_t i = 0; i < fedval_catalogue_entry_count_symptoms(entry); i++) {
        const char *has_code =
            fedval_symptom_get_code(fedval_catalogue_entry_get_symptom(entry, i));
        const char *has_name =
            fedval_symptom_get_name(fedval_catalogue_entry_get_symptom(entry, i));
        if (fedval_symptom_get_seen_by(fedval_catalogue_entry_get_symptom(entry, i)) == seen_by &&
            fedval_symptom_get_direction(fedval_catalogue_entry_get_symptom(entry, i)) ==
                direction &&
            has_code != NULL && strcmp(has_code, number) == 0 &&
            (name == NULL || (has_name != NULL && strcmp(has_name, name) == 0)))
            return true;
    }
    return false;
}

static void the_symptoms_of_the_worked_example_are_exact(void **state)
{
    (void)state;
    const uint32_t outside = FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN;
    const uint32_t name = FEDVAL_FINDING_CERT_NAME_MISMATCH;
    const uint32_t to = FEDVAL_DIRECTION_TO_MICROSOFT, from = FEDVAL_DIRECTION_FROM_MICROSOFT;
    assert_true(has_symptom(outside, FEDVAL_SEEN_BY_EDGE, to, "0xc3e93d6f",
                            "SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH"));
    assert_true(has_symptom(outside, FEDVAL_SEEN_BY_CLIENT, from, "1009", NULL));
    assert_true(has_symptom(outside, FEDVAL_SEEN_BY_EXPRESSWAY, to, "504", NULL));
    assert_true(has_symptom(name, FEDVAL_SEEN_BY_EDGE, to, "0xc3e93d67",
                            "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH"));
    assert_true(has_symptom(name, FEDVAL_SEEN_BY_CLIENT, from, "1010", NULL));
    assert_true(
        has_symptom(name, FEDVAL_SEEN_BY_CLIENT, from, "0x80090322", "SEC_E_WRONG_PRINCIPAL"));
}

static void readers_accept_what_is_not_there(void **state)
{
    (void)state;
    const fedval_catalogue_entry *entry = fedval_catalogue_find(FEDVAL_FINDING_SRV_MISSING);
    assert_null(fedval_catalogue_entry_get_id(NULL));
    assert_int_equal(fedval_catalogue_entry_get_code(NULL), 0);
    assert_int_equal(fedval_symptom_get_seen_by(fedval_catalogue_entry_get_symptom(entry, 1000)),
                     0);
    assert_null(fedval_symptom_get_text(fedval_catalogue_entry_get_symptom(entry, 1000)));
    assert_null(fedval_symptom_get_text(fedval_catalogue_entry_get_symptom(NULL, 0)));
}

static void words_lead_back_to_their_codes(void **state)
{
    (void)state;
    uint32_t code = 0;
    assert_int_equal(fedval_severity_from_string("indeterminate", FEDVAL_NUL_ENDED, &code),
                     FEDVAL_OK);
    assert_int_equal(code, FEDVAL_SEVERITY_INDETERMINATE);
    assert_int_equal(fedval_family_from_string("certificate", FEDVAL_NUL_ENDED, &code), FEDVAL_OK);
    assert_int_equal(code, FEDVAL_FAMILY_CERTIFICATE);
    assert_int_equal(fedval_seen_by_from_string("expressway", FEDVAL_NUL_ENDED, &code), FEDVAL_OK);
    assert_int_equal(code, FEDVAL_SEEN_BY_EXPRESSWAY);
    assert_int_equal(fedval_direction_from_string("from-microsoft", FEDVAL_NUL_ENDED, &code),
                     FEDVAL_OK);
    assert_int_equal(code, FEDVAL_DIRECTION_FROM_MICROSOFT);
    assert_null(fedval_severity_to_string(0));
    assert_null(fedval_direction_to_string(3));
}

static void assert_filled(const char *text, const fv_param *params, size_t num_params,
                          const char *expected)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_template_append(&buf, text, params, num_params);
    assert_false(buf.failed);
    assert_string_equal(buf.data, expected);
    fv_buf_clear(&buf);
    fv_arena arena;
    fv_arena_init(&arena);
    assert_string_equal(fv_template_fill(&arena, text, params, num_params), expected);
    fv_arena_clear(&arena);
}

static void templates_are_filled_and_never_left_in_braces(void **state)
{
    (void)state;
    const fv_param params[] = {{"target", "a.example"}, {"targets", "{target}"}, {"none", NULL}};
    assert_filled("{target} and {targets}", params, 3, "a.example and {target}");
    assert_filled("{tar} {none} {}", params, 3, "not known not known not known");
    assert_filled("no parameters", NULL, 0, "no parameters");
    assert_filled("open {target", params, 3, "open {target");
    assert_filled("@{Add=\"{target}\"}", params, 3, "@{Add=\"a.example\"}");
}

static void long_values_are_filled_in_whole(void **state)
{
    (void)state;
    char name[2001] = {0}, expected[4100];
    memset(name, 'n', 2000);
    const fv_param params[] = {{"name", name}};
    (void)snprintf(expected, sizeof(expected), "a %s b %s", name, name);
    assert_filled("a {name} b {name}", params, 1, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_have_no_gaps_and_lead_to_their_rows),
        cmocka_unit_test(every_id_is_kebab_case_and_leads_back),
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(what_weighs_says_what_was_expected),
        cmocka_unit_test(what_weighs_hangs_on_a_requirement),
        cmocka_unit_test(every_error_of_a_check_has_its_cure),
        cmocka_unit_test(the_side_that_mends_depends_on_who_reports),
        cmocka_unit_test(every_source_can_be_found),
        cmocka_unit_test(what_is_only_inferred_or_unknown_is_no_error),
        cmocka_unit_test(no_text_names_an_option_or_a_program),
        cmocka_unit_test(every_symptom_names_who_sees_it_and_in_which_direction),
        cmocka_unit_test(the_symptoms_of_the_worked_example_are_exact),
        cmocka_unit_test(readers_accept_what_is_not_there),
        cmocka_unit_test(words_lead_back_to_their_codes),
        cmocka_unit_test(templates_are_filled_and_never_left_in_braces),
        cmocka_unit_test(long_values_are_filled_in_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
