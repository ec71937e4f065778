#include "x509/bundle.h"

#include "base/base64.h"
#include "base/error.h"
#include "base/pem.h"
#include "x509/bundle_gap.h"
#include "x509/der.h"

#include <string.h>

/* The search for one kind of object in a file, and what it found instead. */
typedef struct search {
    fv_arena *arena;
    fv_bundle_kind wanted;
    fv_bundle_take take;
    void *user;
    size_t num_taken;
    /* the kind of the first object that was not wanted; FV_BUNDLE_UNKNOWN: there was none of a
     * known kind */
    fv_bundle_kind first_other;
    /* the label of the first PEM block whose kind is not known */
    fv_text first_label;
    fv_text whole; /* what is searched */
    /* the first byte that is part of no text, and of no object either; NULL: there was none */
    const char *foreign_at;
    /* whether the arena holds the bytes that are searched */
    bool is_in_arena;
} search;

static const struct {
    const char *none, *empty, *no_block, *refused, *too_large, *refused_der, *too_large_der;
} complaints[] = {
    [FV_BUNDLE_CERTIFICATE] = {"no certificate in it, but", "it is empty: a certificate is wanted",
                               "no certificate in it: no PEM block, which begins with -----BEGIN",
                               "not a certificate between these lines",
                               "a certificate that is too large between these lines",
                               "not a certificate in DER", "a certificate that is too large"},
    [FV_BUNDLE_CRL] = {"no CRL in it, but", "it is empty: a CRL is wanted",
                       "no CRL in it: no PEM block, which begins with -----BEGIN",
                       "not a CRL between these lines",
                       "a CRL that is too large between these lines", "not a CRL in DER",
                       "a CRL that is too large"},
    [FV_BUNDLE_REQUEST] = {"no certificate request in it, but",
                           "it is empty: a certificate request is wanted",
                           "no certificate request in it: no PEM block, which begins with "
                           "-----BEGIN",
                           "not a certificate request between these lines",
                           "a certificate request that is too large between these lines",
                           "not a certificate request in DER",
                           "a certificate request that is too large"},
};

static fedval_status count_and_take(fv_bytes der, void *user)
{
    search *self = user;
    fedval_status status = self->take(der, self->user);
    self->num_taken += status == FEDVAL_OK;
    return status;
}

static fedval_status take_from(search *self, fv_bytes der, fv_bundle_kind kind)
{
    if (kind == self->wanted)
        return count_and_take(der, self);
    if (self->first_other == FV_BUNDLE_UNKNOWN)
        self->first_other = kind;
    if (kind != FV_BUNDLE_PKCS7)
        return FEDVAL_OK;
    fedval_status status = fv_pkcs7_each(der, self->wanted, count_and_take, self);
    return status == FEDVAL_ERROR_NOT_FOUND ? FEDVAL_OK : status;
}

/* ---- the forms ---- */

static fedval_status refuse_block(const search *self, fedval_status status, uint32_t line,
                                  fedval_error *error)
{
    if (status == FEDVAL_ERROR_SYNTAX || status == FEDVAL_ERROR_LIMIT) {
        fv_error_set(error, status == FEDVAL_ERROR_SYNTAX ? complaints[self->wanted].refused
                                                          : complaints[self->wanted].too_large);
        fv_error_set_place(error, line, 0, UINT64_MAX);
    }
    return status;
}

static bool holds(fv_text text, fv_text wanted)
{
    for (size_t i = 0; i + wanted.len <= text.len; i++) {
        if (memcmp(text.data + i, wanted.data, wanted.len) == 0)
            return true;
    }
    return false;
}

static const char quoted[] =
    "a PEM block whose lines are quoted as in a mail: take the > in front of them off";

static bool is_quoted(fv_text text)
{
    return holds(text, fv_text_of("> -----BEGIN "));
}

static const char *words_for_damage(fv_text text)
{
    fv_bytes bytes = {(const uint8_t *)text.data, text.len};
    const char *foreign = fv_bundle_foreign_name(bytes);
    if (is_quoted(text))
        return quoted;
    return foreign != NULL ? foreign : "a PEM block that is damaged or not closed";
}

/* Windows' certutil -encode writes the label "CERTIFICATE" around whatever it is given. */
static fv_bundle_kind kind_of_block(const fv_pem_block *block)
{
    fv_bundle_kind said = fv_bundle_kind_of_label(block->label);
    fv_bundle_kind seen = fv_bundle_kind_of_der(block->der);
    bool is_other = seen == FV_BUNDLE_PKCS7 || seen == FV_BUNDLE_PKCS12 ||
                    seen == FV_BUNDLE_REQUEST || seen == FV_BUNDLE_CRL;
    return said == FV_BUNDLE_CERTIFICATE && is_other ? seen : said;
}

/* Reads the PEM block that begins here. */
static fedval_status search_block(search *self, fv_pem *pem, fedval_error *error)
{
    fv_pem_block block;
    enum fv_pem_result result = fv_pem_next(pem, self->arena, &block);
    if (result == FV_PEM_NO_MEMORY)
        return FEDVAL_ERROR_NO_MEMORY;
    if (result != FV_PEM_BLOCK) {
        fv_error_set(error, words_for_damage(self->whole));
        fv_error_set_place(error, pem->line, 0, UINT64_MAX);
        return FEDVAL_ERROR_SYNTAX;
    }
    fv_bundle_kind kind = kind_of_block(&block);
    if (kind == FV_BUNDLE_UNKNOWN && self->first_label.len == 0)
        self->first_label = block.label;
    fedval_status status = take_from(self, block.der, kind);
    return status == FEDVAL_OK ? FEDVAL_OK : refuse_block(self, status, block.line, error);
}

static fedval_status refuse_der(const search *self, fedval_status status, size_t offset,
                                fedval_error *error)
{
    if (status == FEDVAL_ERROR_SYNTAX || status == FEDVAL_ERROR_LIMIT) {
        fv_error_set(error, status == FEDVAL_ERROR_SYNTAX ? complaints[self->wanted].refused_der
                                                          : complaints[self->wanted].too_large_der);
        fv_error_set_place(error, 0, 0, offset);
    }
    return status;
}

static fedval_status refuse_cut_pkcs12(size_t offset, fedval_error *error)
{
    fv_error_set(error, "a PKCS #12 file whose end is missing: copy or export it again");
    fv_error_set_place(error, 0, 0, offset);
    return FEDVAL_ERROR_SYNTAX;
}

/* Hands over the DER document that begins here. A document whose end cannot be found, but whose
 * kind is known, is handed over with all the bytes that are left: `take` decides whether it can be
 * read. */
static fedval_status search_der(search *self, fv_pem *pem, size_t offset, fedval_error *error)
{
    fv_bytes der = {(const uint8_t *)pem->rest.data, pem->rest.len};
    fv_cursor cursor;
    fv_der element;
    fv_cursor_init(&cursor, der);
    fv_bundle_kind kind = fv_bundle_kind_of_der(der);
    bool has_end = fv_der_read_loosely(&cursor, &element);
    if (!has_end && fv_bundle_is_cut_pkcs12(der))
        return refuse_cut_pkcs12(offset, error);
    if (!has_end && kind == FV_BUNDLE_UNKNOWN)
        return refuse_der(self, FEDVAL_ERROR_SYNTAX, offset, error);
    if (has_end)
        der = element.whole;
    fv_pem_skip(pem, der.len);
    if (!self->is_in_arena && !fv_arena_copy_bytes(self->arena, der, &der))
        return FEDVAL_ERROR_NO_MEMORY;
    return refuse_der(self, take_from(self, der, kind), offset, error);
}

/* Hands over all objects of a file: PEM blocks and DER documents in any order, with white space,
 * zeros and other text between them. */
static fedval_status search_all(search *self, fv_bytes bytes, fedval_error *error)
{
    fedval_status status = FEDVAL_OK;
    fv_pem pem;
    self->whole = (fv_text){(const char *)bytes.data, bytes.len};
    fv_pem_init(&pem, self->whole);
    while (status == FEDVAL_OK) {
        fv_bundle_gap gap = fv_bundle_find_gap(pem.rest, self->foreign_at == NULL);
        if (self->foreign_at == NULL)
            self->foreign_at = gap.foreign_at;
        if (gap.end == FV_BUNDLE_AT_END)
            break;
        fv_pem_skip(&pem, gap.len);
        status = gap.end == FV_BUNDLE_AT_DER
                     ? search_der(self, &pem, (size_t)(pem.rest.data - self->whole.data), error)
                     : search_block(self, &pem, error);
    }
    if (status != FEDVAL_OK || self->num_taken == 0 || self->foreign_at == NULL)
        return status;
    fv_error_set(error, "bytes that are neither PEM nor DER beside what was read");
    fv_error_set_place(error, 0, 0, (uint64_t)(self->foreign_at - self->whole.data));
    return FEDVAL_ERROR_SYNTAX;
}

/* ---- what kind of text ---- */

static bool is_utf16(fv_bytes bytes, size_t *out_low)
{
    if (bytes.len < 4 || bytes.len % 2 != 0)
        return false;
    bool is_little = bytes.data[0] == 0xFF && bytes.data[1] == 0xFE;
    bool is_big = bytes.data[0] == 0xFE && bytes.data[1] == 0xFF;
    /* Without a byte order mark, the first hyphen of PEM shows the byte order. */
    is_little |= bytes.data[0] == '-' && bytes.data[1] == 0;
    is_big |= bytes.data[0] == 0 && bytes.data[1] == '-';
    *out_low = is_little ? 0 : 1;
    return is_little || is_big;
}

/* Copies the ASCII characters out of UTF-16. Any other character becomes a question mark. */
static bool narrow(fv_arena *arena, fv_bytes bytes, size_t low, fv_bytes *out)
{
    size_t mark = bytes.data[0] >= 0xFE ? 2 : 0;
    size_t len = (bytes.len - mark) / 2;
    uint8_t *narrowed = fv_arena_alloc(arena, len);
    if (narrowed == NULL)
        return false;
    for (size_t i = 0; i < len; i++) {
        const uint8_t *unit = bytes.data + mark + 2 * i;
        bool is_ascii = unit[1 - low] == 0 && unit[low] < 0x80;
        narrowed[i] = is_ascii ? unit[low] : '?';
    }
    *out = (fv_bytes){narrowed, len};
    return true;
}

/* Reads base64 without BEGIN and END lines, as people copy it from a web page. Returns
 * FEDVAL_ERROR_SYNTAX when the text is no base64, or when the decoded bytes are no DER. */
static fedval_status read_bare_base64(fv_arena *arena, fv_text text, fv_bytes *out)
{
    uint32_t num_lines;
    text = fv_text_trim(text);
    if (text.len < 64 || memchr(text.data, '-', text.len) != NULL)
        return FEDVAL_ERROR_SYNTAX;
    fedval_status status = fv_base64_decode_lines(arena, text, out, &num_lines);
    if (status != FEDVAL_OK)
        return status;
    bool is_der = out->len > 0 && out->data[0] == FV_DER_SEQUENCE;
    return is_der ? FEDVAL_OK : FEDVAL_ERROR_SYNTAX;
}

static fedval_status search_text(search *self, fv_bytes bytes, fedval_error *error)
{
    fv_text text = {(const char *)bytes.data, bytes.len};
    fv_bytes der;
    fedval_status status = read_bare_base64(self->arena, text, &der);
    if (status == FEDVAL_ERROR_SYNTAX)
        return search_all(self, bytes, error);
    self->is_in_arena = true;
    return status == FEDVAL_OK ? search_all(self, der, error) : status;
}

static fedval_status fail_without(const search *self, fv_bytes bytes, fedval_error *error)
{
    const char *foreign = fv_bundle_foreign_name(bytes);
    if (bytes.len == 0)
        fv_error_set(error, complaints[self->wanted].empty);
    else if (self->first_other != FV_BUNDLE_UNKNOWN) {
        fv_error_set_detail(error, complaints[self->wanted].none,
                            fv_text_of(fv_bundle_kind_name(self->first_other)));
    } else if (self->first_label.len > 0)
        fv_error_set_detail(error, complaints[self->wanted].none, self->first_label);
    else if (is_quoted((fv_text){(const char *)bytes.data, bytes.len}))
        fv_error_set(error, quoted);
    else if (foreign != NULL)
        fv_error_set_detail(error, complaints[self->wanted].none, fv_text_of(foreign));
    else if (fv_bundle_begins_der(bytes)) {
        fv_error_set_detail(error, complaints[self->wanted].none,
                            fv_text_of("DER of a kind that is not known here"));
    } else
        fv_error_set(error, complaints[self->wanted].no_block);
    return FEDVAL_ERROR_NOT_FOUND;
}

fedval_status fv_bundle_each(fv_bytes bytes, fv_arena *arena, fv_bundle_kind kind,
                             fv_bundle_take take, void *user, fedval_error *error)
{
    search self = {.arena = arena, .wanted = kind, .take = take, .user = user};
    size_t low;
    if (is_utf16(bytes, &low) && !narrow(arena, bytes, low, &bytes))
        return FEDVAL_ERROR_NO_MEMORY;
    bool is_binary = fv_bundle_begins_der(bytes);
    if (is_binary && !fv_arena_copy_bytes(arena, bytes, &bytes))
        return FEDVAL_ERROR_NO_MEMORY;
    self.is_in_arena = is_binary;
    fedval_status status =
        is_binary ? search_all(&self, bytes, error) : search_text(&self, bytes, error);
    if (status == FEDVAL_OK && self.num_taken == 0)
        status = fail_without(&self, bytes, error);
    return status;
}
