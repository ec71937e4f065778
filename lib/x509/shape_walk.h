/* A walk over the contents of one extension. Internal to shape.c and shape_values.c. */
#ifndef FV_X509_SHAPE_WALK_H
#define FV_X509_SHAPE_WALK_H

#include "x509/decoder.h"

#define FV_DER_IS_CONSTRUCTED 0x20u

typedef struct fv_shape_walk {
    fv_decoder *decoder;
    fv_extension_id id;
    bool is_constraint; /* in nameConstraints, where names may be empty and addresses have masks */
    uint64_t faults, slips; /* as in fv_extension */
} fv_shape_walk;

/* Whether two tags are the same but for the bit that says if the element is cut into others. */
bool fv_shape_is_same_tag(uint8_t a, uint8_t b);
/* Reads one element, or notes why it cannot be read. OpenSSL reads indefinite lengths too, which
 * are not followed here. */
bool fv_shape_read_element(fv_shape_walk *w, fv_cursor *cursor, fv_der *out);

/* Checks a value that DER writes as one piece and that is of the universal type `tag`. OpenSSL
 * takes strings in several pieces, as BER has them. */
void fv_shape_check_whole(fv_shape_walk *w, uint8_t tag, const fv_der *element);
void fv_shape_check_any(fv_shape_walk *w, const fv_der *element);
void fv_shape_check_address(fv_shape_walk *w, fv_bytes value);
void fv_shape_check_name(fv_shape_walk *w, const fv_der *name);
/* `is_in_name`: it is part of a whole name, of which OpenSSL recodes the texts. */
void fv_shape_check_rdn(fv_shape_walk *w, const fv_der *rdn, bool is_in_name);
/* Whether everything inside an element is DER, which OpenSSL does not look at. `depth` is 0. */
bool fv_shape_is_cut_well(const fv_der *element, unsigned depth);

#endif
