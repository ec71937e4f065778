/* What other programs put before a line, to the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "logs/read/spacing.h"

/* A prefix, and the line behind it. */
static const struct {
    const char *prefix, *line;
} rows[] = {
    /* grep */
    {"edge.log:12:", "SIP"},
    {"edge.log:", "SIP"},
    {"edge.log:", "x12:SIP"},
    {"edge.log:", "1x:SIP"},
    {"edge.txt:7:", " SIP"},
    {"a.log:", "SIP"},
    {"", ".log:SIP"},
    {"", "edge.lgo:12:SIP"},
    {"", "edge log:12:SIP"},
    {"", "edge.log SIP"},
    /* quoted mail, tables */
    {">", " SIP"},
    {">>", " SIP"},
    {"> >", " SIP"},
    {"|", " SIP"},
    {"", "x| SIP"},
    {"", "x > SIP"},
    /* numbers of lines */
    {"12:", " SIP"},
    {"  12:", " SIP"},
    {"00012:", " SIP"},
    {"", "12 SIP"},
    {"", "12\tSIP"},
    {"Line 12:", " SIP"},
    {"line 12:", " SIP"},
    {"Line  12:", " SIP"},
    {"", "Line x: SIP"},
    {"", "Line 12 SIP"},
    {"", "Lines 12: SIP"},
    /* a byte order mark, colours */
    {"\xef\xbb\xbf", "SIP"},
    {"\xef\xbb\xbf>", " SIP"},
    {"", "\xef\xbb SIP"},
    {"\x1b[32m>", " SIP"},
    {"\x1b[32medge.log:12:", "\x1b[0mSIP"},
    /* Cisco Meeting Server */
    {"Aug 24 11:25:29 user.info cms1 host:server:  INFO : SIP trace: ", "OPTIONS"},
    {"Aug 24 11:25:29 SIP trace:", "x"},
    {"", "Aug 24 SIP trade: x"},
    {"", "Aug 24 SIPtrace: x"},
    {"", "Aug 24 \r SIP trace: x"},
    /* a journal */
    {"MESSAGE=", "SIP"},
    {"_PID=812\nMESSAGE=", "SIP"},
    {"A1=1\nMESSAGE=", "SIP"},
    {"Tue 2019-05-14 11:22:33.480123 CEST [s=1]\n    MESSAGE=", "SIP"},
    {"", "Tue 2019-05-14 11:22:33.480123 CEST [t=1]\n    MESSAGE=SIP"},
    {"", "_PID=812\nx\nMESSAGE=SIP"},
    {"", "_=812\nMESSAGE=SIP"},
    {"", "P\nMESSAGE=SIP"},
    {"", "9=1\nMESSAGE=SIP"},
    /* none */
    {"", "   SIP"},
    {"", "\tSIP"},
    {"", "+ SIP"},
    {"", "[12] SIP"},
    {"", "12) SIP"},
    {"", "Via: SIP"},
    {"", "From: <sip"},
    {"", "SIP/2.0 504 x"},
};

static void a_prefix_is_passed_over_to_its_last_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[200];
        int len = snprintf(text, sizeof(text), "%s%s", rows[i].prefix, rows[i].line);
        size_t found = fv_spacing_prefix_len((fv_bytes){(const uint8_t *)text, (size_t)len}, 0);
        if (found != strlen(rows[i].prefix))
            fail_msg("%s: %zu", text, found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_prefix_is_passed_over_to_its_last_byte),
    };
    return cmocka_run_group_tests_name("logs/prefix", tests, NULL, NULL);
}
