/* Microsoft's clouds: the hosts that serve federation there, and the zones of their servers. */
#include "catalogue/clouds.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

/* Microsoft's documents on the DNS records of each cloud name these hosts as targets of
 * _sipfederationtls._tcp [C]. */
static const fv_text known_providers[] = {
    TEXT("sipfed.online.lync.com"),                /* Office 365 */
    TEXT("sipfed.online.gov.skypeforbusiness.us"), /* Office 365 GCC High */
    TEXT("sipfed.online.dod.skypeforbusiness.us"), /* Office 365 DoD */
    TEXT("sipfed.online.partner.lync.cn"),         /* Office 365 run by 21Vianet in China */
};

/* The zones of the names that these documents give to servers of the clouds, with the host of
 * `known_providers` that serves federation there. A zone within another one comes first. */
static const struct {
    fv_text zone;
    size_t provider;
} clouds[] = {
    {TEXT(".dod.skypeforbusiness.us"), 2}, {TEXT(".skypeforbusiness.us"), 1},
    {TEXT(".dod.teams.microsoft.us"), 2},  {TEXT(".teams.microsoft.us"), 1},
    {TEXT(".partner.lync.cn"), 3},         {TEXT(".lync.com"), 0},
    {TEXT(".teams.microsoft.com"), 0},     {TEXT(".pstnhub.microsoft.com"), 0},
};

const char *fv_cloud_provider(fv_text host)
{
    for (size_t i = 0; i < sizeof(clouds) / sizeof(clouds[0]); i++) {
        if (host.len > clouds[i].zone.len && fv_text_ends_nocase(host, clouds[i].zone))
            return known_providers[clouds[i].provider].data;
    }
    return NULL;
}

bool fv_cloud_is_provider(fv_text host)
{
    for (size_t i = 0; i < sizeof(known_providers) / sizeof(known_providers[0]); i++) {
        if (host.len == known_providers[i].len && fv_text_equal_nocase(host, known_providers[i]))
            return true;
    }
    return false;
}
