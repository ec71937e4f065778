/* The pure functions alone: no network, no clock, no ports. First the SRV rule for a domain and a
 * target; then, when a chain is given, its names and whether it leads to a root, at the end of
 * 2016, whatever the date is today.
 *
 * usage: pure-functions DOMAIN TARGET [CHAIN.pem ROOTS.pem] */
#include <fedval/catalogue.h>
#include <fedval/chain.h>
#include <fedval/mbedtls.h>
#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 1 << 20 };

static char *read_file(const char *path, size_t *out_len)
{
    FILE *file = fopen(path, "rb");
    char *data = malloc(MAX_FILE);
    *out_len = file != NULL && data != NULL ? fread(data, 1, MAX_FILE, file) : 0;
    if (file != NULL)
        fclose(file);
    return data;
}

/* Names are normalised first; fedval_srv_match then says how they stand to one another. */
static int judge_names(const char *domain, const char *target)
{
    char a[FEDVAL_NAME_SIZE], b[FEDVAL_NAME_SIZE];
    uint32_t fault = 0;
    if (fedval_name_normalise(domain, strlen(domain), a, sizeof(a), NULL, &fault) != FEDVAL_OK ||
        fedval_name_normalise(target, strlen(target), b, sizeof(b), NULL, &fault) != FEDVAL_OK) {
        fprintf(stderr, "not a name: %s\n", fedval_name_fault_to_string(fault));
        return 65;
    }
    uint32_t match = fedval_srv_match(a, strlen(a), b, strlen(b));
    printf("%s -> %s: %s\n", a, b, fedval_srv_match_to_string(match));
    return match == FEDVAL_SRV_MATCH_MATCH ? 0 : 1;
}

static void print_chain_result(const fedval_chain_result *result)
{
    printf("trust %s, name %s\n",
           fedval_trust_to_string(
               fedval_presented_get_trust(fedval_chain_result_get_presented(result))),
           fedval_name_match_to_string(
               fedval_presented_get_name_match(fedval_chain_result_get_presented(result))));
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        printf("%s: %s\n",
               fedval_finding_code_to_string(
                   fedval_finding_get_code(fedval_chain_result_get_finding(result, i))),
               fedval_finding_get_message(fedval_chain_result_get_finding(result, i)));
    }
}

/* A judge whose only anchors are the roots of this file. */
static fedval_status make_judge(const char *roots_path, fedval_judge **out_judge)
{
    size_t roots_len;
    char *roots = read_file(roots_path, &roots_len);
    fedval_verifier *verifier = NULL;
    fedval_status status = fedval_judge_new(out_judge);
    if (status == FEDVAL_OK)
        status = fedval_mbedtls_verifier_new(&verifier);
    if (status == FEDVAL_OK)
        status = fedval_judge_set_verifier(*out_judge, verifier);
    if (status == FEDVAL_OK) {
        status =
            fedval_judge_append_anchors(*out_judge, FEDVAL_ANCHOR_PRIVATE, roots, roots_len, NULL);
    }
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(*out_judge);
    fedval_verifier_free(verifier);
    free(roots);
    return status;
}

static fedval_status judge_chain(const char *name, const char *chain_path, const char *roots_path)
{
    size_t pem_len;
    char *pem = read_file(chain_path, &pem_len);
    fedval_certificate_list *chain = NULL;
    fedval_judge *judge = NULL;
    fedval_chain_result *result = NULL;
    fedval_status status = fedval_certificate_list_new(pem, pem_len, &chain, NULL);
    if (status == FEDVAL_OK)
        status = make_judge(roots_path, &judge);
    if (status == FEDVAL_OK) {
        status = fedval_chain_evaluate_list(judge, 0, chain, name, FEDVAL_NUL_ENDED,
                                            FEDVAL_PURPOSE_SERVER, 1483228799, &result);
    }
    if (status == FEDVAL_OK)
        print_chain_result(result);
    fedval_chain_result_free(result);
    fedval_judge_free(judge);
    fedval_certificate_list_free(chain);
    free(pem);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 5) {
        fprintf(stderr, "usage: pure-functions DOMAIN TARGET [CHAIN.pem ROOTS.pem]\n");
        return 64;
    }
    int exit_status = judge_names(argv[1], argv[2]);
    if (argc == 5 && exit_status != 65 && judge_chain(argv[2], argv[3], argv[4]) != FEDVAL_OK)
        exit_status = 65;
    return exit_status;
}
