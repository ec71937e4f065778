/* The subcommands: a table, and what each is handed. */
#ifndef COMMAND_H
#define COMMAND_H

#include "options.h"
#include "output.h"

#include <stdio.h>

typedef struct command_row {
    const char *name;
    const char *arguments; /* as the help shows them */
    const char *summary;   /* one line */
    const char *example;   /* what one would really type */
    uint32_t bit;          /* IN_ of options.h */
    size_t least, most;    /* how many arguments */
    void (*run)(const cmd_settings *settings, cmd_output *output);
} command_row;

/* Each subcommand takes its settings, writes to the output, and notes in it what came of it. */
void command_check(const cmd_settings *settings, cmd_output *output);
void command_evaluate(const cmd_settings *settings, cmd_output *output);
void command_diff(const cmd_settings *settings, cmd_output *output);
void command_timeline(const cmd_settings *settings, cmd_output *output);
void command_chain(const cmd_settings *settings, cmd_output *output);
void command_match(const cmd_settings *settings, cmd_output *output);
void command_diagnose(const cmd_settings *settings, cmd_output *output);
void command_plan(const cmd_settings *settings, cmd_output *output);
void command_explain(const cmd_settings *settings, cmd_output *output);

/* --help, made of this table and that of the options. */
void help_overview(const command_row *rows, size_t num_rows, uint32_t width, FILE *stream);
void help_command(const command_row *row, uint32_t width);

#endif
