/* Who gives a fact of evidence, read from JSON. Evidence of earlier editions has only a text, such
 * as "zone lab.zone, resolver 192.0.2.53". This file alone reads what such a text means. */
#include "render/json/fact_read.h"

#include <string.h>

/* A longer text is no list of sources. */
#define MAX_TEXT_LEN ((size_t)4 << 10)

/* ---- a text ---- */

/* Returns the kind of source that `text` begins with; OTHER: none. A log has no word of its own. */
static uint32_t kind_of(fv_text text)
{
    static const uint32_t kinds[] = {FEDVAL_SOURCE_RESOLVER, FEDVAL_SOURCE_SYSTEM_RESOLVER,
                                     FEDVAL_SOURCE_NAME_SERVER, FEDVAL_SOURCE_ZONE,
                                     FEDVAL_SOURCE_FILE};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fv_text lead = fv_text_of(fv_fact_source_lead(kinds[i]));
        if (text.len > lead.len && memcmp(text.data, lead.data, lead.len) == 0)
            return kinds[i];
    }
    return FEDVAL_SOURCE_OTHER;
}

/* Returns how long the first source of `text` is. It ends at a comma behind which another source
 * begins; in a list of resolvers, at each comma. The name of a file may have commas too. */
static size_t first_length(fv_text text, uint32_t kind)
{
    static const char comma[] = ", ";
    const size_t comma_len = sizeof(comma) - 1;
    for (size_t at = 0; at + comma_len < text.len; at++) {
        fv_text rest = {text.data + at + comma_len, text.len - at - comma_len};
        if (memcmp(text.data + at, comma, comma_len) == 0 &&
            (fv_fact_source_is_resolver(kind) || kind_of(rest) != FEDVAL_SOURCE_OTHER))
            return at;
    }
    return text.len;
}

/* Appends the first source of `text` and takes it off. `kind` is that of the source before, and
 * becomes its own. */
static fedval_status take_source(fv_text *text, uint32_t *kind, fedval_fact *fact)
{
    uint32_t own = kind_of(*text);
    if (own != FEDVAL_SOURCE_OTHER || !fv_fact_source_is_resolver(*kind)) {
        size_t lead_len = strlen(fv_fact_source_lead(own));
        *text = (fv_text){text->data + lead_len, text->len - lead_len};
        *kind = own;
    }
    size_t len = first_length(*text, *kind);
    fedval_status status = fedval_fact_append_source(fact, *kind, text->data, len);
    size_t taken = len < text->len ? len + 2 : len;
    *text = (fv_text){text->data + taken, text->len - taken};
    return status;
}

static fedval_status read_text(const char *source, fedval_fact *fact)
{
    fv_text rest = fv_text_of(source);
    uint32_t kind = FEDVAL_SOURCE_OTHER;
    if (rest.len > MAX_TEXT_LEN || kind_of(rest) == FEDVAL_SOURCE_OTHER)
        return fedval_fact_set_source(fact, source, FEDVAL_NUL_ENDED);
    fedval_status status = FEDVAL_OK;
    while (status == FEDVAL_OK && rest.len > 0)
        status = take_source(&rest, &kind, fact);
    return status == FEDVAL_ERROR_LIMIT ? fedval_fact_set_source(fact, source, FEDVAL_NUL_ENDED)
                                        : status;
}

/* ---- members ---- */

static bool read_source(fv_json_reader *reader, json_t *object, void *fact)
{
    const char *place = NULL;
    uint32_t kind = 0;
    if (!json_is_object(object))
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "not an object");
    if (!fv_json_get_word(reader, object, "kind", fedval_source_from_string,
                          fedval_source_to_string, &kind) ||
        !fv_json_need_text(reader, object, "place", &place))
        return false;
    if (kind == 0)
        return fv_json_check(reader, FEDVAL_ERROR_SYNTAX, "kind is missing");
    return fv_json_check_members(reader, object) &&
           fv_json_check(reader, fedval_fact_append_source(fact, kind, place, FEDVAL_NUL_ENDED),
                         "cannot be kept");
}

bool fv_json_get_sources(fv_json_reader *reader, json_t *object, fedval_fact *fact)
{
    const char *source = NULL;
    if (!fv_json_get_text(reader, object, "source", &source) ||
        !fv_json_get_items(reader, object, "sources", read_source, fact))
        return false;
    return source == NULL || fedval_fact_count_sources(fact) > 0 ||
           fv_json_check(reader, read_text(source, fact), "cannot be kept");
}
