/* The cipher suites and curves that Windows Server offers by default, by version: a peer that has
 * none of them cannot be reached from an Edge Server there. */
#ifndef FV_BASE_WINDOWS_TLS_H
#define FV_BASE_WINDOWS_TLS_H

#include <stddef.h>
#include <stdint.h>

/* Over TLS 1.2, what 2016 offers holds all that the others offer, and 2019 and 2022 offer the same.
 */
enum {
    FV_WINDOWS_2012_R2 = 1,
    FV_WINDOWS_2016 = 2,
    FV_WINDOWS_2019 = 4,
    FV_WINDOWS_2022 = 8,
    FV_WINDOWS_ALL = 15
};

typedef struct fv_windows_suite {
    uint16_t number;
    const char *name;    /* IANA's */
    uint32_t offered_by; /* mask of FV_WINDOWS_ */
} fv_windows_suite;

extern const fv_windows_suite fv_windows_suites[];
extern const size_t fv_num_windows_suites;

/* Returns the versions, as a mask of FV_WINDOWS_, that offer this suite and this group by default.
 * NULL, and a group that is no curve, excludes no version. */
uint32_t fv_windows_offering(const char *suite, const char *group);
/* The same for the number of a suite; 0: no version offers it. */
uint32_t fv_windows_offering_number(uint32_t suite);

#endif
