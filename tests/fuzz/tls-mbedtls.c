#include "fedval/mbedtls.h"
#include "tls-conversation.h"

static fedval_port *new_prober(void)
{
    fedval_port *port = NULL;
    if (fedval_mbedtls_prober_new(NULL, 0, NULL, 0, &port, NULL) != FEDVAL_OK)
        abort();
    return port;
}
