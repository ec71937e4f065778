/* Certificate requests: what is read twice is the same, and its names can be compared. */
#include "fuzz.h"

#include "fedval/certificate.h"
#include "fedval/request.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fedval_request *first = NULL, *second = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_request_new(data, size, &first, error);
    if (status != fedval_request_new(data, size, &second, error))
        abort();
    if (status == FEDVAL_OK) {
        const char *a = fedval_certificate_get_subject(fedval_request_get_asked(first));
        const char *b = fedval_certificate_get_subject(fedval_request_get_asked(second));
        if ((a == NULL) != (b == NULL) || (a != NULL && strcmp(a, b) != 0))
            abort();
    }
    fedval_request_free(first);
    fedval_request_free(second);
    fedval_error_free(error);
    return 0;
}
