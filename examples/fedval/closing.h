/* The table that closes a run over several domains. */
#ifndef CLOSING_H
#define CLOSING_H

#include "output.h"

#include <fedval/report.h>

/* One report in a line. */
typedef struct closing_row {
    char *domain;
    uint32_t profile, verdict, finding; /* FEDVAL_FINDING_ of the first one; 0: none */
    int64_t valid_until;
} closing_row;

typedef struct cmd_closing {
    closing_row *rows;
    size_t num_rows;
    bool is_short; /* memory ran out: the table would not be whole */
} cmd_closing;

/* Notes a report that was shown. */
void closing_note(cmd_closing *closing, const fedval_report *report);
/* Writes the table, as text and where there are several reports. */
void closing_write(cmd_closing *closing, cmd_output *output);
void closing_clear(cmd_closing *closing);

#endif
