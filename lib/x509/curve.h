/* Checks a public key's point on the prime curves. */
#ifndef FV_X509_CURVE_H
#define FV_X509_CURVE_H

#include "x509/algorithm.h"

/* Whether the point lies on `curve` (FV_CURVE_P192 to FV_CURVE_P521; SEC 1 2.3.4). `point` is the
 * byte 4 and both coordinates, or the byte 2 or 3 and the x coordinate. Each coordinate is as long
 * as the field. */
bool fv_curve_has_point(fv_curve curve, fv_bytes point);

#endif
