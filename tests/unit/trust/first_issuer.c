/* The first issuer that fits, which OpenSSL takes without going back. */
#include "test.h"

#define TWIN .subject = "Issuing", .ca = true, .key = 2, .issuer = "Root", .signer = 1
#define MOST 4

/* Certificates that are sent behind the leaf, in order, and that are trusted beside the root. */
static const struct {
    const char *name;
    toy_cert sent[MOST], trusted[MOST];
    const char *reason; /* part of the finding's; NULL: there is none */
} rows[] = {
    {"the sound one first", {{TWIN}, {TWIN, .eku = "client"}}, {{0}}, NULL},
    {"for clients only", {{TWIN, .eku = "client"}, {TWIN}}, {{0}}, "extKeyUsage"},
    {"no CA", {{TWIN, .usage = FV_KEY_USAGE_CRL_SIGN}, {TWIN}}, {{0}}, "no CA"},
    {"another name", {{TWIN, .excluded = "dns:example.com"}, {TWIN}}, {{0}}, "name constraints"},
    {"critical", {{TWIN, .unknown_critical = true}, {TWIN}}, {{0}}, "critical extension"},
    {"a path length",
     {{.subject = "Above", .ca = true, .key = 5, .issuer = "Root", .signer = 1, .pathlen = AT(0)},
      {.subject = "Issuing", .ca = true, .key = 2, .issuer = "Above", .signer = 5},
      {TWIN}},
     {{0}},
     "pathLenConstraint"},
    {"signed by nobody", {{TWIN, .bad = true}, {TWIN}}, {{0}}, "a signature"},
    {"of an unknown root",
     {{.subject = "Issuing", .ca = true, .key = 2, .issuer = "Old", .signer = 9}, {TWIN}},
     {{0}},
     "none of the roots"},
    {"a circle with an exit",
     {{.subject = "Issuing", .ca = true, .key = 2, .issuer = "B", .signer = 5},
      {.subject = "B", .ca = true, .key = 5, .issuer = "Issuing", .signer = 2},
      {.subject = "B", .ca = true, .key = 5, .issuer = "Root", .signer = 1}},
     {{0}},
     "none of the roots"},
    {"another sound one",
     {{.subject = "Issuing", .ca = true, .key = 2, .issuer = "Other", .signer = 9}, {TWIN}},
     {{.subject = "Other", .ca = true, .key = 9}},
     NULL},
    /* find_issuer prefers one that is valid */
    {"expired", {{TWIN, .to = "250101"}, {TWIN}}, {{0}}, NULL},
    /* check_ca is content with a keyUsage */
    {"a CA by its keyUsage alone", {{TWIN, .no_basic_constraints = true}, {TWIN}}, {{0}}, NULL},
    {"the sound one is trusted", {{TWIN, .eku = "client"}}, {{TWIN}}, NULL},
    {"the unusable one is trusted", {{TWIN}}, {{TWIN, .eku = "client"}}, "one of the roots given"},
};

static void an_unusable_twin_is_told_where_openssl_takes_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_open(&t);
        TOY_TRUST(&t, ROOT);
        TOY_SEND(&t, LEAF, .issuer = "Issuing", .signer = 2);
        for (size_t k = 0; k < MOST && rows[i].sent[k].subject != NULL; k++)
            toy_send(&t, &rows[i].sent[k]);
        for (size_t k = 0; k < MOST && rows[i].trusted[k].subject != NULL; k++)
            toy_trust(&t, FEDVAL_ANCHOR_PUBLIC, &rows[i].trusted[k]);
        toy_run(&t);
        if (t.result.accepted == NULL)
            fail_msg("%s: no path", rows[i].name);
        const char *reason =
            toy_param(&t.result.accepted->remarks, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH, "reason");
        if (rows[i].reason == NULL ? *reason != '\0' : strstr(reason, rows[i].reason) == NULL)
            fail_msg("%s: %s", rows[i].name, reason);
        toy_close(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unusable_twin_is_told_where_openssl_takes_it),
    };
    return cmocka_run_group_tests_name("trust/first_issuer", tests, NULL, NULL);
}
