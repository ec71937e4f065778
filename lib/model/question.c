/* Questions: their getters, and how two of them compare. */
#include "model/fact.h"

#include <string.h>

/* The getters read from this question when theirs is NULL, and so return 0, NULL or "unknown". */
static const fedval_question *or_none(const fedval_question *question)
{
    static const fedval_question none;
    return question == NULL ? &none : question;
}

uint32_t fedval_question_get_kind(const fedval_question *question)
{
    return or_none(question)->kind;
}

const char *fedval_question_get_name(const fedval_question *question)
{
    return or_none(question)->name;
}

uint32_t fedval_question_get_type(const fedval_question *question)
{
    return or_none(question)->type;
}

uint32_t fedval_question_get_view(const fedval_question *question)
{
    return or_none(question)->view;
}

const char *fedval_question_get_host(const fedval_question *question)
{
    return or_none(question)->host;
}

const char *fedval_question_get_address(const fedval_question *question)
{
    return or_none(question)->address;
}

uint16_t fedval_question_get_port(const fedval_question *question)
{
    return or_none(question)->port;
}

uint32_t fedval_question_get_role(const fedval_question *question)
{
    return or_none(question)->role;
}

uint32_t fedval_question_get_look(const fedval_question *question)
{
    return or_none(question)->look;
}

bool fv_question_copy(fv_arena *arena, const fedval_question *from, fedval_question *out)
{
    fedval_question copy = *from;
    if (!fv_arena_copy_if(arena, from->name, &copy.name) ||
        !fv_arena_copy_if(arena, from->host, &copy.host) ||
        !fv_arena_copy_if(arena, from->address, &copy.address))
        return false;
    *out = copy;
    return true;
}

/* Whether two texts are equal but for their ASCII case. NULL equals only NULL. */
static bool is_same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0 || fv_text_equal_nocase(fv_text_of(a), fv_text_of(b));
}

bool fv_question_equal(const fedval_question *a, const fedval_question *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == FEDVAL_QUESTION_DNS) {
        return a->type == b->type && a->view == b->view && is_same_text(a->name, b->name) &&
               is_same_text(a->address, b->address);
    }
    return a->port == b->port && a->role == b->role && a->look == b->look &&
           is_same_text(a->host, b->host) && is_same_text(a->address, b->address);
}

/* Compares two texts without regard to their ASCII case. NULL comes before any text. */
static int compare_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    while (*a != '\0' && fv_ascii_lower(*a) == fv_ascii_lower(*b)) {
        a++;
        b++;
    }
    unsigned char left = (unsigned char)fv_ascii_lower(*a);
    unsigned char right = (unsigned char)fv_ascii_lower(*b);
    return (left > right) - (left < right);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

int fv_question_compare(const fedval_question *a, const fedval_question *b)
{
    bool is_dns = a->kind == FEDVAL_QUESTION_DNS;
    bool is_first = a->type == FEDVAL_TYPE_SRV, is_other_first = b->type == FEDVAL_TYPE_SRV;
    const int by[] = {
        compare_numbers(a->kind, b->kind),     compare_numbers(is_other_first, is_first),
        compare_texts(a->name, b->name),       compare_numbers(a->type, b->type),
        compare_numbers(a->view, b->view),     is_dns ? 0 : compare_texts(a->host, b->host),
        compare_texts(a->address, b->address), compare_numbers(a->port, b->port),
        compare_numbers(a->role, b->role),     compare_numbers(a->look, b->look),
    };
    for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++) {
        if (by[i] != 0)
            return by[i];
    }
    return 0;
}

bool fv_question_answers(const fedval_question *fact, const fedval_question *need)
{
    if (fv_question_equal(fact, need))
        return true;
    return need->kind == FEDVAL_QUESTION_PROBE && fact->kind == FEDVAL_QUESTION_PROBE &&
           fact->role == need->role && fact->look == need->look &&
           (fact->host != NULL || fact->address != NULL) &&
           (fact->host == NULL || is_same_text(fact->host, need->host)) &&
           (fact->address == NULL || is_same_text(fact->address, need->address)) &&
           (fact->port == 0 || fact->port == need->port);
}
