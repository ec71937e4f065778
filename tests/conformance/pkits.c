/* NIST's Public Key Interoperability Test Suite (PKITS 1.0.1): one JSON object a case on standard
 * output, "valid" where the chain is accepted and nothing is left undetermined.
 * usage: pkits DIRECTORY TABLE VERIFIER with-crls|without-crls
 *
 * A case is an end-entity certificate. Every CA certificate of the suite is given beside it, and
 * every CRL: which of them belong to the case is for the library to find out. */
#include "../judging.h"
#include "../reading.h"
#include "base/arena.h"
#include "fedval/catalogue.h"
#include "fedval/report.h"
#include "fedval/trust.h"
#include "verifiers.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 512, MAX_PATH = 1024, MAX_LINE = 512, MAX_FILE = 1 << 20 };

typedef struct file {
    char name[128];
    fv_bytes der;
} file;

typedef struct suite {
    fv_arena arena;
    file cas[MAX_FILES], ends[MAX_FILES];
    size_t num_cas, num_ends;
    fedval_anchors *anchors;
    fedval_crls *crls; /* NULL: without */
    fedval_verifier *verifier;
} suite;

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    (void)fprintf(stderr, "pkits: %s\n", what);
    exit(1);
}

static fv_bytes read_der(fv_arena *arena, const char *path)
{
    static uint8_t data[MAX_FILE];
    fv_bytes copy;
    size_t len = read_into(path, data, sizeof(data));
    require(len > 0, path);
    require(fv_arena_copy_bytes(arena, (fv_bytes){data, len}, &copy), "out of memory");
    return copy;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static void keep(suite *s, const char *name, fv_bytes der)
{
    bool is_end = ends_with(name, "EE.crt");
    file *to = is_end ? &s->ends[s->num_ends++] : &s->cas[s->num_cas++];
    require(s->num_ends < MAX_FILES && s->num_cas < MAX_FILES, "too many files");
    (void)snprintf(to->name, sizeof(to->name), "%.*s", (int)(strlen(name) - strlen(".crt")), name);
    to->der = der;
}

static void read_certificate(suite *s, const char *name, fv_bytes der)
{
    if (strcmp(name, "TrustAnchorRootCertificate.crt") == 0) {
        require(fedval_anchors_append(s->anchors, FEDVAL_ANCHOR_PUBLIC, der.data, der.len, NULL) ==
                    FEDVAL_OK,
                name);
    } else
        keep(s, name, der);
}

static void read_folder(suite *s, const char *directory, const char *folder, const char *end)
{
    char path[MAX_PATH];
    const struct dirent *entry;
    (void)snprintf(path, sizeof(path), "%s/%s", directory, folder);
    DIR *opened = opendir(path);
    require(opened != NULL, path);
    while ((entry = readdir(opened)) != NULL) {
        if (!ends_with(entry->d_name, end))
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s/%s", directory, folder, entry->d_name);
        fv_bytes der = read_der(&s->arena, path);
        if (strcmp(end, ".crt") == 0)
            read_certificate(s, entry->d_name, der);
        else
            require(fedval_crls_append(s->crls, der.data, der.len, NULL) == FEDVAL_OK, path);
    }
    (void)closedir(opened);
}

/* ---- one case ---- */

/* "explicit", "no-mapping", "no-any", or an OID: the inputs of RFC 5280 6.1.1 (c), (e) to (g). */
static void set_input(fedval_policy *policy, const char *word)
{
    static const struct {
        const char *word;
        uint32_t field;
    } flags[] = {
        {"explicit", FEDVAL_POLICY_EXPLICIT_POLICY},
        {"no-mapping", FEDVAL_POLICY_INHIBIT_MAPPING},
        {"no-any", FEDVAL_POLICY_INHIBIT_ANY_POLICY},
    };
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (strcmp(flags[i].word, word) == 0) {
            require(fedval_policy_set_number(policy, flags[i].field, 1) == FEDVAL_OK, word);
            return;
        }
    }
    require(fedval_policy_append_policy_oid(policy, word, FEDVAL_NUL_ENDED) == FEDVAL_OK, word);
}

static fedval_policy *new_policy(void)
{
    fedval_policy *policy = NULL;
    require(fedval_policy_new(FEDVAL_PROFILE_RFC5922_SIP, &policy) == FEDVAL_OK &&
                fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, INT64_C(1325376000)) == 0 &&
                fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_CERTIFICATES, MAX_FILES) == 0,
            "no policy");
    return policy;
}

static const file *find(const suite *s, const char *name)
{
    for (size_t i = 0; i < s->num_ends; i++) {
        if (strcmp(s->ends[i].name, name) == 0)
            return &s->ends[i];
    }
    require(false, name);
    return NULL;
}

static void print_findings(const fedval_chain_result *result)
{
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        const fedval_finding *finding = fedval_chain_result_get_finding(result, i);
        if (fedval_finding_get_severity(finding) >= FEDVAL_SEVERITY_INDETERMINATE)
            (void)printf(" %s", fedval_finding_code_to_string(fedval_finding_get_code(finding)));
    }
}

static void run(const suite *s, const char *number, const file *end, const fedval_policy *policy)
{
    const uint8_t *chain[MAX_FILES];
    size_t lengths[MAX_FILES], num = 1;
    fedval_chain_result *result = NULL;
    chain[0] = end->der.data;
    lengths[0] = end->der.len;
    for (size_t i = 0; i < s->num_cas; i++, num++) {
        chain[num] = s->cas[i].der.data;
        lengths[num] = s->cas[i].der.len;
    }
    require(chain_evaluate_once(chain, lengths, num, NULL, 0, FEDVAL_PURPOSE_ANY, policy,
                                s->anchors, s->crls, s->verifier, &result) == FEDVAL_OK,
            end->name);
    uint32_t verdict = fedval_chain_result_get_verdict(result);
    (void)printf("%s\t%s\t", number, fedval_verdict_to_string(verdict));
    print_findings(result);
    (void)printf("\n");
    fedval_chain_result_free(result);
}

/* "4.8.1 ValidCertificatePathTest1EE valid explicit 2.16.840.1.101.3.2.1.48.1" */
static void run_line(const suite *s, char *line)
{
    char *rest = NULL;
    const char *number = strtok_r(line, " \n", &rest);
    const char *name = number == NULL ? NULL : strtok_r(NULL, " \n", &rest);
    const char *wanted = name == NULL ? NULL : strtok_r(NULL, " \n", &rest);
    if (wanted == NULL || number[0] == '#')
        return;
    fedval_policy *policy = new_policy();
    const char *word;
    while ((word = strtok_r(NULL, " \n", &rest)) != NULL)
        set_input(policy, word);
    run(s, number, find(s, name), policy);
    fedval_policy_free(policy);
}

int main(int argc, char **argv)
{
    static suite s;
    char line[MAX_LINE];
    require(argc == 5, "usage: pkits DIRECTORY TABLE VERIFIER with-crls|without-crls");
    fv_arena_init(&s.arena);
    s.verifier = verifier_by_name(argv[3]);
    require(s.verifier != NULL && fedval_anchors_new(&s.anchors) == FEDVAL_OK, argv[3]);
    read_folder(&s, argv[1], "certs", ".crt");
    require(fedval_anchors_seal(s.anchors, s.verifier) == FEDVAL_OK, "cannot seal");
    if (strcmp(argv[4], "with-crls") == 0) {
        require(fedval_crls_new(&s.crls) == FEDVAL_OK, "out of memory");
        read_folder(&s, argv[1], "crls", ".crl");
    }
    FILE *table = fopen(argv[2], "r");
    require(table != NULL, argv[2]);
    while (fgets(line, sizeof(line), table) != NULL)
        run_line(&s, line);
    (void)fclose(table);
    fedval_crls_free(s.crls);
    fedval_anchors_free(s.anchors);
    fedval_verifier_free(s.verifier);
    fv_arena_clear(&s.arena);
    return 0;
}
