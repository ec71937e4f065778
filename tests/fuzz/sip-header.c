/* SIP headers: a domain that is read is in its one form, and whatever has no domain says why. */
#include "fuzz.h"

#include "fedval/name.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void check_domain(const fedval_sip_header *header, size_t index)
{
    const char *domain = fedval_sip_header_get_domain(header, index);
    uint32_t scheme = fedval_sip_header_get_scheme(header, index);
    uint32_t fault = fedval_sip_header_get_domain_fault(header, index);
    char again[FEDVAL_NAME_SIZE];

    if (domain == NULL) {
        bool has_none = scheme == FEDVAL_SIP_SCHEME_TEL || scheme == FEDVAL_SIP_SCHEME_OTHER;
        require(has_none || fault != FEDVAL_NAME_FAULT_NONE);
        return;
    }
    require(fedval_name_normalise(domain, strlen(domain), again, sizeof(again), NULL, NULL) ==
            FEDVAL_OK);
    require(strcmp(domain, again) == 0 && fault == FEDVAL_NAME_FAULT_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size == 0 ? "" : (const char *)data;
    fedval_sip_header *header = NULL;
    char name[FEDVAL_NAME_SIZE];

    (void)fedval_sip_uri_domain(text, size, name, sizeof(name), NULL);
    if (fedval_sip_header_parse(text, size, &header) != FEDVAL_OK)
        return 0;
    for (size_t i = 0; i < fedval_sip_header_count(header); i++) {
        check_domain(header, i);
        const char *user = fedval_sip_header_get_user(header, i);
        const char *display = fedval_sip_header_get_display_name(header, i);
        require(user == NULL || strlen(user) <= size);
        require(display == NULL || strlen(display) <= size);
    }
    fedval_sip_header_free(header);
    return 0;
}
