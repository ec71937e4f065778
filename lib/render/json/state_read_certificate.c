#include "base/calendar.h"
#include "render/json/state_read.h"

/* A list of texts that grows in the state's arena. */
typedef struct text_list {
    const char **items;
    size_t num, capacity;
} text_list;

static void append_text(fv_state_reader *reader, text_list *list)
{
    void *items = list->items;
    const char *text = NULL;
    fv_pull_text(&reader->pull, &text);
    const char **slot =
        fv_arena_append(&reader->state->arena, &items, &list->num, &list->capacity, sizeof(*slot));
    if (slot == NULL) {
        reader->state->failed = true;
        return;
    }
    list->items = items;
    *slot = text == NULL ? "" : text;
}

static text_list read_texts(fv_state_reader *reader)
{
    text_list list = {0};
    if (!fv_pull_open(&reader->pull, '['))
        return list;
    while (fv_pull_item(&reader->pull))
        append_text(reader, &list);
    return list;
}

static void read_names(fv_state_reader *reader, fv_state_certificate *out)
{
    text_list list = read_texts(reader);
    out->names = fv_state_join_sorted(reader->state, list.items, list.num);
    out->each_name = list.items;
    out->num_names = list.num;
}

static void read_purposes(fv_state_reader *reader, fv_state_certificate *out)
{
    text_list list = read_texts(reader);
    fv_state_sort(list.items, list.num);
    out->purposes = list.items;
    out->num_purposes = list.num;
    out->has_purposes = true;
}

static int64_t read_time(fv_state_reader *reader)
{
    const char *text = NULL;
    int64_t time = FV_TIME_UNKNOWN;
    fv_pull_text(&reader->pull, &text);
    return text != NULL && fv_calendar_parse(fv_text_of(text), &time) ? time : FV_TIME_UNKNOWN;
}

static bool read_certificate(fv_state_reader *reader, fv_state_certificate *out)
{
    const struct {
        const char *name;
        const char **place;
    } texts[] = {
        {"sha256", &out->sha256},
        {"subject", &out->subject},
        {"issuer", &out->issuer},
        {"serial", &out->serial},
    };
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return false;
    while (fv_pull_member(&reader->pull, &key)) {
        size_t i = 0;
        while (i < sizeof(texts) / sizeof(texts[0]) && !fv_pull_is_key(key, texts[i].name))
            i++;
        if (i < sizeof(texts) / sizeof(texts[0]))
            fv_pull_text(&reader->pull, texts[i].place);
        else if (fv_pull_is_key(key, "dns_names"))
            read_names(reader, out);
        else if (fv_pull_is_key(key, "key_purposes"))
            read_purposes(reader, out);
        else if (fv_pull_is_key(key, "not_before"))
            out->not_before = read_time(reader);
        else if (fv_pull_is_key(key, "not_after"))
            out->not_after = read_time(reader);
        else
            fv_pull_skip(&reader->pull);
    }
    return true;
}

static void read_path(fv_state_reader *reader, fv_state_certificate *out)
{
    bool is_accepted = false;
    text_list list = {0};
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (fv_pull_is_key(key, "accepted"))
            fv_pull_bool(&reader->pull, &is_accepted);
        else if (fv_pull_is_key(key, "certificates"))
            list = read_texts(reader);
        else
            fv_pull_skip(&reader->pull);
    }
    if (is_accepted && list.num > 0 && out->path == NULL)
        fv_state_set_path(reader->state, list.items + 1, list.num - 1, out);
}

static void read_paths(fv_state_reader *reader, fv_state_certificate *out)
{
    if (!fv_pull_open(&reader->pull, '['))
        return;
    while (fv_pull_item(&reader->pull))
        read_path(reader, out);
}

bool fv_state_read_presented(fv_state_reader *reader, fv_text key, fv_state_certificate *out,
                             bool *has_certificate)
{
    if (fv_pull_is_key(key, "certificate"))
        *has_certificate = read_certificate(reader, out);
    else if (fv_pull_is_key(key, "paths"))
        read_paths(reader, out);
    else
        return false;
    return true;
}

void fv_state_read_client(fv_state_reader *reader)
{
    fv_state_certificate certificate = fv_state_no_certificate;
    bool has_certificate = false;
    fv_text key;
    if (!fv_pull_open(&reader->pull, '{'))
        return;
    while (fv_pull_member(&reader->pull, &key)) {
        if (!fv_state_read_presented(reader, key, &certificate, &has_certificate))
            fv_pull_skip(&reader->pull);
    }
    if (has_certificate)
        fv_state_add_certificate(reader->state, NULL, &certificate);
}
