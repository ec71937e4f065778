/* What the options that want a certain word or number read. */
#include "option_words.h"

#include "ignored.h"

#include <fedval/policy.h>
#include <fedval/trust.h>

#include <stdlib.h>
#include <string.h>

bool option_read_format(cmd_settings *settings, const char *value, const char **out_wanted)
{
    static const struct {
        const char *word;
        uint32_t format, commands;
    } formats[] = {
        {"text", FORMAT_TEXT, IN_ALL},
        {"json", FORMAT_JSON, IN_ALL},
        {"html", FORMAT_HTML, SHOWS_HTML},
        {"nagios", FORMAT_NAGIOS, MONITORS},
        {"prometheus", FORMAT_PROMETHEUS, MONITORS},
        {"markdown", FORMAT_MARKDOWN, IN_EXPLAIN | SHOWS_HTML},
        {"csv", FORMAT_CSV, MONITORS},
        {"junit", FORMAT_JUNIT, MONITORS},
        {"sarif", FORMAT_SARIF, MONITORS},
        {"line", FORMAT_LINE, IN_CHECK | IN_DIFF},
        {"icalendar", FORMAT_ICALENDAR, IN_TIMELINE},
    };
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(value, formats[i].word) != 0 || (settings->command & formats[i].commands) == 0)
            continue;
        settings->format = formats[i].format;
        return true;
    }
    *out_wanted = NULL; /* the help's word for it */
    return false;
}

bool option_read_side(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "cisco or microsoft";
    return fedval_side_from_string(value, FEDVAL_NUL_ENDED, &settings->side) == FEDVAL_OK &&
           settings->side != FEDVAL_SIDE_UNKNOWN;
}

bool option_read_scope(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "dns or certificate";
    return fedval_scope_from_string(value, FEDVAL_NUL_ENDED, &settings->scope) == FEDVAL_OK &&
           settings->scope != FEDVAL_SCOPE_ALL;
}

/* "R1,R6", or "all". */
bool option_read_require(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "all, or some of R1 to R8 with commas between them";
    if (strcmp(value, "all") == 0) {
        settings->require = 0x1fe;
        return true;
    }
    for (const char *at = value;; at += 3) {
        if ((at[0] != 'R' && at[0] != 'r') || at[1] < '1' || at[1] > '8' ||
            (at[2] != ',' && at[2] != '\0'))
            return false;
        settings->require |= INT64_C(1) << (at[1] - '0');
        if (at[2] == '\0')
            return true;
    }
}

bool option_read_purpose(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "server, client or any";
    return fedval_purpose_from_string(value, FEDVAL_NUL_ENDED, &settings->purpose) == FEDVAL_OK;
}

/* A live check needs a profile that looks SRV records up. */
bool option_read_profile(cmd_settings *settings, const char *value, const char **out_wanted)
{
    uint32_t profile;
    bool is_one = fedval_profile_from_string(value, FEDVAL_NUL_ENDED, &profile) == FEDVAL_OK;
    *out_wanted = "microsoft-edge, office365, expressway, rfc5922-sip, microsoft-trunk or webpki";
    if (settings->command == IN_CHECK || settings->command == IN_DIAGNOSE) {
        bool is_elsewhere = is_one && (profile == FEDVAL_PROFILE_MICROSOFT_TRUNK ||
                                       profile == FEDVAL_PROFILE_WEBPKI);
        *out_wanted = is_elsewhere ? "microsoft-edge, office365, expressway or rfc5922-sip (this "
                                     "one is of fedval chain and fedval evaluate)"
                                   : "microsoft-edge, office365, expressway or rfc5922-sip";
        is_one = is_one && !is_elsewhere;
    }
    return is_one && values_append(&settings->profiles, value);
}

bool option_read_at(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "a date, or a time such as 2017-03-02T07:10:46Z";
    return fedval_time_from_string(value, FEDVAL_NUL_ENDED, &settings->at) == FEDVAL_OK;
}

static bool read_whole(const char *value, long max, long *out)
{
    char *end;
    if (value[0] < '0' || value[0] > '9')
        return false;
    *out = strtol(value, &end, 10);
    return *end == '\0' && *out <= max;
}

/* "30", or "30:" as plug-ins write the range that is sound. */
static bool read_days(const char *value, int64_t *out, const char **out_wanted)
{
    char number[8];
    long days = 0;
    size_t len = strlen(value);
    if (len > 1 && value[len - 1] == ':')
        len--;
    *out_wanted = "days, 0 to 36500, such as 30 or 30:";
    if (len >= sizeof(number))
        return false;
    memcpy(number, value, len);
    number[len] = '\0';
    if (!read_whole(number, 36500, &days))
        return false;
    *out = days;
    return true;
}

bool option_read_warn_days(cmd_settings *settings, const char *value, const char **out_wanted)
{
    return read_days(value, &settings->warn_days, out_wanted);
}

bool option_read_critical_days(cmd_settings *settings, const char *value, const char **out_wanted)
{
    return read_days(value, &settings->critical_days, out_wanted);
}

bool option_read_ignored(cmd_settings *settings, const char *value, const char **out_wanted)
{
    ignored_finding found;
    return ignored_read(value, &found, out_wanted) && values_append(&settings->ignored, value);
}

bool option_read_fail_on(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "error or warning";
    settings->fails_on_warning = strcmp(value, "warning") == 0;
    return settings->fails_on_warning || strcmp(value, "error") == 0;
}

bool option_read_colour(cmd_settings *settings, const char *value, const char **out_wanted)
{
    static const char *const words[] = {"auto", "always", "never"};
    for (uint32_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(value, words[i]) != 0)
            continue;
        settings->colour = i;
        return true;
    }
    *out_wanted = NULL;
    return false;
}

/* "15.5", "X15.5", "X14.3.1": the third number makes no difference. */
bool option_read_expressway_version(cmd_settings *settings, const char *value,
                                    const char **out_wanted)
{
    char *end;
    *out_wanted = "a release, such as X15.5";
    value += *value == 'X' || *value == 'x';
    if (*value < '0' || *value > '9')
        return false;
    unsigned long major = strtoul(value, &end, 10);
    if (*end != '.' || end[1] < '0' || end[1] > '9' || major == 0)
        return false;
    unsigned long minor = strtoul(end + 1, &end, 10);
    if (*end == '.' && end[1] >= '0' && end[1] <= '9')
        (void)strtoul(end + 1, &end, 10);
    if (*end != '\0' || major > 99 || minor > 99)
        return false;
    settings->expressway_version = (int64_t)(major * 100 + minor);
    return true;
}

bool option_read_timeout(cmd_settings *settings, const char *value, const char **out_wanted)
{
    long seconds = 0;
    *out_wanted = "seconds, 1 to 3600";
    if (!read_whole(value, 3600, &seconds) || seconds == 0)
        return false;
    settings->timeout_ms = seconds * 1000;
    return true;
}

bool option_read_connections(cmd_settings *settings, const char *value, const char **out_wanted)
{
    long number = 0;
    *out_wanted = "a number, 1 to 6";
    if (!read_whole(value, 6, &number) || number == 0)
        return false;
    settings->connections = number;
    return true;
}

bool option_read_authority_port(cmd_settings *settings, const char *value, const char **out_wanted)
{
    long number = 0;
    *out_wanted = "a port, 1 to 65535";
    if (!read_whole(value, 65535, &number) || number == 0)
        return false;
    settings->authority_port = number;
    return true;
}

bool option_read_tls(cmd_settings *settings, const char *value, const char **out_wanted)
{
    *out_wanted = "mbedtls or openssl";
    if (strcmp(value, "mbedtls") == 0)
        settings->tls = TLS_MBEDTLS;
    else if (strcmp(value, "openssl") == 0)
        settings->tls = TLS_OPENSSL;
    return settings->tls != TLS_ANY;
}
