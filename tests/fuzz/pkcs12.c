/* PKCS #12 files: what is opened holds certificates that can be read, and what is not says why. */
#include "fuzz.h"

#include "fedval/certificate.h"
#include "fedval/openssl.h"

#include <stdlib.h>

static void open_with(const uint8_t *data, size_t size, const char *password)
{
    char *pem = NULL;
    size_t pem_len = 0;
    fedval_certificate_list *list = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status =
        fedval_openssl_pkcs12_open(data, size, password, FEDVAL_NUL_ENDED, &pem, &pem_len, error);
    if ((status == FEDVAL_OK) != (pem != NULL))
        abort();
    if (status == FEDVAL_OK)
        status = fedval_certificate_list_new(pem, pem_len, &list, error);
    else if (fedval_error_get_message(error)[0] == '\0')
        abort();
    if (pem != NULL && status != FEDVAL_OK)
        abort();
    fedval_certificate_list_free(list);
    fedval_text_free(pem);
    fedval_error_free(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    open_with(data, size, NULL);
    open_with(data, size, "swordfish");
    return 0;
}
