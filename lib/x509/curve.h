/* Arithmetic on the prime curves, as far as a public key has to be checked. */
#ifndef FV_X509_CURVE_H
#define FV_X509_CURVE_H

#include "x509/algorithm.h"

/* Whether a point lies on FV_CURVE_P192 .. P521 (SEC 1 2.3.4). point: 4 and both coordinates, or 2
 * or 3 and the first one, each as long as the field. */
bool fv_curve_has_point(fv_curve curve, fv_bytes point);

#endif
