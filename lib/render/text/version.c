#include "fedval/render.h"

const char *fedval_version(void)
{
    return FEDVAL_VERSION;
}
