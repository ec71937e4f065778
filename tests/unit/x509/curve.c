#include "build.h"

#include "x509/curve.h"

enum { MOST = 67 };

/* Multiples of the base points of FIPS 186-4 D.1.2, in hexadecimal. */
static const struct {
    fv_curve curve;
    const char *x, *y;
} points[] = {
    {FV_CURVE_P192, "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
     "07192b95ffc8da78631011ed6b24cdd573f977a11e794811"},
    {FV_CURVE_P192, "5795d761441d6a455b0340589e389ab2e5e251c55c7bf85f",
     "abe7f6faf945a6b408103c0655ed5cef1c05398aa804deca"},
    {FV_CURVE_P224, "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
     "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34"},
    {FV_CURVE_P224, "27b082e9191c32bcb41baa8a5dcdd3ba322d8eebd5646829460f13d1",
     "102ead79e06affcb8870fe335d6c79246379ae4101fa08eac3c86cf1"},
    {FV_CURVE_P256, "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
     "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"},
    {FV_CURVE_P256, "f2c70e88013defb63b4416a65e74ad78438dc7c41ea14b0a14252988ecd25ea8",
     "3f89801e284054d45c54a8eb8c49c5b8e9effcfe8d90ace5e67e9bc1ecd2410d"},
    {FV_CURVE_P384,
     "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760"
     "ab7",
     "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0"
     "e5f"},
    {FV_CURVE_P384,
     "cddb37cbd42739019e9da999d092201d72bcb7c1ed0818114119ba016a2b92ba7d1b990c54a725767f18a3de6ea34"
     "852",
     "0bb3dad6209df6bb720e1909de7cc62f0814a13a5758ceaca72e83e44e72c38e582e4e5d0eec2c5213da370b7c397"
     "046"},
    {FV_CURVE_P521,
     "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a"
     "2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
     "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013"
     "fad0761353c7086a272c24088be94769fd16650"},
    {FV_CURVE_P521,
     "011c485fc99c1933d1012096031f912806c1d10140513fc4c7aa280f131be8277131b8f7eddfd70a7c1e02fb86949"
     "81af93d1a257dc171a2694c2953ebcbd9189c34",
     "0126b9aff6ce55756b2c372bbef780aa9c8e44e9b847d427c3921bb256dba013569d608d1384eb957142c714b8788"
     "021401db84218af03d905795fa5c74936076d80"},
};

static const struct {
    fv_curve curve;
    const char *prime;
} primes[] = {
    {FV_CURVE_P192, "fffffffffffffffffffffffffffffffeffffffffffffffff"},
    {FV_CURVE_P224, "ffffffffffffffffffffffffffffffff000000000000000000000001"},
    {FV_CURVE_P256, "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"},
    {FV_CURVE_P384, "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff000000"
                    "0000000000ffffffff"},
    {FV_CURVE_P521, "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                    "ffffffffffffffffffffffffffffffffffffffffffffffffffffff"},
};

static size_t put_hex(uint8_t *to, const char *text)
{
    size_t len = strlen(text) / 2;
    for (size_t i = 0; i < len; i++) {
        const char digits[3] = {text[2 * i], text[2 * i + 1], '\0'};
        to[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
    return len;
}

static size_t make(uint8_t out[2 * MOST + 1], uint8_t form, const char *x, const char *y)
{
    size_t len = 1;
    out[0] = form;
    len += put_hex(out + len, x);
    return y == NULL ? len : len + put_hex(out + len, y);
}

static void points_of_a_curve_lie_on_it(void **state)
{
    (void)state;
    uint8_t point[2 * MOST + 1];
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        size_t len = make(point, 4, points[i].x, points[i].y);
        assert_true(fv_curve_has_point(points[i].curve, (fv_bytes){point, len}));
        len = make(point, 2, points[i].x, NULL);
        assert_true(fv_curve_has_point(points[i].curve, (fv_bytes){point, len}));
        point[0] = 3;
        assert_true(fv_curve_has_point(points[i].curve, (fv_bytes){point, len}));
    }
}

static void one_bit_more_leads_off_the_curve(void **state)
{
    (void)state;
    uint8_t point[2 * MOST + 1];
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        size_t len = make(point, 4, points[i].x, points[i].y);
        for (size_t at = 1; at < len; at++) {
            point[at] ^= 1;
            assert_false(fv_curve_has_point(points[i].curve, (fv_bytes){point, len}));
            point[at] ^= 1;
        }
    }
}

static void every_other_first_coordinate_has_no_point(void **state)
{
    (void)state;
    uint8_t point[2 * MOST + 1];
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        size_t len = make(point, 2, points[i].x, NULL), count = 0;
        for (unsigned last = 0; last < 256; last++) {
            point[len - 1] = (uint8_t)last;
            count += fv_curve_has_point(points[i].curve, (fv_bytes){point, len});
        }
        assert_in_range(count, 96, 160);
    }
}

static void coordinates_are_below_the_prime(void **state)
{
    (void)state;
    uint8_t point[2 * MOST + 1];
    for (size_t i = 0; i < sizeof(primes) / sizeof(primes[0]); i++) {
        size_t len = make(point, 4, primes[i].prime, primes[i].prime);
        assert_false(fv_curve_has_point(primes[i].curve, (fv_bytes){point, len}));
        len = make(point, 2, primes[i].prime, NULL);
        assert_false(fv_curve_has_point(primes[i].curve, (fv_bytes){point, len}));
        memset(point + 1, 0xFF, 2 * (len - 1));
        point[0] = 4;
        assert_false(fv_curve_has_point(primes[i].curve, (fv_bytes){point, 2 * len - 1}));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_of_a_curve_lie_on_it),
        cmocka_unit_test(one_bit_more_leads_off_the_curve),
        cmocka_unit_test(every_other_first_coordinate_has_no_point),
        cmocka_unit_test(coordinates_are_below_the_prime),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
