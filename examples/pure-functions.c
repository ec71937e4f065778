/* The pure functions alone: no network, no clock, no ports. First the SRV rule for a domain and a
 * target; then, when a chain is given, its names and whether it leads to a root, at the end of
 * 2016, whatever the date is today.
 *
 * usage: pure-functions DOMAIN TARGET [CHAIN.pem ROOTS.pem] */
#include <fedval/catalogue.h>
#include <fedval/files.h>
#include <fedval/mbedtls.h>
#include <fedval/name.h>
#include <fedval/trust.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 1 << 20, MAX_CHAIN = 16 };

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
    printf("trust %s, name %s\n", fedval_trust_to_string(fedval_chain_result_get_trust(result)),
           fedval_name_match_to_string(fedval_chain_result_get_name_match(result)));
    for (size_t i = 0; i < fedval_chain_result_count_findings(result); i++) {
        printf("%s: %s\n",
               fedval_finding_code_to_string(fedval_chain_result_get_finding_code(result, i)),
               fedval_chain_result_get_finding_message(result, i));
    }
}

/* The fact is only a way to get at the certificates of a PEM text. */
static fedval_status evaluate(const fedval_fact *fact, const char *name,
                              const fedval_anchors *anchors, const fedval_verifier *verifier)
{
    const uint8_t *chain[MAX_CHAIN];
    size_t chain_len[MAX_CHAIN], count = fedval_fact_count_certificates(fact);
    fedval_policy *policy = NULL;
    fedval_chain_result *result = NULL;
    if (count > MAX_CHAIN)
        count = MAX_CHAIN;
    for (size_t i = 0; i < count; i++)
        chain[i] = fedval_fact_get_certificate(fact, i, &chain_len[i]);
    fedval_status status = fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy);
    if (status == FEDVAL_OK)
        status = fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, 1483228799);
    if (status == FEDVAL_OK) {
        status =
            fedval_chain_evaluate(chain, chain_len, count, name, FEDVAL_NUL_ENDED,
                                  FEDVAL_PURPOSE_SERVER, policy, anchors, NULL, verifier, &result);
    }
    if (status == FEDVAL_OK)
        print_chain_result(result);
    fedval_chain_result_free(result);
    fedval_policy_free(policy);
    return status;
}

static fedval_status judge_chain(const char *name, const char *chain_path, const char *roots_path)
{
    size_t pem_len, roots_len;
    char *pem = read_file(chain_path, &pem_len), *roots = read_file(roots_path, &roots_len);
    fedval_fact *fact = NULL;
    fedval_anchors *anchors = NULL;
    fedval_verifier *verifier = NULL;
    fedval_status status =
        fedval_fact_new_from_pem(name, FEDVAL_NUL_ENDED, 0, FEDVAL_ROLE_SERVER, pem, pem_len,
                                 chain_path, FEDVAL_NUL_ENDED, &fact, NULL);
    if (status == FEDVAL_OK)
        status = fedval_mbedtls_verifier_new(&verifier);
    if (status == FEDVAL_OK)
        status = fedval_anchors_new(&anchors);
    if (status == FEDVAL_OK) {
        status = fedval_anchors_append(anchors, FEDVAL_ANCHOR_PRIVATE, (const uint8_t *)roots,
                                       roots_len, NULL);
    }
    if (status == FEDVAL_OK)
        status = fedval_anchors_seal(anchors, verifier);
    if (status == FEDVAL_OK)
        status = evaluate(fact, name, anchors, verifier);
    fedval_anchors_free(anchors);
    fedval_verifier_free(verifier);
    fedval_fact_free(fact);
    free(roots);
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
