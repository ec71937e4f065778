#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "catalogue/sentences.h"
#include "texts.h"

static uint32_t finding_of(uint32_t kind, uint32_t number)
{
    const fv_symptom_code *code = fv_symptom_code_find(kind, number);
    assert_non_null(code);
    return code->finding;
}

static void the_codes_of_the_worked_example_name_their_findings(void **state)
{
    (void)state;
    assert_int_equal(finding_of(FV_SYMPTOM_EDGE_RESULT, 0xc3e93d6f),
                     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_int_equal(finding_of(FV_SYMPTOM_EDGE_RESULT, 0xc3e93d67),
                     FEDVAL_FINDING_CERT_NAME_MISMATCH);
    assert_int_equal(finding_of(FV_SYMPTOM_MS_DIAGNOSTICS, 1009),
                     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_int_equal(finding_of(FV_SYMPTOM_HRESULT, 0x80090322), FEDVAL_FINDING_CERT_NAME_MISMATCH);
    assert_int_equal(finding_of(FV_SYMPTOM_WINDOWS_EVENT, 14428),
                     FEDVAL_FINDING_CERT_NAME_MISMATCH);
}

/* winerror.h has these numbers; the two at the end are nobody's. */
static void a_number_has_its_published_name(void **state)
{
    static const struct {
        uint32_t number;
        const char *name;
    } published[] = {
        {0x80090332, "SEC_E_SECURITY_QOS_FAILED"},
        {0x80090350, "SEC_E_DOWNGRADE_DETECTED"},
        {0x80090357, "SEC_E_CROSSREALM_DELEGATION_FAILURE"},
        {0x8009035d, "SEC_E_INVALID_PARAMETER"},
        {0x80090363, "SEC_E_MUTUAL_AUTH_FAILED"},
        {0x8009036a, "SEC_E_EXT_BUFFER_TOO_SMALL"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
        const fv_symptom_code *code = fv_symptom_code_find(FV_SYMPTOM_HRESULT, published[i].number);
        assert_non_null(code);
        assert_string_equal(code->name, published[i].name);
    }
    assert_null(fv_symptom_code_find(FV_SYMPTOM_HRESULT, 0x8009031a));
    assert_null(fv_symptom_code_find(FV_SYMPTOM_HRESULT, 0x8009034f));
}

static void an_unknown_code_is_not_guessed(void **state)
{
    (void)state;
    assert_null(fv_symptom_code_find(FV_SYMPTOM_MS_DIAGNOSTICS, 999999));
    assert_null(fv_symptom_code_find(FV_SYMPTOM_WINSOCK, 1009));
    assert_null(fv_symptom_code_find_name("SEC_E_WRONG", 11));
    assert_null(fv_symptom_code_find_name(NULL, 0));
    assert_null(fv_symptom_code_get(fv_symptom_code_count()));
}

static void every_row_is_found_and_says_what_it_means(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        assert_ptr_equal(fv_symptom_code_find(code->kind, code->number), code);
        assert_true(strlen(code->meaning) > 10);
        assert_non_null(fedval_catalogue_find(code->finding));
        assert_non_null(fedval_certainty_to_string(code->certainty));
        assert_int_not_equal(code->certainty, FEDVAL_CERTAINTY_UNDETERMINED);
        assert_in_range(code->kind, FV_SYMPTOM_MS_DIAGNOSTICS, FV_NUM_SYMPTOM_KINDS - 1);
    }
}

static void every_text_of_a_code_is_one_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        char id[32];
        (void)snprintf(id, sizeof(id), "%u of kind %u", code->number, code->kind);
        check_text(id, code->meaning, 10);
        if (code->advice != NULL)
            check_text(id, code->advice, 10);
        for (size_t c = 0; c < code->num_causes; c++)
            check_text(id, code->causes[c].when, 5);
    }
}

static void what_is_called_certain_stands_in_a_document(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        if ((fv_document_get(code->document) == NULL) !=
            (code->certainty == FEDVAL_CERTAINTY_UNSURE))
            fail_msg("%u %u: %s", code->kind, code->number, code->meaning);
    }
    for (size_t i = 0; i < fv_num_edge_texts; i++)
        assert_non_null(fv_document_get(fv_edge_texts[i].document));
}

/* A code whose meaning nobody has confirmed makes no error of a log. */
static void what_is_unsure_is_no_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        const fedval_catalogue_entry *entry = fedval_catalogue_find(code->finding);
        if (code->certainty == FEDVAL_CERTAINTY_UNSURE &&
            fedval_catalogue_entry_get_severity(entry) == FEDVAL_SEVERITY_ERROR)
            fail_msg("%u %u: %s", code->kind, code->number, code->meaning);
    }
}

static void every_document_can_be_found(void **state)
{
    (void)state;
    for (uint32_t i = FV_DOCUMENT_NONE + 1; i < FV_NUM_DOCUMENTS; i++) {
        const fv_document *document = fv_document_get(i);
        assert_true(strlen(document->publisher) > 2 && strlen(document->title) > 6);
        /* A number or a file name, in the key or in the title; else its date. */
        if (document->date == NULL && strpbrk(document->key, "0123456789.") == NULL &&
            strpbrk(document->title, "0123456789") == NULL)
            fail_msg("%s: %s", document->title, document->key);
    }
    assert_null(fv_document_get(FV_DOCUMENT_NONE));
    assert_null(fv_document_get(FV_NUM_DOCUMENTS));
}

static void causes_begin_with_the_likeliest(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        for (size_t c = 0; c < code->num_causes; c++) {
            assert_non_null(fedval_likelihood_to_string(code->causes[c].likelihood));
            assert_true(code->causes[c].finding == 0 ||
                        fedval_catalogue_find(code->causes[c].finding) != NULL);
            if (c > 0 && code->causes[c].likelihood < code->causes[c - 1].likelihood)
                fail_msg("%u: cause %zu", code->number, c);
        }
    }
    assert_null(fedval_likelihood_to_string(0));
    assert_null(fedval_likelihood_to_string(FEDVAL_LIKELIHOOD_RARELY + 1));
}

/* A sentence is found by its own key, unless an earlier one that means the same takes it. */
static void every_sentence_is_what_its_code_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_num_sentences; i++) {
        const fv_sentence *sentence = &fv_sentences[i];
        if (sentence->kind == 0) {
            assert_true(strlen(sentence->meaning) > 10);
            continue;
        }
        const fv_symptom_code *code = fv_symptom_code_find(sentence->kind, sentence->number);
        assert_non_null(code);
        if (code->finding != sentence->inbound && code->finding != sentence->outbound)
            fail_msg("%s: %s", sentence->written, fedval_finding_code_to_string(code->finding));
    }
}

static void a_name_is_found_in_any_case(void **state)
{
    (void)state;
    const fv_symptom_code *code = fv_symptom_code_find_name("sec_e_Wrong_Principal", 21);
    assert_non_null(code);
    assert_int_equal(code->number, 0x80090322);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_codes_of_the_worked_example_name_their_findings),
        cmocka_unit_test(a_number_has_its_published_name),
        cmocka_unit_test(an_unknown_code_is_not_guessed),
        cmocka_unit_test(every_row_is_found_and_says_what_it_means),
        cmocka_unit_test(every_text_of_a_code_is_one_line),
        cmocka_unit_test(what_is_called_certain_stands_in_a_document),
        cmocka_unit_test(what_is_unsure_is_no_error),
        cmocka_unit_test(every_document_can_be_found),
        cmocka_unit_test(causes_begin_with_the_likeliest),
        cmocka_unit_test(every_sentence_is_what_its_code_says),
        cmocka_unit_test(a_name_is_found_in_any_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
