/* Certificates: every view lies within the input, and the facts agree with one another. */
#include "fuzz.h"

#include "x509/certificate.h"

#include <stdlib.h>
#include <string.h>

static void check_inside(fv_bytes part, const uint8_t *data, size_t size)
{
    require(part.len == 0 || (part.data >= data && part.len <= size &&
                              (size_t)(part.data - data) <= size - part.len));
}

static void check_name(const fv_name *name)
{
    fv_arena arena;
    fv_name again;
    fv_buf text;
    fv_arena_init(&arena);
    fv_buf_init(&text);
    require(name->presence != FV_ABSENT);
    fv_name_append_text(&text, name);
    if (name->presence == FV_KNOWN) {
        require(fv_name_equal(name, name) && fv_name_is_within(name, name));
        require(fv_name_decode(&arena, name->raw, &again) && fv_name_equal(name, &again));
        require((name->num_rdns == 0) == (name->normalised.len == 0));
    }
    fv_buf_clear(&text);
    fv_arena_clear(&arena);
}

static void check_alternative_names(const fv_general_names *names, const uint8_t *data, size_t size)
{
    fv_buf text;
    fv_buf_init(&text);
    for (size_t i = 0; i < names->num_items; i++) {
        const fv_general_name *name = &names->items[i];
        check_inside(name->value, data, size);
        fv_general_name_append_text(&text, name);
        require((name->type == FV_GN_DIRECTORY) == (name->directory != NULL));
    }
    fv_buf_clear(&text);
}

static void check_extensions(const fv_certificate *c, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < c->num_extensions; i++) {
        const fv_extension *extension = &c->extensions[i];
        check_inside(extension->oid, data, size);
        check_inside(extension->value, data, size);
        if (extension->is_duplicate)
            require(fv_defects_has(&c->defects, FV_DEFECT_EXTENSION_DUPLICATE));
        if (extension->is_malformed)
            require(fv_defects_has(&c->defects, FV_DEFECT_EXTENSION_VALUE));
    }
    for (size_t i = 0; i < c->name_constraints.num_permitted; i++)
        check_inside(c->name_constraints.permitted[i].base.value, data, size);
    for (size_t i = 0; i < c->crl_points.urls.num_items; i++) {
        const fv_text url = c->crl_points.urls.items[i];
        check_inside((fv_bytes){(const uint8_t *)url.data, url.len}, data, size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fv_arena arena;
    fv_certificate c;
    fv_arena_init(&arena);
    if (fv_certificate_decode(&arena, (fv_bytes){data, size}, &c) == FEDVAL_OK) {
        check_inside(c.der, data, size);
        check_inside(c.tbs, c.der.data, c.der.len);
        check_inside(c.signature, c.der.data, c.der.len);
        check_inside(c.key.spki, c.tbs.data, c.tbs.len);
        check_inside(c.serial, c.tbs.data, c.tbs.len);
        check_name(&c.issuer);
        check_name(&c.subject);
        check_alternative_names(&c.subject_alt_name.names, data, size);
        check_extensions(&c, data, size);
        for (uint32_t i = 0; i < c.defects.num_items; i++)
            require(c.defects.items[i].offset <= size);
    }
    fv_arena_clear(&arena);
    return 0;
}
