/* Processors without a wide form. */
#include "logs/read/scan.h"

bool fv_scan_has_wide(void)
{
    return false;
}

size_t fv_scan_wide(const fv_scan *scan, const uint8_t *data, size_t from, size_t end)
{
    (void)scan;
    (void)data;
    (void)end;
    return from;
}
