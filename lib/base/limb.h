/* Numbers larger than a machine word are arrays of limbs. A limb is as wide as the compiler can
 * multiply: 64 bits where it has a 128-bit type, else 32. */
#ifndef FV_BASE_LIMB_H
#define FV_BASE_LIMB_H

#include <stdint.h>

/* FV_LIMBS(word) writes the 64-bit constant `word` as the limbs of an initialiser, the lowest limb
 * first. */
#ifdef __SIZEOF_INT128__
typedef uint64_t fv_limb;
__extension__ typedef unsigned __int128 fv_double_limb;
#define FV_LIMB_BITS 64
#define FV_LIMBS(word) UINT64_C(word)
#else
typedef uint32_t fv_limb;
typedef uint64_t fv_double_limb;
#define FV_LIMB_BITS 32
#define FV_LIMBS(word) (uint32_t) UINT64_C(word), (uint32_t)(UINT64_C(word) >> 32)
#endif
#define FV_LIMBS_PER_64 (64 / FV_LIMB_BITS)

#endif
