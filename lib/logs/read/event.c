#include "logs/read/event.h"

#define HEAD_MAX 1000

static const char *const number_labels[] = {
    "EventID:", "Ereignis-ID:", "ID de l'\xc3\xa9v\xc3\xa9nement:", "Gebeurtenis-id:",
    "Id. del evento:"};
static const char *const log_labels[] = {
    "LogName:", "Protokollname:", "Nom du journal:", "Logboeknaam:", "Nombre de registro:"};
#define NUM_LANGUAGES (sizeof(number_labels) / sizeof(number_labels[0]))

static bool is_one_of(const char *const labels[NUM_LANGUAGES], const fv_sight *sight, size_t pos)
{
    for (size_t i = 0; i < NUM_LANGUAGES; i++) {
        if (fv_sight_match(sight, pos, labels[i], NULL))
            return true;
    }
    return false;
}

bool fv_event_is_number_label(const fv_sight *sight, size_t pos)
{
    return is_one_of(number_labels, sight, pos);
}

bool fv_event_is_log_label(const fv_sight *sight, size_t pos)
{
    return is_one_of(log_labels, sight, pos);
}

static bool has_number_within(const fv_sight *sight, size_t pos, size_t len)
{
    for (size_t i = 0; i < NUM_LANGUAGES; i++) {
        if (fv_sight_has_within(sight, pos, len, number_labels[i]))
            return true;
    }
    return false;
}

/* Each sentence is split in two literals, so that this source file, given as a log, holds no event.
 * Windows has two wordings for an alert; "An TLS 1.2 connection request" names the version. */
static const struct {
    const char *words;
    const char *goes_on; /* soon after them; NULL: the words are enough */
    uint32_t id;
} schannel_sentences[] = {
    {"The certificate"
     " received from the remote server does not contain the expected name",
     NULL, 36884},
    {"The certificate"
     " received from the remote server was issued by an untrusted",
     NULL, 36882},
    {"A fatal alert was received"
     " from the remote endpoint",
     NULL, 36887},
    {"The following"
     " fatal alert was received:",
     NULL, 36887},
    {"A fatal alert was generated"
     " and sent to the remote endpoint",
     NULL, 36888},
    {"The following"
     " fatal alert was generated:",
     NULL, 36888},
    {"An TLS", "none of the cipher suites supported by the client application are", 36874},
    {"An SSL", "none of the cipher suites supported by the client application are", 36874},
};

uint32_t fv_event_schannel_at(const fv_sight *sight, size_t pos)
{
    char first = fv_ascii_lower(fv_sight_char(sight, pos));
    if (first != 't' && first != 'a')
        return 0;
    for (size_t i = 0; i < sizeof(schannel_sentences) / sizeof(schannel_sentences[0]); i++) {
        const char *goes_on = schannel_sentences[i].goes_on;
        if (fv_sight_match(sight, pos, schannel_sentences[i].words, NULL) &&
            (goes_on == NULL || fv_sight_has_within(sight, pos, 200, goes_on)))
            return schannel_sentences[i].id;
    }
    return 0;
}

bool fv_event_is_provider(const fv_sight *sight, size_t pos, size_t *out_number)
{
    /* In two pieces, so that the reader finds no event in this file. */
    static const char *const providers[] = {"<Provider"
                                            " Name='Schannel'",
                                            "<Provider"
                                            " Name=\"Schannel\"",
                                            "<Provider"
                                            " Name='LS Protocol Stack'",
                                            "<Provider"
                                            " Name=\"LS Protocol Stack\""};
    size_t after;
    for (size_t i = 0; i < sizeof(providers) / sizeof(providers[0]); i++) {
        if (!fv_sight_match(sight, pos, providers[i], &after))
            continue;
        fv_span near = {after, after + 200 < sight->len ? after + 200 : sight->len};
        size_t at = fv_sight_find(sight, near, "<EventID");
        while (at < near.to && sight->text[at] != '>')
            at++;
        *out_number = at + 1;
        return at < near.to && fv_sight_count_digits(sight, at + 1, 6) > 0;
    }
    return false;
}

bool fv_event_is_start(const fv_sight *sight, size_t pos)
{
    size_t number;
    if (fv_event_schannel_at(sight, pos) != 0 || fv_event_is_provider(sight, pos, &number))
        return true;
    bool is_listed = pos > 0 && sight->text[pos - 1] == ':'; /* Message : A significant */
    if (fv_sight_gap(sight, pos) < FV_GAP_FOLD && !is_listed)
        return false;
    if (fv_event_is_log_label(sight, pos))
        return has_number_within(sight, pos, 300);
    if (fv_sight_match(sight, pos, "In the past", NULL))
        return fv_sight_has_within(sight, pos, 120, "invalid incoming certificates");
    return fv_event_is_number_label(sight, pos) ||
           fv_sight_match(sight, pos, "A significant number of connection failures", NULL) ||
           fv_sight_match(sight, pos, "A significant number of invalid certificates", NULL);
}

static bool has_field(const fv_entry *entry, fv_key key)
{
    for (size_t i = 0; i < entry->num_fields; i++) {
        if (entry->fields[i].key == key)
            return true;
    }
    return false;
}

static bool has_sentence(const fv_sight *sight, fv_span seen)
{
    for (size_t at = seen.from; at < seen.to; at++) {
        if (fv_event_schannel_at(sight, at) != 0)
            return true;
    }
    return false;
}

/* The last field of an event ("Failure Type") ends it: any start after that begins another event.
 * "Event ID:" and "Log Name:" also begin another after a number or a description. */
bool fv_event_breaks(const fv_sight *sight, const fv_entry *entry, size_t at)
{
    static const char *const closing[] = {"error code of the last failure", "Failure Type",
                                          "last one was from host"};
    fv_span seen = {entry->span.from, at};
    if (entry->start != FV_START_WINDOWS_EVENT)
        return true;
    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++) {
        if (fv_sight_find(sight, seen, closing[i]) < seen.to)
            return true;
    }
    size_t number;
    if (fv_event_is_provider(sight, at, &number) || has_sentence(sight, seen))
        return true;
    bool is_head = fv_event_is_log_label(sight, at) || fv_event_is_number_label(sight, at);
    return is_head && (has_field(entry, FV_KEY_EVENT_ID) || has_field(entry, FV_KEY_DESCRIPTION));
}

size_t fv_event_head(const fv_sight *sight, size_t from)
{
    size_t head = from;
    if (fv_event_is_log_label(sight, from))
        return from;
    while (head > 0 && from - head < HEAD_MAX && fv_sight_gap(sight, head) < FV_GAP_PARAGRAPH)
        head--;
    return head;
}
