/* What holds for every text of the catalogue. */
#ifndef TESTS_CATALOGUE_TEXTS_H
#define TESTS_CATALOGUE_TEXTS_H

/* One line, no period at its end, no brace left open; a {key} may stand in PowerShell's @{}. */
static inline void check_text(const char *id, const char *text, size_t min_len)
{
    size_t depth = 0;
    if (text == NULL || strlen(text) < min_len || text[strlen(text) - 1] == '.')
        fail_msg("%s: %s", id, text != NULL ? text : "NULL");
    for (const char *c = text; *c != '\0'; c++) {
        depth += *c == '{';
        depth -= *c == '}';
        if (depth > 2 || *c == '\n')
            fail_msg("%s: %s", id, text);
    }
    assert_int_equal(depth, 0);
}

#endif
