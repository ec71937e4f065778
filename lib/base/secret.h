/* Copies of private keys and passwords, which are overwritten before their memory is given back. */
#ifndef FV_BASE_SECRET_H
#define FV_BASE_SECRET_H

#include <stddef.h>

/* Returns a copy with a NUL behind it; NULL when memory is short. */
char *fv_secret_copy(const void *secret, size_t len);
/* Overwrites and frees a copy of `len` bytes; NULL is accepted. */
void fv_secret_free(char *copy, size_t len);

#endif
