#include "logs/window.h"

#include "logs/read/lookback.h"
#include "logs/read/spacing.h"

#include <stdlib.h>
#include <string.h>

#define WINDOW_SIZE ((size_t)256 << 10)
#define AHEAD_MAX ((size_t)24 << 10) /* the longest entry that is read whole */
#define AHEAD_FIRST ((size_t)1100)
#define AHEAD_DENSE ((size_t)8 << 10) /* read at first, where one entry follows another */
#define DENSE_GAP ((size_t)2 << 10)
/* A start is recognised by the text after it. It may be missed if less than this much text
 * follows. */
#define START_MARGIN 1200
/* Unwrapping goes on while there is at least this much room: the most that one byte can give, and
 * one character. */
#define UNWRAP_ROOM (2 * FV_UNWRAP_MARGIN + 4)
#define UNWRAP_PIECE ((size_t)4 << 10)

bool fv_window_init(fv_window *window)
{
    memset(window, 0, sizeof(*window));
    fv_scan_init(&window->scan);
    fv_sight_init(&window->sight);
    window->bytes = malloc(WINDOW_SIZE + UNWRAP_ROOM);
    return window->bytes != NULL;
}

void fv_window_clear(fv_window *window)
{
    free(window->bytes);
    window->bytes = NULL;
    fv_sight_clear(&window->sight);
}

void fv_window_begin(fv_window *window, const char *source)
{
    window->len = 0;
    window->scanned = 0;
    window->consumed = 0;
    window->read_end = 0;
    window->lines = 0;
    window->counted = 0;
    window->counted_lines = 0;
    window->source = source;
    fv_observer_init(&window->observer);
    fv_tally_init(&window->tally);
    fv_charset_init(&window->charset);
    fv_unwrap_init(&window->unwrap);
    window->head_seen = false;
    window->around = 0;
}

static uint64_t count_lines(const fv_window *window, size_t from, size_t end)
{
    return fv_scan_count_lines(window->bytes, from, end, window->bytes[end] != '\n');
}

static uint64_t line_at(fv_window *window, size_t offset)
{
    if (offset < window->counted)
        window->counted_lines -= count_lines(window, offset, window->counted);
    else
        window->counted_lines += count_lines(window, window->counted, offset);
    window->counted = offset;
    return window->lines + window->counted_lines + 1;
}

/* ---- one entry ---- */

static fedval_status take_fact(void *user, const char *domain, const fedval_fact *fact)
{
    return fv_store_add_fact(user, domain, fact);
}

static bool take_host(void *user, const char *host)
{
    return fv_store_tie(user, host);
}

static bool take_asserted(void *user, const fedval_incident *request)
{
    return fv_store_assert(user, request);
}

/* Counts the answer of an entry, unless it lies before `hit`: the first pass has counted those. */
static void count_entry(fv_window *window, size_t start, size_t hit)
{
    fv_span line;
    const fv_entry *entry = &window->entry;
    fv_tally_entry(&window->tally, entry);
    if (entry->message != FV_START_RESPONSE || !fv_entry_get_first_line(entry, &line) ||
        start + fv_sight_origin(&window->sight, line.from - 1) < hit)
        return;
    fv_tally_answer(&window->tally, entry->status);
}

static bool take_entry(fv_window *window, fv_store *store, size_t start, size_t hit)
{
    fv_arena arena;
    fedval_incident incident;
    const fv_sight *sight = &window->sight;
    fv_draft draft = {sight, &window->entry, &arena, &incident, &window->observer, false, false, 0};
    fv_observer_sink sink = {take_fact, take_host, take_asserted, store};
    memset(&incident, 0, sizeof(incident));
    fv_arena_init(&arena);
    count_entry(window, start, hit);
    incident.times_logged = 1;
    incident.is_related = true;
    incident.of_client_trace = window->entry.start == FV_START_CLIENT;
    incident.when = fv_when_of_entry(sight, &window->entry);
    incident.source = window->source;
    incident.line = line_at(window, start + fv_sight_origin(sight, window->entry.span.from));
    bool ok = true;
    if (fv_judge(&draft)) {
        if (draft.is_damaged)
            incident.certainty = FEDVAL_CERTAINTY_UNDETERMINED;
        fv_observer_complete(&window->observer, &incident);
        if (fv_incident_is_of_connection(&incident))
            incident.is_related = false; /* until something ties it to a Microsoft side */
        ok = !draft.failed && fv_store_add(store, &incident);
    } else {
        ok = fv_observe(&window->observer, &draft, &sink);
    }
    ok = ok && !draft.failed;
    fv_arena_clear(&arena);
    return ok;
}

/* ---- the surroundings of a place that the first pass found ---- */

typedef struct reading {
    size_t hit;   /* the place */
    size_t start; /* offset of the sight in the window */
    size_t end;
    bool at_end; /* the source ends here */
    bool last;   /* no more will be read for this place */
} reading;

static size_t origin_of(const fv_window *window, const reading *r, size_t pos)
{
    return pos < window->sight.len ? r->start + fv_sight_origin(&window->sight, pos) : r->end;
}

static size_t next_start(const fv_sight *sight, size_t pos, fv_start *out_start)
{
    fv_header header = FV_HEADER_UNREAD;
    while (pos < sight->len) {
        *out_start = fv_start_at(sight, pos, &header);
        if (*out_start != FV_START_NONE)
            break;
        pos++;
    }
    return pos;
}

/* Whether to read the next entry: the place is not covered yet, or the first pass would find
 * something in what is left of the sight. */
static bool is_worth_reading_on(fv_window *window, const reading *r)
{
    return window->consumed <= r->hit ||
           fv_tally_next(&window->tally, &window->scan, window->bytes, window->consumed,
                         (fv_reach){r->end, 0}) < r->end;
}

/* Reads the entries of the sight, and sets `consumed` after each. Sets `*out_more` if an entry goes
 * on after the end of the sight. Returns false if memory is short. */
static bool read_entries(fv_window *window, fv_store *store, const reading *r, bool *out_more)
{
    size_t pos = 0;
    *out_more = false;
    for (;;) {
        fv_start start;
        if (!is_worth_reading_on(window, r))
            return true;
        pos = next_start(&window->sight, pos, &start);
        if (pos == window->sight.len)
            return true;
        fv_entry_read(&window->sight, pos, start, &window->entry);
        if (!window->entry.ends && !r->last) {
            *out_more = true;
            window->consumed = origin_of(window, r, pos);
            return true;
        }
        if (!take_entry(window, store, r->start, r->hit))
            return false;
        pos = window->entry.span.to;
        window->consumed = origin_of(window, r, pos);
    }
}

/* Returns where the first pass goes on: after what was read, or where a start may have been
 * missed. */
static size_t resume_at(const fv_window *window, const reading *r, size_t hit)
{
    size_t seen = r->end;
    if (!r->at_end && r->end - r->start > START_MARGIN)
        seen = r->end - START_MARGIN;
    size_t resume = hit + 1;
    if (!r->at_end && seen <= hit)
        seen = hit + 1;
    if (seen > resume)
        resume = seen;
    return window->consumed > resume ? window->consumed : resume;
}

static bool read_around(fv_window *window, fv_store *store, size_t hit, bool final,
                        size_t *out_resume)
{
    reading r = {.hit = hit, .start = fv_lookback(window->bytes, window->consumed, hit)};
    bool dense = hit < window->read_end + DENSE_GAP;
    for (size_t ahead = dense ? AHEAD_DENSE : AHEAD_FIRST;; ahead *= 2) {
        size_t left = window->len - hit;
        r.end = hit + (ahead < left ? ahead : left);
        r.at_end = final && r.end == window->len;
        r.last = r.at_end || r.end - r.start >= AHEAD_MAX || r.end == window->len;
        bool more;
        if (!fv_sight_read(&window->sight, (fv_bytes){window->bytes + r.start, r.end - r.start}) ||
            !read_entries(window, store, &r, &more))
            return false;
        window->read_end = r.end;
        if (!more)
            break;
        r.start = window->consumed;
        if (r.start > hit) {
            fv_tally_unread(&window->tally, window->bytes, hit - FV_SCAN_MARKER_LEN, window->len);
            /* The next entry begins after the place: the first pass will find it. */
            *out_resume = r.start;
            return true;
        }
    }
    *out_resume = resume_at(window, &r, hit);
    fv_tally_rest(&window->tally, &window->scan, window->bytes,
                  window->consumed > hit ? window->consumed : hit + 1, *out_resume);
    /* There was no entry, so none begins here that could cover the place. */
    if (window->consumed <= hit) {
        fv_tally_unread(&window->tally, window->bytes, hit - FV_SCAN_MARKER_LEN, window->len);
        window->consumed = *out_resume;
    }
    return true;
}

/* ---- what the log is wrapped in ---- */

/* Unwraps the bytes in memory from `from` on, and all bytes fed later. Returns false if memory is
 * short. */
static bool unwrap_from(fv_window *window, size_t from, uint16_t kinds, bool in_field)
{
    size_t len = window->len - from;
    uint8_t *copy = malloc(len + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, window->bytes + from, len);
    fv_unwrap_start(&window->unwrap, kinds, in_field);
    fv_bytes rest = {copy, len};
    size_t room = WINDOW_SIZE + UNWRAP_ROOM - from;
    window->len = from + fv_unwrap_read(&window->unwrap, &rest, window->bytes + from, room);
    free(copy);
    window->scanned = from;
    window->around = from;
    window->counted = 0;
    window->counted_lines = 0;
    if (window->read_end > from)
        window->read_end = from;
    return true;
}

/* Looks at the beginning of a source, once, before anything is read. */
static bool see_head(fv_window *window)
{
    if (window->head_seen)
        return true;
    window->head_seen = true;
    uint16_t kinds = fv_unwrap_kinds_of_head((fv_bytes){window->bytes, window->len});
    return kinds == FV_WRAP_NONE || unwrap_from(window, 0, kinds, false);
}

/* Looks for a wrapping around `hit`; one that is found holds for the rest of the source. Sets
 * `*out_unwrapped` if the bytes changed: then the first pass must search them again. */
static bool see_place(fv_window *window, size_t hit, bool *out_unwrapped)
{
    size_t from;
    bool in_field = false;
    fv_bytes bytes = {window->bytes, window->len};
    uint16_t kinds = fv_unwrap_kinds_of_line(bytes, window->consumed, hit, &from);
    if (kinds == FV_WRAP_NONE && hit >= window->around) {
        kinds = fv_unwrap_kinds_around(bytes, window->consumed, hit, &from, &in_field);
        window->around = hit + FV_UNWRAP_AROUND;
    }
    *out_unwrapped = (kinds & ~window->unwrap.kinds) != 0;
    return !*out_unwrapped || unwrap_from(window, from, kinds, in_field);
}

static void drop(fv_window *window, size_t count)
{
    window->lines = count < window->len
                        ? line_at(window, count) - 1
                        : window->lines + fv_scan_count_lines(window->bytes, 0, count, true);
    memmove(window->bytes, window->bytes + count, window->len - count);
    window->len -= count;
    window->scanned -= count;
    window->around = window->around > count ? window->around - count : 0;
    window->consumed = window->consumed > count ? window->consumed - count : 0;
    window->read_end = window->read_end > count ? window->read_end - count : 0;
    window->counted = 0;
    window->counted_lines = 0;
}

static size_t limit_of(const fv_window *window, bool final)
{
    if (final)
        return window->len;
    return window->len > AHEAD_MAX ? window->len - AHEAD_MAX : 0;
}

/* Reads all places that have enough text after them; all places if `final`. */
static bool process(fv_window *window, fv_store *store, bool final)
{
    if (!see_head(window))
        return false;
    size_t limit = limit_of(window, final);
    fv_tally_look(&window->tally, (fv_bytes){window->bytes, window->len});
    while (window->scanned < limit) {
        size_t hit = fv_tally_next(&window->tally, &window->scan, window->bytes, window->scanned,
                                   (fv_reach){window->len, limit});
        window->scanned = hit < limit ? hit : limit;
        if (hit >= limit)
            break;
        hit = fv_scan_place(window->bytes, hit, window->len);
        bool unwrapped;
        if (!see_place(window, hit, &unwrapped))
            return false;
        limit = limit_of(window, final);
        if (unwrapped)
            continue;
        if (!read_around(window, store, hit, final, &window->scanned))
            return false;
    }
    size_t kept = window->scanned < FV_LOOKBACK_MAX ? 0 : window->scanned - FV_LOOKBACK_MAX;
    if (!final)
        drop(window, kept);
    return true;
}

/* Decodes and unwraps as many bytes as there is room for. */
static void take_bytes(fv_window *window, fv_bytes *bytes)
{
    uint8_t piece[UNWRAP_PIECE];
    uint8_t *end = window->bytes + window->len;
    size_t room = WINDOW_SIZE - window->len;
    if (window->unwrap.kinds == FV_WRAP_NONE) {
        window->len += fv_charset_read(&window->charset, bytes, end, room);
        return;
    }
    size_t limit = room - UNWRAP_ROOM + 4;
    size_t count = fv_charset_read(&window->charset, bytes, piece,
                                   limit < sizeof(piece) ? limit : sizeof(piece));
    fv_bytes decoded = {piece, count};
    window->len += fv_unwrap_read(&window->unwrap, &decoded, end, room);
}

static bool is_full(const fv_window *window)
{
    size_t least = window->unwrap.kinds == FV_WRAP_NONE ? 4 : UNWRAP_ROOM;
    return window->len > WINDOW_SIZE - least;
}

bool fv_window_feed(fv_window *window, fv_bytes bytes, fv_store *store)
{
    while (bytes.len > 0) {
        size_t before = window->len;
        size_t left = bytes.len;
        take_bytes(window, &bytes);
        bool stuck = window->len == before && bytes.len == left;
        if ((is_full(window) || stuck) && !process(window, store, false))
            return false;
    }
    return true;
}

bool fv_window_end(fv_window *window, fv_store *store)
{
    if (is_full(window) && !process(window, store, false))
        return false;
    window->len += fv_charset_finish(&window->charset, window->bytes + window->len);
    window->len += fv_unwrap_finish(&window->unwrap, window->bytes + window->len);
    bool ok = process(window, store, true);
    uint64_t lines = window->len > 0 ? line_at(window, window->len - 1) : window->lines;
    fv_source source = {window->source,
                        lines,
                        window->tally.formats,
                        {NULL, NULL, 0},
                        window->tally.has_cut_answer};
    ok = ok && fv_store_add_source(store, &source, window->tally.answers, FV_TALLY_STATUSES);
    fv_window_begin(window, NULL);
    return ok;
}
