/* Whole certificates, decoded from the tree's own PEM files, through the public functions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../reading.h"
#include "fedval/certificate.h"
#include "fedval/name.h"

#define FOLDER FEDVAL_SOURCE_ROOT "/tests/pki/out/"

static const struct {
    const char *file;
    const char *name;
    uint32_t wildcard_rule, cn_rule, accepts_sip_uri;
    uint32_t match;
} vectors[] = {
    {"below.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_SAN},
    {"name-other.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_NONE},
    {"name-cn-only.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_CN},
    {"name-cn-only.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_NEVER, 0,
     FEDVAL_NAME_MATCH_CN_IGNORED},
    {"name-cn-beside-san.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_CN_IGNORED},
    {"name-cn-beside-ip.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_CN_IGNORED},
    {"name-empty-san.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_CN_IGNORED},
    {"name-two-cns.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_CN},
    {"name-wildcard.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_WILDCARD_ONLY},
    {"name-wildcard.pem", "expe.example.com", FEDVAL_WILDCARD_LEFT_MOST, FEDVAL_CN_NEVER, 0,
     FEDVAL_NAME_MATCH_SAN_WILDCARD},
    {"name-wildcard-too.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_SAN},
    {"name-sip-uri.pem", "example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 1,
     FEDVAL_NAME_MATCH_SAN_URI},
    {"name-sip-uri.pem", "example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_NONE},
    {"name-ip.pem", "127.0.0.1", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_NEVER, 0,
     FEDVAL_NAME_MATCH_SAN_ADDRESS},
    {"name-nul.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_NONE},
    {"name-not-ascii.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_SAN},
    {"name-trailing-dot.pem", "expe.example.com", FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, 0,
     FEDVAL_NAME_MATCH_NONE},
};

static fedval_certificate_list *read_chain(const char *name)
{
    char path[4096];
    fedval_certificate_list *list = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), FOLDER "%s", name);
    char *text = read_file(path, &len);
    assert_non_null(text);
    assert_int_equal(fedval_certificate_list_new(text, len, &list, NULL), FEDVAL_OK);
    free(text);
    return list;
}

static void every_file_matches_as_its_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        uint32_t match = 0;
        fedval_certificate_list *list = read_chain(vectors[i].file);
        assert_int_equal(fedval_certificate_match(fedval_certificate_list_get(list, 0),
                                                  vectors[i].name, strlen(vectors[i].name),
                                                  vectors[i].wildcard_rule, vectors[i].cn_rule,
                                                  vectors[i].accepts_sip_uri, &match),
                         FEDVAL_OK);
        if (match != vectors[i].match)
            fail_msg("%s: %s", vectors[i].file, fedval_name_match_to_string(match));
        fedval_certificate_list_free(list);
    }
}

static void misuse_and_names_that_are_none_are_refused(void **state)
{
    uint32_t match = 77;
    fedval_certificate_list *list = read_chain("below.pem");
    const fedval_certificate *c = fedval_certificate_list_get(list, 0);
    (void)state;
    assert_int_equal(fedval_certificate_match(NULL, "a", 1, 1, 1, 0, &match),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match(c, NULL, 1, 1, 1, 0, &match), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match(c, "a", 1, 9, 1, 0, &match), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match(c, "a", 1, 1, 9, 0, &match), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match(c, "a", 1, 1, 1, 2, &match), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match(c, "a", 1, 1, 1, 0, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match(c, "a..b", 4, 1, 1, 0, &match), FEDVAL_ERROR_SYNTAX);
    assert_int_equal(match, 77);
    fedval_certificate_list_free(list);
}

static void the_batch_form_gives_the_same_outcomes(void **state)
{
    static const char text[] = "expe.example.coma..bother.exampleEXPE.example.com.";
    const uint32_t offsets[] = {0, 16, 20, 33, 50}, outside[] = {0, 90};
    uint32_t matches[4] = {77, 77, 77, 77};
    fedval_certificate_list *list = read_chain("below.pem");
    const fedval_certificate *c = fedval_certificate_list_get(list, 0);
    (void)state;
    assert_int_equal(fedval_certificate_match_batch(c, text, 50, outside, 1, 1, 2, 0, matches),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_certificate_match_batch(c, text, 50, offsets, 4, 1, 9, 0, matches),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(matches[0], 77);
    assert_int_equal(fedval_certificate_match_batch(c, text, 50, offsets, 4, 1, 2, 0, matches),
                     FEDVAL_OK);
    assert_int_equal(matches[0], FEDVAL_NAME_MATCH_SAN);
    assert_int_equal(matches[1], 0);
    assert_int_equal(matches[2], FEDVAL_NAME_MATCH_NONE);
    assert_int_equal(matches[3], FEDVAL_NAME_MATCH_SAN);
    assert_int_equal(fedval_certificate_match_batch(NULL, NULL, 0, NULL, 0, 0, 0, 0, NULL),
                     FEDVAL_OK);
    fedval_certificate_list_free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_matches_as_its_table_says),
        cmocka_unit_test(misuse_and_names_that_are_none_are_refused),
        cmocka_unit_test(the_batch_form_gives_the_same_outcomes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
