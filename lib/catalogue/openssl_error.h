/* The numbers of OpenSSL's errors: 336151576, which is error:14094418. */
#ifndef FV_CATALOGUE_OPENSSL_ERROR_H
#define FV_CATALOGUE_OPENSSL_ERROR_H

#include "catalogue/sentences.h"

/* Returns the sentence that OpenSSL writes for the number of an error, of OpenSSL 1.x or 3. Returns
 * NULL if it is no error of its SSL library, or one without a sentence here. */
const fv_sentence *fv_openssl_error_find(uint64_t number);
/* The same for an error that says that something failed, but not why. */
const fv_sentence *fv_openssl_error_find_open(uint64_t number);

#endif
