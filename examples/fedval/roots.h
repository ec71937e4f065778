/* Evidence holds neither the roots nor the options of its check: says so where a finding of what is
 * judged anew hangs on them. */
#ifndef ROOTS_H
#define ROOTS_H

#include <fedval/judge.h>
#include <fedval/report.h>

#include <stddef.h>

typedef struct cmd_roots {
    char *domain; /* the first whose findings hang on them; NULL: none does */
    uint32_t finding;
    size_t num_public, num_private; /* the roots that it was judged with */
    size_t num_domains;             /* reports like it */
} cmd_roots;

/* Notes a report on evidence. */
void roots_note(cmd_roots *roots, const fedval_report *report);
/* Tells standard error once, of all that was noted. */
void roots_tell(const cmd_roots *roots);
void roots_clear(cmd_roots *roots);

#endif
