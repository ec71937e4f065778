/* The tables of names that the Web PKI's libraries agree on, as the tests walk them. */
#ifndef NAME_TABLE_H
#define NAME_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define NAME_TABLES FEDVAL_SOURCE_ROOT "/../shared/data/name-tables/"

/* Calls `check_row` with each line behind the first, of which there are more than `least`. The test
 * is skipped where the table is absent. */
static inline void walk_name_table(const char *path, void (*check_row)(char *line), size_t least)
{
    char line[300];
    size_t num_rows = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    assert_non_null(fgets(line, sizeof(line), file));
    for (; fgets(line, sizeof(line), file) != NULL; num_rows++)
        check_row(line);
    (void)fclose(file);
    assert_true(num_rows > least);
}

#endif
