#include "x509/decoder.h"

#include "x509/oid.h"

void fv_decoder_note(fv_decoder *decoder, fv_defect_kind kind, const uint8_t *at)
{
    fv_defects_add(decoder->defects, kind, (size_t)(at - decoder->start));
}

bool fv_decoder_read_only(fv_decoder *decoder, fv_bytes bytes, uint8_t tag, fv_der *out)
{
    fv_cursor cursor;
    fv_cursor_init(&cursor, bytes);
    return fv_decoder_read(decoder, &cursor, tag, out) && fv_cursor_left(&cursor) == 0;
}

bool fv_decoder_open_sequence(fv_decoder *decoder, fv_bytes value, fv_cursor *out)
{
    fv_der sequence;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &sequence))
        return false;
    fv_cursor_init(out, sequence.value);
    return true;
}

bool fv_decoder_open_list(fv_decoder *decoder, fv_bytes value, fv_cursor *out, size_t *out_num)
{
    fv_der sequence;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &sequence) ||
        !fv_der_count(sequence.value, out_num))
        return false;
    fv_cursor_init(out, sequence.value);
    return *out_num > 0;
}

bool fv_decoder_read_number(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, bool *out_is_there,
                            uint32_t *out)
{
    fv_der number;
    *out_is_there = fv_der_next_is(cursor, tag);
    return !*out_is_there ||
           (fv_decoder_read(decoder, cursor, tag, &number) &&
            fv_der_integer_is_minimal(number.value) && fv_der_integer_to_u32(number.value, out));
}

bool fv_decoder_read_boolean(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, bool *out)
{
    fv_der element;
    if (!fv_der_next_is(cursor, tag))
        return true;
    if (!fv_decoder_read(decoder, cursor, tag, &element) || element.value.len != 1)
        return false;
    /* X.690 11.1 and 11.5: TRUE is always 0xFF, and a default (here FALSE) is never written. */
    if (element.value.data[0] != 0xFF)
        fv_decoder_note(decoder, FV_DEFECT_BOOLEAN, element.whole.data);
    *out = element.value.data[0] != 0;
    return true;
}

void fv_decoder_expect_end(fv_decoder *decoder, const fv_cursor *cursor)
{
    if (fv_cursor_left(cursor) > 0)
        fv_decoder_note(decoder, FV_DEFECT_TRAILING_BYTES, cursor->next);
}

void fv_decoder_check_oid(fv_decoder *decoder, fv_bytes oid)
{
    if (!fv_oid_is_valid(oid))
        fv_decoder_note(decoder, FV_DEFECT_OID_FORM, oid.data);
}

void *fv_decoder_alloc(fv_decoder *decoder, size_t count, size_t size)
{
    if (count == 0)
        return NULL;
    void *items = fv_arena_alloc_array(decoder->arena, count, size);
    if (items == NULL)
        decoder->is_out_of_memory = true;
    return items;
}

static void note_algorithm(fv_decoder *decoder, const fv_algorithm *algorithm)
{
    if (algorithm->presence == FV_MALFORMED)
        fv_decoder_note(decoder, FV_DEFECT_ALGORITHM_FORM, algorithm->der.data);
    else if (!algorithm->has_proper_parameters)
        fv_decoder_note(decoder, FV_DEFECT_ALGORITHM_PARAMETERS, algorithm->der.data);
}

bool fv_decoder_read_signed(fv_decoder *decoder, fv_bytes bytes, fv_signed *out)
{
    fv_cursor outside, inside;
    fv_der whole, algorithm, signature;
    fv_cursor_init(&outside, bytes);
    if (!fv_decoder_read(decoder, &outside, FV_DER_SEQUENCE, &whole))
        return false;
    if (fv_cursor_left(&outside) > 0)
        fv_decoder_note(decoder, FV_DEFECT_BYTES_BEHIND, outside.next);
    fv_cursor_init(&inside, whole.value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_SEQUENCE, &out->tbs) ||
        !fv_decoder_read(decoder, &inside, FV_DER_SEQUENCE, &algorithm) ||
        !fv_decoder_read(decoder, &inside, FV_DER_BIT_STRING, &signature))
        return false;
    fv_decoder_expect_end(decoder, &inside);
    out->der = whole.whole;
    fv_algorithm_decode(algorithm.whole, &out->algorithm);
    note_algorithm(decoder, &out->algorithm);
    out->signature_presence = FV_MALFORMED;
    out->signature = (fv_bytes){NULL, 0};
    if (signature.value.len > 0 && signature.value.data[0] == 0) {
        out->signature_presence = FV_KNOWN;
        out->signature = (fv_bytes){signature.value.data + 1, signature.value.len - 1};
    } else {
        fv_decoder_note(decoder, FV_DEFECT_SIGNATURE_BITS, signature.whole.data);
    }
    return true;
}

bool fv_decoder_read_algorithm(fv_decoder *decoder, fv_cursor *cursor, const fv_algorithm *outer,
                               fv_algorithm *out)
{
    fv_der element;
    if (!fv_decoder_read(decoder, cursor, FV_DER_SEQUENCE, &element))
        return false;
    if (fv_bytes_equal(element.whole, outer->der)) {
        *out = *outer; /* the members of `outer` point to equal bytes, so they serve here too */
        return true;
    }
    fv_algorithm_decode(element.whole, out);
    note_algorithm(decoder, out);
    fv_decoder_note(decoder, FV_DEFECT_ALGORITHM_MISMATCH, element.whole.data);
    return true;
}

static void note_slips(fv_decoder *decoder, const fv_name *name)
{
    for (unsigned kind = 0; name->slips >> kind != 0; kind++) {
        if ((name->slips >> kind & 1) != 0)
            fv_decoder_note(decoder, (fv_defect_kind)kind, name->raw.data);
    }
}

bool fv_decoder_read_name(fv_decoder *decoder, fv_cursor *cursor, fv_defect_kind kind, fv_name *out)
{
    fv_der element;
    if (!fv_decoder_read(decoder, cursor, FV_DER_SEQUENCE, &element))
        return false;
    if (!fv_name_decode(decoder->arena, element.whole, out))
        decoder->is_out_of_memory = true;
    else if (out->presence == FV_MALFORMED)
        fv_decoder_note(decoder, kind, element.whole.data);
    if (out->has_bad_string)
        fv_decoder_note(decoder, FV_DEFECT_STRING, element.whole.data);
    if (out->has_odd_characters)
        fv_decoder_note(decoder, FV_DEFECT_CHARACTERS, element.whole.data);
    if (out->has_odd_kind)
        fv_decoder_note(decoder, FV_DEFECT_STRING_KIND, element.whole.data);
    if (out->has_odd_contents)
        fv_decoder_note(decoder, FV_DEFECT_STRING_CONTENTS, element.whole.data);
    if (out->has_bad_oid)
        fv_decoder_note(decoder, FV_DEFECT_OID_FORM, element.whole.data);
    note_slips(decoder, out);
    return true;
}

bool fv_decoder_read_extension(fv_decoder *decoder, fv_cursor *list, fv_extension *out)
{
    fv_der element, part;
    fv_cursor inside;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &part) || part.value.len == 0)
        return false;
    out->oid = part.value;
    if (!fv_decoder_read_boolean(decoder, &inside, FV_DER_BOOLEAN, &out->is_critical) ||
        !fv_decoder_read(decoder, &inside, FV_DER_OCTET_STRING, &part))
        return false;
    out->value = part.value;
    out->id = fv_extension_find_id(out->oid);
    if (out->id == FV_EXT_UNRECOGNISED)
        fv_decoder_check_oid(decoder, out->oid);
    return fv_cursor_left(&inside) == 0;
}

static void mark_duplicate(fv_decoder *decoder, fv_extension *extension)
{
    extension->is_duplicate = true;
    fv_decoder_note(decoder, FV_DEFECT_EXTENSION_DUPLICATE, extension->oid.data);
}

static bool equal_oids(fv_bytes a, fv_bytes b)
{
    return fv_oid_equal(a, (const char *)b.data, b.len);
}

bool fv_decoder_has_equal_oids(fv_decoder *decoder, const fv_bytes *oids, size_t num)
{
    bool found = false;
    if (num <= FV_DECODER_FEW) {
        for (size_t i = 1; i < num; i++) {
            for (size_t j = 0; j < i; j++)
                found |= equal_oids(oids[i], oids[j]);
        }
        return found;
    }
    fv_oid_place *places = fv_decoder_alloc(decoder, num, sizeof(*places));
    if (places == NULL)
        return false;
    for (size_t i = 0; i < num; i++)
        places[i] = (fv_oid_place){oids[i], i};
    fv_oid_sort(places, num);
    for (size_t i = 1; i < num; i++)
        found |= equal_oids(places[i].oid, places[i - 1].oid);
    return found;
}

static void find_duplicates_among_few(fv_decoder *decoder, fv_extension *extensions, size_t num)
{
    for (size_t i = 1; i < num; i++) {
        for (size_t j = 0; j < i && !extensions[i].is_duplicate; j++) {
            if (equal_oids(extensions[i].oid, extensions[j].oid))
                mark_duplicate(decoder, &extensions[i]);
        }
    }
}

static void find_duplicates(fv_decoder *decoder, fv_extension *extensions, size_t num)
{
    if (num <= FV_DECODER_FEW) {
        find_duplicates_among_few(decoder, extensions, num);
        return;
    }
    fv_oid_place *places = fv_decoder_alloc(decoder, num, sizeof(*places));
    if (places == NULL)
        return;
    for (size_t i = 0; i < num; i++)
        places[i] = (fv_oid_place){extensions[i].oid, i};
    fv_oid_sort(places, num);
    for (size_t i = 1; i < num; i++) {
        if (equal_oids(places[i].oid, places[i - 1].oid))
            mark_duplicate(decoder, &extensions[places[i].index]);
    }
}

bool fv_decoder_read_extensions(fv_decoder *decoder, fv_bytes bytes, fv_extension **out,
                                size_t *out_num)
{
    fv_der list;
    size_t num_elements, num = 0;
    fv_cursor cursor;
    if (!fv_decoder_read_only(decoder, bytes, FV_DER_SEQUENCE, &list) ||
        !fv_der_count(list.value, &num_elements)) {
        fv_decoder_note(decoder, FV_DEFECT_EXTENSION_FORM, bytes.data);
        return false;
    }
    if (num_elements == 0)
        fv_decoder_note(decoder, FV_DEFECT_EXTENSIONS_EMPTY, list.whole.data);
    fv_extension *extensions = fv_decoder_alloc(decoder, num_elements, sizeof(*extensions));
    if (extensions == NULL)
        return true;
    fv_cursor_init(&cursor, list.value);
    while (num < num_elements && fv_decoder_read_extension(decoder, &cursor, &extensions[num]))
        num++;
    find_duplicates(decoder, extensions, num);
    *out = extensions;
    *out_num = num;
    if (num < num_elements)
        fv_decoder_note(decoder, FV_DEFECT_EXTENSION_FORM, cursor.next);
    return num == num_elements;
}

bool fv_decoder_read_key(fv_decoder *decoder, fv_cursor *cursor, fv_subject_key *out)
{
    fv_der spki;
    if (!fv_decoder_read(decoder, cursor, FV_DER_SEQUENCE, &spki))
        return false;
    fv_key_decode(spki.whole, out);
    if (out->presence == FV_MALFORMED)
        fv_decoder_note(decoder, FV_DEFECT_KEY, spki.whole.data);
    if (out->has_bad_oid)
        fv_decoder_note(decoder, FV_DEFECT_OID_FORM, spki.whole.data);
    if (out->has_odd_parameters)
        fv_decoder_note(decoder, FV_DEFECT_ALGORITHM_PARAMETERS, spki.whole.data);
    return true;
}
