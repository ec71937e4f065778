#include "near.h"

#include <fedval/catalogue.h>

#include <stdio.h>
#include <string.h>

#define LONGEST 40     /* no word of ours is longer */
#define MOST_CODES 512 /* more than the catalogue has */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters to change, drop, add, or swap with their neighbour; LONGEST for long words. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1];
    size_t a_len = strlen(a), b_len = strlen(b);
    if (a_len > LONGEST || b_len > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

/* A third of the letters may be wrong, two at most. */
static size_t most_wrong(const char *word)
{
    return least(2, (strlen(word) + 1) / 3);
}

const char *near_word(const char *mistyped, const char *const *words, size_t num_words)
{
    const char *found = NULL;
    size_t best = most_wrong(mistyped) + 1;
    for (size_t i = 0; i < num_words; i++) {
        size_t here = distance(mistyped, words[i]);
        if (here >= best)
            continue;
        best = here;
        found = words[i];
    }
    return found;
}

void near_word_in(const char *mistyped, const char *sentence, char *out, size_t out_size)
{
    static const char between[] = " ,|";
    size_t best = most_wrong(mistyped) + 1;
    out[0] = '\0';
    while (*sentence != '\0') {
        char word[LONGEST + 1];
        size_t len = strcspn(sentence, between);
        snprintf(word, sizeof(word), "%.*s", (int)least(len, LONGEST), sentence);
        size_t here = distance(mistyped, word);
        if (len > 2 && here < best) {
            best = here;
            snprintf(out, out_size, "%s", word);
        }
        sentence += len;
        sentence += strspn(sentence, between);
    }
}

const char *near_finding(const char *mistyped)
{
    const char *codes[MOST_CODES];
    size_t count = 0;
    while (count < MOST_CODES && count < fedval_catalogue_count()) {
        codes[count] = fedval_catalogue_entry_get_id(fedval_catalogue_get(count));
        count++;
    }
    return near_word(mistyped, codes, count);
}
