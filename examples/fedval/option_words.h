/* What the options that want a certain word or number read. */
#ifndef OPTION_WORDS_H
#define OPTION_WORDS_H

#include "options.h"

/* Commands that have options in common. */
#define MONITORS (IN_CHECK | IN_EVALUATE)
#define JUDGES (MONITORS | IN_DIFF | IN_TIMELINE)
#define SHOWS_HTML (MONITORS | IN_CHAIN | IN_DIAGNOSE | IN_PLAN | IN_DIFF | IN_TIMELINE)
#define TRUSTS (JUDGES | IN_CHAIN)

/* Each puts `value` into `settings`. False: it is none; `*out_wanted` then says what is. */
bool option_read_format(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_side(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_scope(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_require(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_purpose(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_profile(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_at(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_warn_days(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_critical_days(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_ignored(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_fail_on(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_colour(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_expressway_version(cmd_settings *settings, const char *value,
                                    const char **out_wanted);
bool option_read_timeout(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_connections(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_authority_port(cmd_settings *settings, const char *value, const char **out_wanted);
bool option_read_tls(cmd_settings *settings, const char *value, const char **out_wanted);

#endif
