/* Goes before printf and scanf of wasi-libc when they are compiled for the module: nobody in it
 * writes or reads a number with a fraction. Whoever did would stop the module; so there is nothing
 * to say before. */
#ifndef FEDVAL_NO_FLOATS_H
#define FEDVAL_NO_FLOATS_H

#include <stdio.h>

#include "stdio_impl.h"

#undef fputs
#define fputs(text, file) ((void)(file))
#define __wasilibc_printscan_no_floating_point
#define __wasilibc_printscan_floating_point_support_option ""

#endif
