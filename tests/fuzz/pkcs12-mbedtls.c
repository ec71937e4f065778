/* PKCS #12 files, opened with libmbedcrypto: what is not opened says why. Whether the contents of a
 * bag are a certificate is not looked at here, but where the PEM is read. */
#include "fuzz.h"

#include "fedval/mbedtls.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const passwords[] = {NULL, "swordfish"};
    for (size_t i = 0; i < sizeof(passwords) / sizeof(passwords[0]); i++) {
        char *pem = NULL;
        size_t pem_len = 0;
        fedval_error *error = fedval_error_new();
        fedval_status status = fedval_mbedtls_pkcs12_open(data, size, passwords[i],
                                                          FEDVAL_NUL_ENDED, &pem, &pem_len, error);
        if ((status == FEDVAL_OK) != (pem != NULL))
            abort();
        if (status != FEDVAL_OK && fedval_error_get_message(error)[0] == '\0')
            abort();
        fedval_text_free(pem);
        fedval_error_free(error);
    }
    return 0;
}
