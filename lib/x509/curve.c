/* Decides whether a point lies on one of NIST's prime curves (FIPS 186-4 D.1.2). All of them have
 * the equation y^2 = x^3 - 3x + b modulo a prime p. */
#include "x509/curve.h"

#include "base/limb.h"

#include <string.h>

enum { MAX_LIMBS = 9 * FV_LIMBS_PER_64 };

/* A number is an array of limbs, the lowest first. R is 2^64 to the power of the number of 64-bit
 * words. multiply() gives x * y / R (Montgomery multiplication), so each product is too small by
 * the factor R. The constants are divided by the same factor as the terms that they are added to or
 * subtracted from: x^2 / R meets three = 3/R, x^3 / R^2 meets b = b/R^2. And one = R, because
 * multiply() by R changes nothing. All are modulo p. */
typedef struct parameters {
    size_t num_limbs;
    fv_limb negative_inverse; /* -1/p modulo the size of a limb */
    const fv_limb *p, *three, *b, *one;
} parameters;

static const fv_limb p_192[] = {FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xfffffffffffffffe),
                                FV_LIMBS(0xffffffffffffffff)};
static const fv_limb three_192[] = {FV_LIMBS(0x0000000000000000), FV_LIMBS(0xfffffffffffffffd),
                                    FV_LIMBS(0x0000000000000002)};
static const fv_limb b_192[] = {FV_LIMBS(0xbdbd10637c1e6c4a), FV_LIMBS(0x6568262d2455c734),
                                FV_LIMBS(0xedc9d42e10694318)};
static const fv_limb one_192[] = {FV_LIMBS(0x0000000000000001), FV_LIMBS(0x0000000000000001),
                                  FV_LIMBS(0x0000000000000000)};
static const fv_limb p_224[] = {FV_LIMBS(0x0000000000000001), FV_LIMBS(0xffffffff00000000),
                                FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0x00000000ffffffff)};
static const fv_limb three_224[] = {FV_LIMBS(0x0000000300000000), FV_LIMBS(0xfffffffffffffffa),
                                    FV_LIMBS(0xfffffffcffffffff), FV_LIMBS(0x0000000000000002)};
static const fv_limb b_224[] = {FV_LIMBS(0x221ac0290ddc1e53), FV_LIMBS(0x93e4aa2f0ef51b24),
                                FV_LIMBS(0x5889845ca243ff76), FV_LIMBS(0x00000000509dfd52)};
static const fv_limb one_224[] = {FV_LIMBS(0xffffffff00000000), FV_LIMBS(0xffffffffffffffff),
                                  FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000)};
static const fv_limb p_256[] = {FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0x00000000ffffffff),
                                FV_LIMBS(0x0000000000000000), FV_LIMBS(0xffffffff00000001)};
static const fv_limb three_256[] = {FV_LIMBS(0x0000000900000002), FV_LIMBS(0x00000003fffffffa),
                                    FV_LIMBS(0xfffffff700000006), FV_LIMBS(0xfffffffc00000009)};
static const fv_limb b_256[] = {FV_LIMBS(0xe59be0a64584a137), FV_LIMBS(0xfc3521eb9ca065a7),
                                FV_LIMBS(0x7c178684a0f45303), FV_LIMBS(0x3081dc38d948431a)};
static const fv_limb one_256[] = {FV_LIMBS(0x0000000000000001), FV_LIMBS(0xffffffff00000000),
                                  FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0x00000000fffffffe)};
static const fv_limb p_384[] = {FV_LIMBS(0x00000000ffffffff), FV_LIMBS(0xffffffff00000000),
                                FV_LIMBS(0xfffffffffffffffe), FV_LIMBS(0xffffffffffffffff),
                                FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xffffffffffffffff)};
static const fv_limb three_384[] = {FV_LIMBS(0xffffffa300000012), FV_LIMBS(0xffffffc3ffffff8a),
                                    FV_LIMBS(0xfffffff3fffffff9), FV_LIMBS(0xfffffff6fffffff0),
                                    FV_LIMBS(0x0000002400000008), FV_LIMBS(0x0000003c0000003c)};
static const fv_limb b_384[] = {FV_LIMBS(0x915a902a4a4651db), FV_LIMBS(0x2c9f09fa919d89c2),
                                FV_LIMBS(0xfc7a73ca80408afd), FV_LIMBS(0x9e15936d2ed86bff),
                                FV_LIMBS(0xbefd4246abbab844), FV_LIMBS(0xf7cd02a78f62a21c)};
static const fv_limb one_384[] = {FV_LIMBS(0xffffffff00000001), FV_LIMBS(0x00000000ffffffff),
                                  FV_LIMBS(0x0000000000000001), FV_LIMBS(0x0000000000000000),
                                  FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000)};
static const fv_limb p_521[] = {
    FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xffffffffffffffff),
    FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xffffffffffffffff),
    FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0xffffffffffffffff), FV_LIMBS(0x00000000000001ff)};
static const fv_limb three_521[] = {
    FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000),
    FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000),
    FV_LIMBS(0x0000000000000000), FV_LIMBS(0x00000000000c0000), FV_LIMBS(0x0000000000000000)};
static const fv_limb b_521[] = {
    FV_LIMBS(0x02f4eec6fc1cd5cf), FV_LIMBS(0xe547b1fa4dec594b), FV_LIMBS(0x26463bc427855864),
    FV_LIMBS(0xc96e66cc57cee2d2), FV_LIMBS(0x8682da1503ba8b69), FV_LIMBS(0xe5863872687e4a68),
    FV_LIMBS(0xa35a81f8014654fa), FV_LIMBS(0x41e961a78f7a28fe), FV_LIMBS(0x00000000000000fc)};
static const fv_limb one_521[] = {
    FV_LIMBS(0x0080000000000000), FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000),
    FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000),
    FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000), FV_LIMBS(0x0000000000000000)};

static const parameters all[] = {
    [FV_CURVE_P192] = {3 * FV_LIMBS_PER_64, (fv_limb)UINT64_C(0x0000000000000001), p_192, three_192,
                       b_192, one_192},
    [FV_CURVE_P224] = {4 * FV_LIMBS_PER_64, (fv_limb)UINT64_C(0xffffffffffffffff), p_224, three_224,
                       b_224, one_224},
    [FV_CURVE_P256] = {4 * FV_LIMBS_PER_64, (fv_limb)UINT64_C(0x0000000000000001), p_256, three_256,
                       b_256, one_256},
    [FV_CURVE_P384] = {6 * FV_LIMBS_PER_64, (fv_limb)UINT64_C(0x0000000100000001), p_384, three_384,
                       b_384, one_384},
    [FV_CURVE_P521] = {9 * FV_LIMBS_PER_64, (fv_limb)UINT64_C(0x0000000000000001), p_521, three_521,
                       b_521, one_521},
};

static bool is_less(const parameters *c, const fv_limb *x, const fv_limb *y)
{
    for (size_t i = c->num_limbs; i-- > 0;) {
        if (x[i] != y[i])
            return x[i] < y[i];
    }
    return false;
}

static bool is_equal(const parameters *c, const fv_limb *x, const fv_limb *y)
{
    return memcmp(x, y, c->num_limbs * sizeof(*x)) == 0;
}

static void subtract_limbs(const parameters *c, const fv_limb *x, const fv_limb *y, fv_limb *out)
{
    fv_limb borrow = 0;
    for (size_t i = 0; i < c->num_limbs; i++) {
        fv_limb difference = x[i] - y[i], before = difference;
        difference -= borrow;
        borrow = (x[i] < y[i]) | (before < borrow);
        out[i] = difference;
    }
}

/* Adds two numbers and returns the carry. */
static fv_limb add_limbs(const parameters *c, const fv_limb *x, const fv_limb *y, fv_limb *out)
{
    fv_double_limb sum = 0;
    for (size_t i = 0; i < c->num_limbs; i++) {
        sum += (fv_double_limb)x[i] + y[i];
        out[i] = (fv_limb)sum;
        sum >>= FV_LIMB_BITS;
    }
    return (fv_limb)sum;
}

/* The functions below work modulo p, on numbers below p. */

static void add(const parameters *c, const fv_limb *x, const fv_limb *y, fv_limb *out)
{
    fv_limb carry = add_limbs(c, x, y, out);
    if (carry != 0 || !is_less(c, out, c->p))
        subtract_limbs(c, out, c->p, out);
}

static void subtract(const parameters *c, const fv_limb *x, const fv_limb *y, fv_limb *out)
{
    bool is_negative = is_less(c, x, y);
    subtract_limbs(c, x, y, out);
    if (is_negative)
        (void)add_limbs(c, out, c->p, out);
}

/* Replaces t by (t + x * y_limb + m * p) divided by 2^FV_LIMB_BITS, where m is chosen so that the
 * division leaves no rest. */
static void multiply_step(const parameters *c, const fv_limb *x, fv_limb y_limb, fv_limb *t)
{
    const size_t n = c->num_limbs;
    fv_double_limb product = (fv_double_limb)x[0] * y_limb + t[0];
    fv_limb m = (fv_limb)product * c->negative_inverse;
    fv_double_limb multiple = (fv_double_limb)m * c->p[0] + (fv_limb)product;
    for (size_t i = 1; i < n; i++) {
        product = (fv_double_limb)x[i] * y_limb + t[i] + (product >> FV_LIMB_BITS);
        multiple = (fv_double_limb)m * c->p[i] + (fv_limb)product + (multiple >> FV_LIMB_BITS);
        t[i - 1] = (fv_limb)multiple;
    }
    multiple = (multiple >> FV_LIMB_BITS) + (product >> FV_LIMB_BITS) + t[n];
    t[n - 1] = (fv_limb)multiple;
    t[n] = (fv_limb)(multiple >> FV_LIMB_BITS);
}

static void multiply(const parameters *c, const fv_limb *x, const fv_limb *y, fv_limb *out)
{
    fv_limb t[MAX_LIMBS + 1] = {0};
    for (size_t i = 0; i < c->num_limbs; i++)
        multiply_step(c, x, y[i], t);
    if (t[c->num_limbs] != 0 || !is_less(c, t, c->p))
        subtract_limbs(c, t, c->p, t);
    memcpy(out, t, c->num_limbs * sizeof(*out));
}

/* Reads a big-endian coordinate. Returns false when it is not below p. */
static bool read_coordinate(const parameters *c, fv_bytes bytes, fv_limb *out)
{
    memset(out, 0, c->num_limbs * sizeof(*out));
    for (size_t i = 0; i < bytes.len; i++) {
        size_t bit = 8 * (bytes.len - 1 - i);
        out[bit / FV_LIMB_BITS] |= (fv_limb)bytes.data[i] << (bit % FV_LIMB_BITS);
    }
    return is_less(c, out, c->p);
}

/* Computes the right side of the curve's equation, divided by R^2: (x^3 - 3x + b) / R^2. */
static void right_side(const parameters *c, const fv_limb *x, fv_limb *out)
{
    fv_limb square[MAX_LIMBS];
    multiply(c, x, x, square);
    subtract(c, square, c->three, square);
    multiply(c, x, square, out);
    add(c, out, c->b, out);
}

/* Whether x has a square root modulo p. By Euler's criterion, x^((p-1)/2) is then 1. Here x may be
 * divided by a power of R, which does not change the answer: R is a power of 2, and 2 is a square
 * modulo each of these primes. */
static bool is_square(const parameters *c, const fv_limb *x)
{
    fv_limb power[MAX_LIMBS];
    const fv_limb zero[MAX_LIMBS] = {0};
    if (is_equal(c, x, zero))
        return true;
    memcpy(power, c->one, c->num_limbs * sizeof(*power));
    /* (p-1)/2 has the bits of p, without the lowest. */
    for (size_t bit = FV_LIMB_BITS * c->num_limbs - 1; bit > 0; bit--) {
        multiply(c, power, power, power);
        if ((c->p[bit / FV_LIMB_BITS] >> (bit % FV_LIMB_BITS) & 1) != 0)
            multiply(c, power, x, power);
    }
    return is_equal(c, power, c->one);
}

bool fv_curve_has_point(fv_curve curve, fv_bytes point)
{
    const parameters *c = &all[curve];
    const fv_limb plain_one[MAX_LIMBS] = {1};
    fv_limb x[MAX_LIMBS], y[MAX_LIMBS], wanted[MAX_LIMBS];
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
