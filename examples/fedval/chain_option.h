/* The value of --chain. */
#ifndef CHAIN_OPTION_H
#define CHAIN_OPTION_H

#include <fedval/name.h>

#include <stdint.h>

/* HOST[:PORT]=FILE, HOST@ADDRESS[:PORT]=FILE or ADDRESS[:PORT]=FILE in its parts. */
typedef struct chain_option {
    char host[FEDVAL_NAME_SIZE];    /* normalised; "": whatever host has the address */
    char address[FEDVAL_NAME_SIZE]; /* normalised; "": every address of the host */
    uint16_t port;                  /* 0: every port */
    const char *path;
} chain_option;

/* NULL, or what is wanted instead. */
const char *chain_option_read(const char *value, chain_option *out);

#endif
