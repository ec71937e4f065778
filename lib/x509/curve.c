/* The prime curves of NIST (FIPS 186-4 D.1.2): whether a point lies on one. All have
 * y^2 = x^3 - 3x + b modulo a prime p. */
#include "x509/curve.h"

#include <string.h>

enum { MAX_LIMBS = 17, LIMB_BYTES = 4 };

/* Numbers are arrays of 32-bit limbs, the lowest first. R is 2^(32 * num_limbs). multiply() gives
 * x * y / R (Montgomery), so the constants are kept divided by as many R as the terms that they
 * stand beside: three = 3/R, b = b/R^2, one = R, each modulo p. */
typedef struct parameters {
    size_t num_limbs;
    uint32_t negative_inverse; /* -1/p modulo 2^32 */
    const uint32_t *p, *three, *b, *one;
} parameters;

static const uint32_t p_192[] = {0xffffffff, 0xffffffff, 0xfffffffe,
                                 0xffffffff, 0xffffffff, 0xffffffff};
static const uint32_t three_192[] = {0x00000000, 0x00000000, 0xfffffffd,
                                     0xffffffff, 0x00000002, 0x00000000};
static const uint32_t b_192[] = {0x7c1e6c4a, 0xbdbd1063, 0x2455c734,
                                 0x6568262d, 0x10694318, 0xedc9d42e};
static const uint32_t one_192[] = {0x00000001, 0x00000000, 0x00000001,
                                   0x00000000, 0x00000000, 0x00000000};
static const uint32_t p_224[] = {0x00000001, 0x00000000, 0x00000000, 0xffffffff,
                                 0xffffffff, 0xffffffff, 0xffffffff};
static const uint32_t three_224[] = {0xfffffffe, 0xffffffff, 0x00000002, 0xfffffffc,
                                     0xffffffff, 0xffffffff, 0xfffffffc};
static const uint32_t b_224[] = {0xa7767ba4, 0xaf6202ad, 0x0ddc1e52, 0x7aa44485,
                                 0x5f931876, 0x93e4aa2f, 0xa243ff76};
static const uint32_t one_224[] = {0xffffffff, 0xffffffff, 0xffffffff, 0x00000000,
                                   0x00000000, 0x00000000, 0x00000000};
static const uint32_t p_256[] = {0xffffffff, 0xffffffff, 0xffffffff, 0x00000000,
                                 0x00000000, 0x00000000, 0x00000001, 0xffffffff};
static const uint32_t three_256[] = {0x00000002, 0x00000009, 0xfffffffa, 0x00000003,
                                     0x00000006, 0xfffffff7, 0x00000009, 0xfffffffc};
static const uint32_t b_256[] = {0x4584a137, 0xe59be0a6, 0x9ca065a7, 0xfc3521eb,
                                 0xa0f45303, 0x7c178684, 0xd948431a, 0x3081dc38};
static const uint32_t one_256[] = {0x00000001, 0x00000000, 0x00000000, 0xffffffff,
                                   0xffffffff, 0xffffffff, 0xfffffffe, 0x00000000};
static const uint32_t p_384[] = {0xffffffff, 0x00000000, 0x00000000, 0xffffffff,
                                 0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff,
                                 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff};
static const uint32_t three_384[] = {0x00000012, 0xffffffa3, 0xffffff8a, 0xffffffc3,
                                     0xfffffff9, 0xfffffff3, 0xfffffff0, 0xfffffff6,
                                     0x00000008, 0x00000024, 0x0000003c, 0x0000003c};
static const uint32_t b_384[] = {0x4a4651db, 0x915a902a, 0x919d89c2, 0x2c9f09fa,
                                 0x80408afd, 0xfc7a73ca, 0x2ed86bff, 0x9e15936d,
                                 0xabbab844, 0xbefd4246, 0x8f62a21c, 0xf7cd02a7};
static const uint32_t one_384[] = {0x00000001, 0xffffffff, 0xffffffff, 0x00000000,
                                   0x00000001, 0x00000000, 0x00000000, 0x00000000,
                                   0x00000000, 0x00000000, 0x00000000, 0x00000000};
static const uint32_t p_521[] = {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
                                 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
                                 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
                                 0xffffffff, 0x000001ff};
static const uint32_t three_521[] = {0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
                                     0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
                                     0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
                                     0x000c0000, 0x00000000};
static const uint32_t b_521[] = {0xd3c7bd14, 0x7e20f4b0, 0xfc1cd5cf, 0x02f4eec6, 0x4dec594b,
                                 0xe547b1fa, 0x27855864, 0x26463bc4, 0x57cee2d2, 0xc96e66cc,
                                 0x03ba8b69, 0x8682da15, 0x687e4a68, 0xe5863872, 0x014654fa,
                                 0xa35a81f8, 0x000000fe};
static const uint32_t one_521[] = {0x00800000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
                                   0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
                                   0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000,
                                   0x00000000, 0x00000000};

static const parameters all[] = {
    [FV_CURVE_P192] = {6, 0x00000001, p_192, three_192, b_192, one_192},
    [FV_CURVE_P224] = {7, 0xffffffff, p_224, three_224, b_224, one_224},
    [FV_CURVE_P256] = {8, 0x00000001, p_256, three_256, b_256, one_256},
    [FV_CURVE_P384] = {12, 0x00000001, p_384, three_384, b_384, one_384},
    [FV_CURVE_P521] = {17, 0x00000001, p_521, three_521, b_521, one_521},
};

static bool is_less(const parameters *c, const uint32_t *x, const uint32_t *y)
{
    for (size_t i = c->num_limbs; i-- > 0;)
        if (x[i] != y[i])
            return x[i] < y[i];
    return false;
}

static bool is_equal(const parameters *c, const uint32_t *x, const uint32_t *y)
{
    return memcmp(x, y, c->num_limbs * sizeof(*x)) == 0;
}

static void subtract_limbs(const parameters *c, const uint32_t *x, const uint32_t *y, uint32_t *out)
{
    uint64_t borrow = 0;
    for (size_t i = 0; i < c->num_limbs; i++) {
        uint64_t difference = (uint64_t)x[i] - y[i] - borrow;
        out[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
}

static uint32_t add_limbs(const parameters *c, const uint32_t *x, const uint32_t *y, uint32_t *out)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < c->num_limbs; i++) {
        carry += (uint64_t)x[i] + y[i];
        out[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return (uint32_t)carry;
}

/* All below work modulo p, on numbers below p. */

static void add(const parameters *c, const uint32_t *x, const uint32_t *y, uint32_t *out)
{
    uint32_t carry = add_limbs(c, x, y, out);
    if (carry != 0 || !is_less(c, out, c->p))
        subtract_limbs(c, out, c->p, out);
}

static void subtract(const parameters *c, const uint32_t *x, const uint32_t *y, uint32_t *out)
{
    bool is_negative = is_less(c, x, y);
    subtract_limbs(c, x, y, out);
    if (is_negative)
        (void)add_limbs(c, out, c->p, out);
}

/* One step of multiply(): t becomes (t + x * y_limb + m * p) / 2^32, m such that nothing is lost.
 */
static void multiply_step(const parameters *c, const uint32_t *x, uint32_t y_limb, uint32_t *t)
{
    size_t n = c->num_limbs;
    uint64_t carry = 0, reduced = 0;
    uint32_t m = (uint32_t)((t[0] + (uint64_t)x[0] * y_limb)) * c->negative_inverse;
    for (size_t i = 0; i < n; i++) {
        carry += t[i] + (uint64_t)x[i] * y_limb;
        reduced += (uint32_t)carry + (uint64_t)m * c->p[i];
        carry >>= 32;
        if (i > 0)
            t[i - 1] = (uint32_t)reduced;
        reduced >>= 32;
    }
    reduced += carry + t[n];
    t[n - 1] = (uint32_t)reduced;
    t[n] = (uint32_t)(reduced >> 32);
}

static void multiply(const parameters *c, const uint32_t *x, const uint32_t *y, uint32_t *out)
{
    uint32_t t[MAX_LIMBS + 1] = {0};
    for (size_t i = 0; i < c->num_limbs; i++)
        multiply_step(c, x, y[i], t);
    if (t[c->num_limbs] != 0 || !is_less(c, t, c->p))
        subtract_limbs(c, t, c->p, t);
    memcpy(out, t, c->num_limbs * sizeof(*out));
}

/* A coordinate, big-endian; false: it is not below p. */
static bool read_coordinate(const parameters *c, fv_bytes bytes, uint32_t *out)
{
    memset(out, 0, c->num_limbs * sizeof(*out));
    for (size_t i = 0; i < bytes.len; i++) {
        size_t at = bytes.len - 1 - i;
        out[at / LIMB_BYTES] |= (uint32_t)bytes.data[i] << (8 * (at % LIMB_BYTES));
    }
    return is_less(c, out, c->p);
}

/* (x^3 - 3x + b) / R^2 */
static void right_side(const parameters *c, const uint32_t *x, uint32_t *out)
{
    uint32_t square[MAX_LIMBS];
    multiply(c, x, x, square);
    subtract(c, square, c->three, square);
    multiply(c, x, square, out);
    add(c, out, c->b, out);
}

/* Whether x has a square root modulo p (Euler): x^((p-1)/2) is 1 then. R^2 and R are squares, so a
 * power of R that x was divided by changes nothing. */
static bool is_square(const parameters *c, const uint32_t *x)
{
    uint32_t power[MAX_LIMBS];
    const uint32_t zero[MAX_LIMBS] = {0};
    if (is_equal(c, x, zero))
        return true;
    memcpy(power, c->one, c->num_limbs * sizeof(*power));
    /* The bits of (p-1)/2 are those of p without the last. */
    for (size_t bit = 32 * c->num_limbs - 1; bit > 0; bit--) {
        multiply(c, power, power, power);
        if ((c->p[bit / 32] >> (bit % 32) & 1) != 0)
            multiply(c, power, x, power);
    }
    return is_equal(c, power, c->one);
}

bool fv_curve_has_point(fv_curve curve, fv_bytes point)
{
    const parameters *c = &all[curve];
    const uint32_t plain_one[MAX_LIMBS] = {1};
    uint32_t x[MAX_LIMBS], y[MAX_LIMBS], wanted[MAX_LIMBS];
    size_t coordinate_len = point.data[0] == 4 ? (point.len - 1) / 2 : point.len - 1;
    if (!read_coordinate(c, (fv_bytes){point.data + 1, coordinate_len}, x))
        return false;
    right_side(c, x, wanted);
    if (point.data[0] != 4)
        return is_square(c, wanted);
    if (!read_coordinate(c, (fv_bytes){point.data + 1 + coordinate_len, coordinate_len}, y))
        return false;
    multiply(c, y, y, y);
    multiply(c, y, plain_one, y); /* y^2 / R^2 */
    return is_equal(c, y, wanted);
}
