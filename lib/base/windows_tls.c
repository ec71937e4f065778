/* What each Windows Server offers by default, from Microsoft's lists "enabled and in this priority
 * order by default" (learn.microsoft.com/windows/win32/secauthn):
 *
 * - 2012 R2: "TLS Cipher Suites in Windows 8.1" (2018-05-31), with update 2919355. It holds the
 *   curves too, as endings of the names (P256, P384; P521 is "not enabled by default").
 * - 2016: "TLS Cipher Suites in Windows 10 v1607" (2018-05-31).
 * - 2019: "TLS Cipher Suites in Windows 10 v1809" (2018-10-09).
 * - 2022: "TLS Cipher Suites in Windows Server 2022" (2021-02-16).
 * - Curves from 2016 on: "TLS Elliptic Curves in Windows 10 version 1607 and later" (2020-06-10).
 *
 * Suites without encryption, of SSL 2.0 and with PSK are left out: only an application asks for
 * them. */
#include "base/windows_tls.h"

#include <string.h>

#define ALL FV_WINDOWS_ALL
#define UP_TO_2016 (FV_WINDOWS_2012_R2 | FV_WINDOWS_2016)
#define FROM_2016 (FV_WINDOWS_2016 | FV_WINDOWS_2019 | FV_WINDOWS_2022)

/* clang-format off */
const fv_windows_suite fv_windows_suites[] = {
    {0x1302, "TLS_AES_256_GCM_SHA384", FV_WINDOWS_2022},
    {0x1301, "TLS_AES_128_GCM_SHA256", FV_WINDOWS_2022},
    {0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", ALL},
    {0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", ALL},
    {0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", FROM_2016},
    {0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", FROM_2016},
    {0x009F, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", ALL},
    {0x009E, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", ALL},
    {0xC024, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", ALL},
    {0xC023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", ALL},
    {0xC028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", ALL},
    {0xC027, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", ALL},
    {0xC00A, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", ALL},
    {0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", ALL},
    {0xC014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", ALL},
    {0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", ALL},
    {0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", UP_TO_2016},
    {0x0033, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", UP_TO_2016},
    {0x009D, "TLS_RSA_WITH_AES_256_GCM_SHA384", ALL},
    {0x009C, "TLS_RSA_WITH_AES_128_GCM_SHA256", ALL},
    {0x003D, "TLS_RSA_WITH_AES_256_CBC_SHA256", ALL},
    {0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256", ALL},
    {0x0035, "TLS_RSA_WITH_AES_256_CBC_SHA", ALL},
    {0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA", ALL},
    {0x006A, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA256", UP_TO_2016},
    {0x0040, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256", UP_TO_2016},
    {0x0038, "TLS_DHE_DSS_WITH_AES_256_CBC_SHA", UP_TO_2016},
    {0x0032, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA", UP_TO_2016},
    {0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", ALL},
    {0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA", UP_TO_2016},
    {0x0005, "TLS_RSA_WITH_RC4_128_SHA", UP_TO_2016},
    {0x0004, "TLS_RSA_WITH_RC4_128_MD5", UP_TO_2016},
};
/* clang-format on */

const size_t fv_num_windows_suites = sizeof(fv_windows_suites) / sizeof(fv_windows_suites[0]);

static uint32_t offering_group(const char *group)
{
    if (group == NULL || strncmp(group, "DHE ", 4) == 0)
        return FV_WINDOWS_ALL;
    if (strcmp(group, "x25519") == 0)
        return FROM_2016;
    return strcmp(group, "secp256r1") == 0 || strcmp(group, "secp384r1") == 0 ? FV_WINDOWS_ALL : 0;
}

uint32_t fv_windows_offering(const char *suite, const char *group)
{
    uint32_t versions = suite == NULL ? FV_WINDOWS_ALL : 0;
    for (size_t i = 0; suite != NULL && i < fv_num_windows_suites; i++) {
        if (strcmp(fv_windows_suites[i].name, suite) == 0)
            versions = fv_windows_suites[i].offered_by;
    }
    return versions & offering_group(group);
}

uint32_t fv_windows_offering_number(uint32_t suite)
{
    for (size_t i = 0; i < fv_num_windows_suites; i++) {
        if (fv_windows_suites[i].number == suite)
            return fv_windows_suites[i].offered_by;
    }
    return 0;
}
