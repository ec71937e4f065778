/* Names: what comes out of normalising goes in again unchanged; the fast scan says what the plain
 * one says; a match means one label more. */
#include "fuzz.h"

#include "fedval/name.h"
#include "model/dns_name.h"

#include <stdlib.h>
#include <string.h>

static void check_normalised(fv_text text)
{
    char name[FEDVAL_NAME_SIZE], again[FEDVAL_NAME_SIZE];
    uint32_t kind = 0, same_kind = 0, fault = 0;
    fedval_status status =
        fedval_name_normalise(text.data, text.len, name, sizeof(name), &kind, &fault);

    require((status == FEDVAL_ERROR_SYNTAX) == (fault != FEDVAL_NAME_FAULT_NONE));
    if (status != FEDVAL_OK)
        return;
    require(fedval_name_kind_to_string(kind) != NULL && strlen(name) <= FV_NAME_MAX_LEN);
    require(fedval_name_normalise(name, strlen(name), again, sizeof(again), &same_kind, NULL) ==
            FEDVAL_OK);
    require(strcmp(name, again) == 0 && kind == same_kind);
}

static void check_scans(fv_text name)
{
    bool plain = fv_dns_name_check(name, 0) == FEDVAL_NAME_FAULT_NONE;

    require(fv_host_name_is_valid(name) == plain);
    require(!plain || fv_presented_dns_name_is_valid(name));
}

static size_t count_dots(fv_text name)
{
    size_t count = 0;

    for (size_t i = 0; i < name.len; i++)
        count += name.data[i] == '.';
    return count;
}

static void check_match(fv_text domain, fv_text target)
{
    uint32_t match = fedval_srv_match(domain.data, domain.len, target.data, target.len);
    uint32_t shared =
        fedval_name_count_shared_labels(domain.data, domain.len, target.data, target.len);
    bool same_labels =
        count_dots(fv_dns_name_without_dot(target)) ==
        count_dots(fv_dns_name_without_dot(domain)) + (match == FEDVAL_SRV_MATCH_MATCH);

    require(fedval_srv_match_to_string(match) != NULL);
    if (match == FEDVAL_SRV_MATCH_MATCH || match == FEDVAL_SRV_MATCH_APEX)
        require(same_labels && shared == count_dots(fv_dns_name_without_dot(domain)) + 1);
    if (match == FEDVAL_SRV_MATCH_PARENT_OR_SIBLING)
        require(shared >= 2);
}

/* Two names, cut at the first line feed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *cut = size == 0 ? NULL : memchr(text, '\n', size);
    size_t first_len = cut == NULL ? size : (size_t)(cut - text);
    fv_text first = {size == 0 ? "" : text, first_len};
    fv_text second = cut == NULL ? first : (fv_text){cut + 1, size - first_len - 1};

    check_normalised(first);
    check_scans(first);
    check_scans(second);
    check_match(first, second);
    if (fv_host_name_is_valid(first) && fv_presented_dns_name_is_valid(second))
        (void)fv_wildcard_covers(second, first);
    return 0;
}
