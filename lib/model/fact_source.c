/* Who gives a fact: kinds and places, and the text for people that is made of them. */
#include "base/buf.h"
#include "model/fact.h"

#include <string.h>

#define MAX_TEXT_LEN ((size_t)64 << 10)

/* The words before the place. */
static const char *const leads[] = {
    [FEDVAL_SOURCE_OTHER] = "",
    [FEDVAL_SOURCE_RESOLVER] = "resolver ",
    [FEDVAL_SOURCE_SYSTEM_RESOLVER] = "system resolver ",
    [FEDVAL_SOURCE_NAME_SERVER] = "name server ",
    [FEDVAL_SOURCE_ZONE] = "zone ",
    [FEDVAL_SOURCE_FILE] = "file ",
    [FEDVAL_SOURCE_LOG] = "",
};

const char *fv_fact_source_lead(uint32_t kind)
{
    const char *lead = kind < sizeof(leads) / sizeof(leads[0]) ? leads[kind] : NULL;
    return lead != NULL ? lead : "";
}

bool fv_fact_source_is_resolver(uint32_t kind)
{
    return kind == FEDVAL_SOURCE_RESOLVER || kind == FEDVAL_SOURCE_SYSTEM_RESOLVER;
}

static bool has(const fv_fact_sources *sources, uint32_t kind, fv_text place)
{
    for (size_t i = 0; i < sources->count; i++) {
        const fv_fact_source *source = &sources->items[i];
        if (source->kind == kind && fv_text_equal(fv_text_of(source->place), place))
            return true;
    }
    return false;
}

/* Returns the words before the next source in the text. Several resolvers are one list: "resolver
 * 192.0.2.53, 192.0.2.54". */
static const char *next_lead(const fv_fact_sources *sources, uint32_t kind)
{
    bool goes_on = sources->count > 0 && fv_fact_source_is_resolver(kind) &&
                   sources->items[sources->count - 1].kind == kind;
    return goes_on ? "" : fv_fact_source_lead(kind);
}

/* Returns the text with one more source; NULL: memory is short. */
static const char *longer_text(fv_arena *arena, const fv_fact_sources *sources, uint32_t kind,
                               fv_text place)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_buf_append_text(&text, sources->text);
    fv_buf_append_text(&text, sources->text == NULL ? "" : ", ");
    fv_buf_append_text(&text, next_lead(sources, kind));
    fv_buf_append(&text, place.data, place.len);
    const char *copy = text.failed ? NULL : fv_arena_copy_text(arena, text.data, text.len);
    fv_buf_clear(&text);
    return copy;
}

/* The text is made again for each source, so those behind the first one are limited in length. */
static bool is_room_for(const fv_fact_sources *sources, fv_text place)
{
    return sources->count == 0 ||
           (sources->count < FV_MAX_FACT_SOURCES && place.len < MAX_TEXT_LEN &&
            strlen(sources->text) < MAX_TEXT_LEN - place.len);
}

static fv_address address_of(uint32_t kind, fv_text place)
{
    fv_address address = {.len = 0};
    uint16_t port;
    if (fv_fact_source_is_resolver(kind) && !fv_address_parse_server(place, &address, &port))
        address.len = 0;
    return address;
}

static fedval_status append_source(fv_arena *arena, fv_fact_sources *sources, uint32_t kind,
                                   fv_text place)
{
    if (fv_text_has_nul(place))
        return FEDVAL_ERROR_SYNTAX;
    if (has(sources, kind, place))
        return FEDVAL_OK;
    if (!is_room_for(sources, place))
        return FEDVAL_ERROR_LIMIT;
    const char *text = longer_text(arena, sources, kind, place);
    const char *copy = fv_arena_copy_text(arena, place.data, place.len);
    void *items = sources->items;
    fv_fact_source *slot =
        text == NULL || copy == NULL
            ? NULL
            : fv_arena_append(arena, &items, &sources->count, &sources->capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *slot = (fv_fact_source){kind, copy, address_of(kind, place)};
    sources->items = items;
    sources->text = text;
    return FEDVAL_OK;
}

bool fv_fact_sources_copy(fv_arena *arena, const fv_fact_sources *from, fv_fact_sources *out)
{
    fv_fact_source *items = fv_arena_alloc_array(arena, from->count, sizeof(*items));
    const char *text = NULL;
    bool is_copied = items != NULL && fv_arena_copy_if(arena, from->text, &text);
    for (size_t i = 0; is_copied && i < from->count; i++) {
        items[i] = from->items[i];
        is_copied = fv_arena_copy_if(arena, from->items[i].place, &items[i].place);
    }
    if (is_copied)
        *out = (fv_fact_sources){items, from->count, from->count, text};
    return is_copied;
}

/* ---- of a fact ---- */

fedval_status fedval_fact_append_source(fedval_fact *fact, uint32_t kind, const char *place,
                                        size_t place_len)
{
    if (fact == NULL || place == NULL || fedval_source_to_string(kind) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return append_source(&fact->arena, &fact->sources, kind, fv_text_given(place, place_len));
}

fedval_status fedval_fact_set_source(fedval_fact *fact, const char *source, size_t source_len)
{
    fv_fact_sources sources = {0};
    if (fact == NULL || source == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = append_source(&fact->arena, &sources, FEDVAL_SOURCE_OTHER,
                                         fv_text_given(source, source_len));
    if (status == FEDVAL_OK)
        fact->sources = sources;
    return status;
}

const char *fedval_fact_get_source(const fedval_fact *fact)
{
    return fact == NULL ? NULL : fact->sources.text;
}

size_t fedval_fact_count_sources(const fedval_fact *fact)
{
    return fact == NULL ? 0 : fact->sources.count;
}

static const fv_fact_source *source_at(const fedval_fact *fact, size_t index)
{
    static const fv_fact_source none;
    return index < fedval_fact_count_sources(fact) ? &fact->sources.items[index] : &none;
}

uint32_t fedval_fact_get_source_kind(const fedval_fact *fact, size_t index)
{
    return source_at(fact, index)->kind;
}

const char *fedval_fact_get_source_place(const fedval_fact *fact, size_t index)
{
    return source_at(fact, index)->place;
}
