/* Logs as people send them: wrapped in something, or put through something. */
#ifndef FV_TEST_LOGS_WRAP_H
#define FV_TEST_LOGS_WRAP_H

#include "base/buf.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pair {
    const char *from;
    const char *to;
} pair;

/* What becomes of single characters and words; the first that fits counts, and NULL ends. */
typedef const pair escapes[16];

static escapes none = {{NULL, NULL}};
static escapes json = {{"\"", "\\\""}, {"\\", "\\\\"}, {"\t", "\\t"}, {NULL, NULL}};
static escapes json_u = {{"\"", "\\u0022"}, {"\\", "\\\\"},   {"\t", "\\t"},    {"<", "\\u003c"},
                         {">", "\\u003e"},  {"&", "\\u0026"}, {"=", "\\u003d"}, {NULL, NULL}};
static escapes json_slash = {
    {"\"", "\\\""}, {"\\", "\\\\"}, {"\t", "\\t"}, {"/", "\\/"}, {NULL, NULL}};
static escapes json_twice = {{"\"", "\\\\\\\""}, {"\\", "\\\\\\\\"}, {"\t", "\\\\t"}, {NULL, NULL}};
static escapes json_thrice = {
    {"\"", "\\\\\\\\\\\\\\\""}, {"\\", "\\\\\\\\\\\\\\\\"}, {"\t", "\\\\\\\\t"}, {NULL, NULL}};
static escapes python = {{"\\", "\\\\"}, {"'", "\\'"}, {"\t", "\\t"}, {NULL, NULL}};
static escapes csv = {{"\"", "\"\""}, {NULL, NULL}};
static escapes html = {
    {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {NULL, NULL}};
static escapes html_twice = {
    {"&", "&amp;amp;"}, {"<", "&amp;lt;"}, {">", "&amp;gt;"}, {"\"", "&amp;quot;"}, {NULL, NULL}};
static escapes html_numbers = {{"&", "&#38;"},  {"<", "&#60;"}, {">", "&#62;"},
                               {"\"", "&#34;"}, {"=", "&#61;"}, {NULL, NULL}};
static escapes xml = {{"&", "&amp;"},   {"<", "&lt;"},   {">", "&gt;"},
                      {"\"", "&#x22;"}, {"'", "&apos;"}, {NULL, NULL}};
static escapes html_quotes = {{"\"", "&rdquo;"}, {NULL, NULL}};
static escapes markdown = {{"_", "\\_"}, {"$", "\\$"}, {"<", "\\<"}, {NULL, NULL}};
static escapes typographic = {{"=\"", "=\xe2\x80\x9c"}, {"\"", "\xe2\x80\x9d"}, {NULL, NULL}};
static escapes german = {{"=\"", "=\xe2\x80\x9e"}, {"\"", "\xe2\x80\x9c"}, {NULL, NULL}};
static escapes guillemets = {{"=\"", "=\xc2\xab"}, {"\"", "\xc2\xbb"}, {NULL, NULL}};
static escapes windows_1252 = {{"=\"", "=\x93"}, {"\"", "\x94"}, {NULL, NULL}};
static escapes windows_1252_low = {{"\"", "\x84"}, {NULL, NULL}};
static escapes mac_roman = {{"=\"", "=\xd2"}, {"\"", "\xd3"}, {NULL, NULL}};
static escapes console = {{"\"", "\xae"}, {NULL, NULL}};
static escapes mojibake = {
    {"=\"", "=\xc3\xa2\xe2\x82\xac\xc5\x93"}, {"\"", "\xc3\xa2\xe2\x82\xac\xc2\x9d"}, {NULL, NULL}};
static escapes mojibake_cut = {
    {"=\"", "=\xc3\xa2\xe2\x82\xac\xc5\x93"}, {"\"", "\xc3\xa2\xe2\x82\xac"}, {NULL, NULL}};
static escapes mojibake_latin = {
    {"=\"", "=\xc3\xa2\xc2\x80\xc2\x9c"}, {"\"", "\xc3\xa2\xc2\x80\xc2\x9d"}, {NULL, NULL}};
static escapes mojibake_twice = {
    {"=\"", "=\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac\xc3\x85\xe2\x80\x9c"},
    {"\"", "\xc3\x83\xc2\xa2\xc3\xa2\xe2\x80\x9a\xc2\xac\xc2\x9d"},
    {NULL, NULL}};
static escapes mojibake_437 = {
    {"=\"", "=\xce\x93\xc3\x87\xc2\xa3"}, {"\"", "\xce\x93\xc3\x87\xc2\xa5"}, {NULL, NULL}};
static escapes mojibake_850 = {
    {"=\"", "=\xc3\x94\xc3\x87\xc2\xa3"}, {"\"", "\xc3\x94\xc3\x87\xc3\x98"}, {NULL, NULL}};
static escapes mojibake_1251 = {
    {"=\"", "=\xd0\xb2\xd0\x82\xd1\x9a"}, {"\"", "\xd0\xb2\xd0\x82\xd1\x9c"}, {NULL, NULL}};
static escapes c1_quotes = {{"=\"", "=\xc2\x93"}, {"\"", "\xc2\x94"}, {NULL, NULL}};
static escapes replacement = {{"\"", "\xef\xbf\xbd"}, {NULL, NULL}};
static escapes question = {{"\"", "?"}, {NULL, NULL}};
static escapes control_quotes = {{"=\"", "=\x1c"}, {"\"", "\x1d"}, {NULL, NULL}};
static escapes apostrophes = {{"\"", "'"}, {NULL, NULL}};
static escapes lost_quotes = {{"\"", ""}, {NULL, NULL}};
static escapes full_width = {{"=", "\xef\xbc\x9d"}, {NULL, NULL}};
static escapes no_break = {{" ", "\xc2\xa0"}, {NULL, NULL}};
static escapes no_break_mojibake = {{" ", "\xc3\x82\xc2\xa0"}, {NULL, NULL}};
static escapes spaced = {{"=", " = "}, {NULL, NULL}};
static escapes spaced_after = {{";", "; "}, {NULL, NULL}};
static escapes doubled_blanks = {{" ", "  "}, {NULL, NULL}};
static escapes quoted_printable = {{"=", "=3D"}, {"\t", "=09"}, {NULL, NULL}};
static escapes quoted_printable_all = {{"=", "=3D"}, {"\"", "=22"}, {"<", "=3C"},
                                       {">", "=3E"}, {";", "=3B"},  {NULL, NULL}};
static escapes colours_without_escape = {
    {"504", "[01;31m[K504[m[K"}, {"domain", "[01;31m[Kdomain[m[K"}, {NULL, NULL}};
static escapes coloured = {{"504", "\x1b[01;31m\x1b[K504\x1b[m\x1b[K"},
                           {"domain", "\x1b[01;31m\x1b[Kdomain\x1b[m\x1b[K"},
                           {NULL, NULL}};

static escapes mail_links = {{"lync.example.net", "lync.example.net<mailto:a@lync.example.net>"},
                             {"video.example.com", "video.example.com<http://video.example.com/>"},
                             {NULL, NULL}};
static escapes markdown_links = {
    {"lync.example.net", "[lync.example.net](http://lync.example.net)"},
    {"video.example.com", "[video.example.com](https://video.example.com/x)"},
    {NULL, NULL}};
static escapes chat_links = {{"lync.example.net", "<http://lync.example.net|lync.example.net>"},
                             {"video.example.com", "<http://video.example.com|video.example.com>"},
                             {NULL, NULL}};
static escapes html_links = {
    {"lync.example.net", "<a href=\"http://lync.example.net\">lync.example.net</a>"},
    {"<", "&lt;"},
    {">", "&gt;"},
    {NULL, NULL}};
static escapes bold_names = {{"lync.example.net", "**lync.example.net**"},
                             {"video.example.com", "**video.example.com**"},
                             {NULL, NULL}};
static escapes defanged = {{".example", "[.]example"}, {"@", "[at]"}, {NULL, NULL}};
static escapes minus = {{"-", "\xe2\x88\x92"}, {NULL, NULL}};
static escapes entities = {{"&", "&#x26;"}, {"<", "&#x3C;"}, {">", "&#x3e;"},   {"\"", "&#x22;"},
                           {":", "&#58;"},  {"=", "&#x3d;"}, {"@", "&#64;"},    {";", "&#59;"},
                           {".", "&#46;"},  {"-", "&#45;"},  {"/", "&#x002F;"}, {NULL, NULL}};
static escapes named_entities = {
    {"&", "&amp;"},    {"<", "&lt;"},     {">", "&gt;"},     {"\"", "&quot;"}, {":", "&colon;"},
    {"=", "&equals;"}, {"@", "&commat;"}, {".", "&period;"}, {"/", "&sol;"},   {"_", "&lowbar;"},
    {"(", "&lpar;"},   {")", "&rpar;"},   {NULL, NULL}};
static escapes rich_text = {{"\\", "\\\\"},           {"{", "\\{"},           {"}", "\\}"},
                            {"=\"", "=\\ldblquote "}, {"\"", "\\rdblquote "}, {NULL, NULL}};
static escapes soft_hyphens = {{"&", "&amp;"},  {"<", "&lt;"},   {">", "&gt;"},
                               {".", ".<wbr>"}, {"-", "-&shy;"}, {NULL, NULL}};
static escapes markdown_more = {
    {"-", "\\-"}, {"{", "\\{"}, {"[", "\\["}, {"_", "\\_"}, {NULL, NULL}};
static escapes terminal_links = {
    {"sip:", "\x1b]8;;http://lync.example.net\x1b\\sip:"}, {">", ">\x1b]8;;\x1b\\"}, {NULL, NULL}};
static escapes directions = {{"=\"", "=\xe2\x80\x8e\""}, {"\";", "\"\xe2\x80\x8f;"}, {NULL, NULL}};
static escapes sql = {{"'", "''"}, {NULL, NULL}};
static escapes chat_export = {{"&", "&amp;"}, {"<", "&lt;"},  {">", "&gt;"},
                              {"\"", "\\\""}, {"\\", "\\\\"}, {NULL, NULL}};
static escapes attribute = {{"&", "&amp;"},   {"<", "&lt;"},  {">", "&gt;"},
                            {"\"", "&quot;"}, {"\t", "&#9;"}, {NULL, NULL}};
static escapes event_format = {{"=", "\\="}, {"|", "\\|"}, {"\\", "\\\\"}, {NULL, NULL}};
static escapes zero_width = {{".", ".\xe2\x80\x8b"}, {"/", "/\xe2\x80\x8b"}, {NULL, NULL}};
static escapes soft_hyphen_characters = {{"-", "-\xc2\xad"}, {NULL, NULL}};
static escapes isolates = {{"sip:", "\xe2\x81\xa6sip:"}, {">", "\xe2\x81\xa9>"}, {NULL, NULL}};
static escapes word_marks = {{" ", "\xc2\xb7"}, {NULL, NULL}};
static escapes numbered_quotes = {{"=\"", "=&#8220;"}, {"\"", "&#8221;"}, {NULL, NULL}};
static escapes latex = {{"_", "\\_"}, {"$", "\\$"}, {"&", "\\&"}, {"#", "\\#"},
                        {"%", "\\%"}, {"{", "\\{"}, {"}", "\\}"}, {NULL, NULL}};

enum {
    PLAIN = 0,
    FOLD_QUOTED = 1, /* soft line breaks at 76 columns */
    UTF16_LE = 2,    /* with a byte order mark */
    UTF16_BE = 4,    /* without */
    FOLD = 8,        /* at 80 columns, with nothing to show it */
    NO_EMPTY_LINES = 16,
    BASE64 = 32,        /* at 76 columns, after the head */
    PERCENT = 64,       /* each mark and each line end */
    PERCENT_FORM = 128, /* the same, and blanks as plus signs */
    ZEROS = 256,        /* UTF-16 appended to a line of ASCII */
    SMALL = 512,        /* in small letters */
    CR = 2048,          /* base64 whose lines end with CR */
    NUMBERS = 1024,     /* each byte of a line as a number, with commas */
    COUNTED = 4096,     /* the length of each line and a blank before it */
    MISCOUNTED = 8192,  /* the same, and each length is one too high */
};

typedef struct wrapping {
    const char *name;
    const char *head;
    const char *front; /* of each line: %d is its number, %5d its number in five columns */
    const char *end;   /* in place of each line end */
    const char *tail;
    const pair *escapes;
    unsigned flags;
} wrapping;

#define GELF                                                                                       \
    "{\"version\":\"1.1\",\"host\":\"exp-e1\",\"short_message\":\"504\",\"full_message\":\""
#define MIME "From: a@b.example\nSubject: log\nMIME-Version: 1.0\n"
#define MIME_CR "From: a@b.example\rSubject: log\rMIME-Version: 1.0\r"
#define QUOTED_MAIL                                                                                \
    MIME "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "                    \
         "quoted-printable\n\n"
#define PART                                                                                       \
    MIME "Content-Type: multipart/mixed; boundary=\"=_x0123456789\"\n\n--=_x0123456789\n"          \
         "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n"

/* clang-format off */
static const wrapping wrappings[] = {
    /* structured logs */
    {"json-elastic", "{\"_index\": \"logs\", \"_source\": {\"@timestamp\": \"2019-05-14T09:22:33Z\", \"message\": \"", "", "\\n", "\", \"host\": {\"name\": \"exp-e1\"}}}\n", json, 0},
    {"json-elastic-crlf", "{\"_source\": {\"message\": \"", "", "\\r\\n", "\"}}\n", json, 0},
    {"json-pretty", "{\n  \"_source\": {\n    \"message\": \"", "", "\\n", "\",\n    \"tags\": [\n      \"a\",\n      \"b\"\n    ]\n  }\n}\n", json, 0},
    {"json-graylog", GELF, "", "\\n", "\",\"level\":3,\"_facility\":\"tvcs\"}\n", json, 0},
    {"json-loki", "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{\"stream\":{\"job\":\"tvcs\"},\"values\":[[\"1557825753480000000\",\"", "", "\\n", "\"]]}]}}\n", json, 0},
    {"json-splunk", "{\"preview\": false, \"result\": {\"_raw\": \"", "", "\\n", "\", \"sourcetype\": \"cisco:tvcs\", \"_time\": \"2019-05-14T09:22:33.000+00:00\"}}\n", json, 0},
    {"json-splunk-u", "{\"result\": {\"sourcetype\": \"cisco:tvcs\", \"_raw\": \"", "", "\\u000a", "\"}}\n", json_u, 0},
    {"json-array", "[{\"message\":\"", "", "\\n", "\"},{\"message\":\"end\"}]\n", json, 0},
    {"json-array-of-texts", "[\n  \"", "", "\\n", "\"\n]\n", json, 0},
    {"json-slash", "{\"log\":\"", "", "\\n", "\",\"stream\":\"stdout\"}\n", json_slash, 0},
    {"json-u-escapes", "{\"msg\":\"", "", "\\u000d\\u000a", "\"}\n", json_u, 0},
    {"json-in-json", "{\"log\":\"{\\\"message\\\":\\\"", "", "\\\\n", "\\\"}\\n\",\"stream\":\"stdout\"}\n", json_twice, 0},
    {"json-in-json-in-json", "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"c\\\\\\\":\\\\\\\"", "", "\\\\\\\\n", "\\\\\\\"}\\\"}\"}\n", json_thrice, 0},
    {"json-after-syslog", "May 14 11:22:33 exp-e1 collector[812]: {\"message\":\"", "", "\\n", "\"}\n", json, 0},
    {"json-first-bom", "\xef\xbb\xbf{\"message\":\"", "", "\\n", "\"}\n", json, 0},
    {"json-line-of-fields", "\"message\": \"", "", "\\n", "\",\n\"level\": 3\n", json, 0},
    {"python-dictionary", "{'message': '", "", "\\n", "', 'level': 3}\n", python, 0},
    {"json-docker", "", "{\"log\":\"", "\\n\",\"stream\":\"stdout\",\"time\":\"2019-05-14T09:22:33.480000000Z\"}\n", "", json, 0},
    {"json-lines", "", "{\"@timestamp\":\"2019-05-14T09:22:33.480Z\",\"host\":{\"name\":\"e1\"},\"message\":\"", "\"}\n", "", json, 0},
    {"json-lines-syslog", "", "May 14 11:22:33 e1 app[81]: {\"level\":\"info\",\"msg\":\"", "\"}\n", "", json, 0},
    {"json-loki-lines", "{\"data\":{\"result\":[{\"stream\":{\"job\":\"tvcs\"},\"values\":[", "[\"1557825753480000000\",\"", "\"],", "[]]}]}}\n", json, 0},
    {"json-array-lines", "[\n", "  {\"message\": \"", "\", \"level\": 3},\n", "{}]\n", json, 0},
    {"json-list-of-lines", "{\"lines\": [\n", "  \"", "\",\n", "  \"\"]}\n", json, 0},
    {"json-journald", "", "{\"__CURSOR\":\"s=1;i=%d\",\"__REALTIME_TIMESTAMP\":\"1557825753480000\",\"_HOSTNAME\":\"exp-e1\",\"_PID\":\"812\",\"MESSAGE\":\"", "\",\"_TRANSPORT\":\"syslog\"}\n", "", json, 0},
    {"json-journald-bytes", "", "{\"__CURSOR\":\"s=1;i=%d\",\"__REALTIME_TIMESTAMP\":\"1557825753480000\",\"_PID\":\"812\",\"MESSAGE\":[", "13],\"_TRANSPORT\":\"syslog\"}\n", "", none, NUMBERS},
    {"json-colours", "", "{\"log\":\"\\u001b[0;32m", "\\u001b[0m\\n\",\"stream\":\"stdout\"}\n", "", json, 0},
    {"json-journald-colours", "", "{\"_HOSTNAME\":\"e1\",\"MESSAGE\":[27,91,51,50,109,", "27,91,48,109],\"_PID\":\"812\"}\n", "", none, NUMBERS},
    {"json-other-names", "", "{\"@timestamp\":\"2019-05-14T11:22:33.480Z\",\"log.level\":\"INFO\",\"message\":\"", "\",\"ecs.version\":\"1.2.0\",\"service.name\":\"sip\"}\n", "", json, 0},
    {"json-rows", "{\"columns\":[{\"name\":\"TimeGenerated\"}],\"rows\":[", "[\"2019-05-14T11:22:33Z\",\"", "\"],", "[]]}\n", json, 0},
    {"json-events", "{\"events\":[", "{\"logStreamName\":\"e1\",\"timestamp\":%d,\"message\":\"", "\",\"eventId\":\"x1\"},", "{}]}\n", json, 0},
    {"ruby-hash", "{\n       \"message\" => \"", "", "\\n", "\",\n      \"@version\" => \"1\",\n          \"host\" => \"exp-e1\"\n}\n", json, 0},
    {"json-fluent-bit", "", "[%d] sip.log: [1557825753.480000000, {\"log\":\"", "\"}]\n", "", json, 0},
    /* tables */
    {"csv-kibana", "\"@timestamp\",message,\"host.name\"\n", "\"May 14, 2019 @ 11:22:33.480\",\"", "\",\"exp-e1\"\n", "", csv, 0},
    {"csv-am-pm", "TimeGenerated [UTC],Computer,SyslogMessage\n", "\"5/14/2019, 11:22:33.480 AM\",exp-e1,\"", "\",info\n", "", csv, 0},
    {"spreadsheet-cell", "\"", "", "_x000D_\n", "\"\n", csv, 0},
    {"html-cells-numbered", "<table>\n", "<tr><td class=\"n\">%d</td><td class=\"code\">", "</td></tr>\n", "</table>\n", html, 0},
    {"html-soft-hyphens", "<pre>", "", "\n", "</pre>\n", soft_hyphens, 0},
    {"box", "", "\xe2\x94\x82 ", " \xe2\x94\x82\n", "", none, 0},
    {"box-ascii", "+------+\n", "| ", " |\n", "+------+\n", none, 0},
    {"numbers-on-their-own", "", "%d\n", "\n", "", none, 0},
    {"patch-removed", "", "-", "\n", "", none, 0},
    {"markdown-escaped", "", "", "\n", "", markdown_more, 0},
    /* terminals */
    {"cursor-moves", "", "\x1b[%d;1H\x1b[K", "", "\n", none, 0},
    {"terminal-title", "\x1b]0;root@exp-e1: ~\a", "", "\x1b[0m\r\n", "", none, 0},
    {"terminal-links", "", "", "\n", "", terminal_links, 0},
    {"csv-columns", "\"_serial\",\"_time\",\"source\",\"host\",\"_raw\"\n\"0\",\"2019-05-14T11:22:33.480+0200\",\"/var/log/tvcs\",\"exp-e1\",\"", "", "\n", "\"\n", csv, 0},
    {"csv-semicolon-quoted", "sep=;\r\n\"14.05.2019 11:22\";\"", "", "\r\n", "\";\"exp-e1\"\r\n", csv, 0},
    {"csv", "_time,_raw,host\r\n2019-05-14T11:22:33.480+0200,\"", "", "\n", "\",exp-e1\r\n", csv, 0},
    {"csv-crlf", "_time,_raw,host\r\n2019-05-14T11:22:33.480+0200,\"", "", "\r\n", "\",exp-e1\r\n", csv, 0},
    {"csv-semicolon", "time;raw;host\n14.05.2019;\"", "", "\n", "\";exp-e1\n", csv, 0},
    {"csv-first-column", "raw,host\n\"", "", "\n", "\",exp-e1\n", csv, 0},
    {"csv-semicolon-lines", "\"time\";\"host\";\"message\"\n", "\"2019-05-14 11:22:33\";\"exp-e1\";\"", "\"\n", "", csv, 0},
    {"csv-semicolon-lines-bare", "time;host;message\n", "2019-05-14 11:22:33;exp-e1;\"", "\"\n", "", csv, 0},
    {"csv-semicolon-lines-first", "message;host\n", "\"", "\";exp-e1\n", "", csv, 0},
    {"csv-tab-lines", "time\thost\tmessage\n", "\"2019-05-14 11:22:33\"\t\"exp-e1\"\t\"", "\"\n", "", csv, 0},
    {"csv-tab-lines-bare", "time\thost\tmessage\n", "2019-05-14 11:22:33\texp-e1\t\"", "\"\n", "", csv, 0},
    {"csv-tabs", "time\traw\n11:22\t\"", "", "\n", "\"\n", csv, 0},
    {"csv-no-header", "\"", "", "\n", "\"\n", csv, 0},
    {"table-markdown", "", "| ", " |\n", "", none, 0},
    {"table-markdown-numbered", "", "| %d | ", " |\n", "", none, 0},
    /* mail */
    {"quoted-printable", QUOTED_MAIL, "", "\n", "", quoted_printable, FOLD_QUOTED},
    {"quoted-printable-crlf", QUOTED_MAIL, "", "\r\n", "", quoted_printable, FOLD_QUOTED},
    {"quoted-printable-all", QUOTED_MAIL, "", "\n", "", quoted_printable_all, FOLD_QUOTED},
    {"quoted-printable-part", PART, "", "\n", "\n--=_x0123456789--\n", quoted_printable, FOLD_QUOTED},
    {"quoted-printable-bare", "", "", "\n", "", quoted_printable, FOLD_QUOTED},
    {"quoted-printable-line-ends", QUOTED_MAIL, "", "=0D=0A=\n", "\n", quoted_printable, 0},
    {"mail-quote", "Am 14.05. schrieb A:\n", "> ", "\n", "", none, 0},
    {"mail-quote-twice", "", "> > ", "\n", "", none, 0},
    {"mail-quote-tight", "", ">", "\n", "", none, 0},
    {"mail-quote-no-break", "Am 14.05. schrieb A:\n", ">\xc2\xa0", "\n", "", none, 0},
    {"mail-bar", "", "| ", "\n", "", none, 0},
    {"mail-indented", "", "    ", "\n", "", none, 0},
    {"mail-tab", "", "\t", "\n", "", none, 0},
    {"base64-mail", MIME "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n", "", "\n", "", none, BASE64},
    {"base64-bare", "", "", "\n", "", none, BASE64},
    {"base64-mail-cr", MIME_CR "Content-Transfer-Encoding: base64\r\r", "", "\r\n", "", none, BASE64 | CR},
    {"quoted-printable-cr", MIME_CR "Content-Type: text/plain\rContent-Transfer-Encoding: quoted-printable\r\r", "", "\r", "", quoted_printable, 0},
    {"plain-cr", "From: a@b.example\rSubject: log\r\r", "", "\r", "", none, 0},
    {"base64-mail-crlf", MIME "Content-Transfer-Encoding: BASE64\n\n", "", "\r\n", "", none, BASE64},
    {"base64-utf-16", MIME "Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n", "", "\r\n", "", none, BASE64 | UTF16_LE},
    {"base64-part", MIME "Content-Type: multipart/mixed; boundary=\"bb\"\n\n--bb\nContent-Type: text/plain\n\nthe log:\n\n--bb\nContent-Type: text/plain; name=\"edge.log\"\nContent-Transfer-Encoding: base64\n\n", "", "\n", "", none, BASE64},
    {"base64-html", MIME "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n", "", "\n", "", html, BASE64},
    {"address", "", "", "\n", "", none, PERCENT},
    {"form", "", "", "\n", "", none, PERCENT_FORM},
    {"mail-links", "", "", "\n", "", mail_links, 0},
    {"chat-links", "", "", "\n", "", chat_links, 0},
    {"markdown-links", "", "", "\n", "", markdown_links, 0},
    {"html-links", "<pre>", "", "\n", "</pre>\n", html_links, 0},
    {"defanged", "", "", "\n", "", defanged, 0},
    /* numbers and names in front */
    {"patch-of-one-line", "", "", "\n+", "\n", none, 0},
    {"syslog-program", "", "<14>May 14 11:22:33 exp-e1 tvcs: ", "\n", "", none, 0},
    {"syslog-data", "", "<134>1 2019-05-14T11:22:33.480Z exp-e1 app 81 ID47 [ex@32473 iut=\"3\"] ", "\n", "", none, 0},
    {"syslog-asa", "", "May 14 2019 11:22:33 asa1 : ASA-6-302013: ", "\n", "", none, 0},
    {"cat-n", "", "%6d\t", "\n", "", none, 0},
    {"nl", "", "%6d  ", "\n", "", none, 0},
    {"less-N", "", "%7d ", "\n", "", none, 0},
    {"list", "", "%3d. ", "\n", "", none, 0},
    {"list-bracket", "", "%d) ", "\n", "", none, 0},
    {"list-square", "", "[%d] ", "\n", "", none, 0},
    {"editor", "", "%4d | ", "\n", "", none, 0},
    {"grep-n", "", "%d:", "\n", "", none, 0},
    {"grep-n-blank", "", "%d: ", "\n", "", none, 0},
    {"grep-H", "", "edge.log:", "\n", "", none, 0},
    {"grep-H-n", "", "edge.log:%d:", "\n", "", none, 0},
    {"grep-n-A", "", "edge.log-%d-", "\n", "", none, 0},
    {"grep-A", "", "edge.log-", "\n", "", none, 0},
    {"grep-r-n-A", "", "./logs/edge01/messages-%d-", "\n", "", none, 0},
    {"grep-windows", "", "C_logs_edge.txt:%d:", "\n", "", none, 0},
    {"notepad-find", "Search \"504\" (1 hit in 1 file)\n", "\tLine %d: ", "\n", "", none, 0},
    {"docker", "", "2019-05-14T09:22:33.480000000Z ", "\n", "", none, 0},
    {"journal", "", "May 14 11:22:33 exp-e1 collector[812]: ", "\n", "", none, 0},
    {"compose", "", "exp-e1  | ", "\n", "", none, 0},
    {"syslog-5424", "", "<134>1 2019-05-14T11:22:33.480Z exp-e1 app 81 - - ", "\n", "", none, 0},
    {"chat", "", "[11:22] <alice> ", "\n", "", none, 0},
    {"host-in-front", "", "edge01.lync.example.net INFO ", "\n", "", none, 0},
    {"stamped", "", "[2019-05-14 11:22:33.480] [INFO] ", "\n", "", none, 0},
    {"patch", "", "+", "\n", "", none, 0},
    {"comment-hash", "", "# ", "\n", "", none, 0},
    {"comment-slashes", "", "// ", "\n", "", none, 0},
    {"list-stars", "", "* ", "\n", "", none, 0},
    {"list-hyphens", "", "- ", "\n", "", none, 0},
    /* line ends */
    {"crlf", "", "", "\r\n", "", none, 0},
    {"cr", "", "", "\r", "", none, 0},
    {"caret-m", "", "", "^M\n", "", none, 0},
    {"caret-m-joined", "", "", "^M", "\n", none, 0},
    {"caret-m-j-joined", "", "", "^M^J", "\n", none, 0},
    {"cat-A", "", "", "$\n", "", none, 0},
    {"syslog-counted", "", "<134>1 2019-05-14T11:22:33.480Z exp-e1 app 81 - - ", "", "", none, COUNTED},
    {"syslog-counted-lines", "", "<14>May 14 11:22:33 exp-e1 tvcs: ", "\n", "", none, COUNTED},
    {"syslog-counted-cut", "e1 app 81 - - the end of a message", "<134>1 2019-05-14T11:22:33.480Z exp-e1 app 81 - - ", "", "", none, COUNTED},
    {"syslog-miscounted", "", "<134>1 2019-05-14T11:22:33.480Z exp-e1 app 81 - - ", "", "", none, MISCOUNTED},
    {"syslog-octal", "", "", "#015#012", "\n", none, 0},
    {"octal", "", "", "\\015\\012", "\n", none, 0},
    {"octal-lf", "", "", "\\012", "\n", none, 0},
    {"hex", "", "", "\\x0d\\x0a", "\n", none, 0},
    {"string-crlf", "", "", "\\r\\n", "\n", none, 0},
    {"pictures", "", "", "\xe2\x90\x8d\xe2\x90\x8a", "\n", none, 0},
    {"arrow", "", "", "\xe2\x86\xb5\n", "", none, 0},
    {"line-separators", "", "", "\xe2\x80\xa8", "\n", none, 0},
    {"vertical-tabs", "", "", "\v", "\n", none, 0},
    {"doubled", "", "", "\n\n", "", none, 0},
    {"trailing-blanks", "", "", "   \n", "", none, 0},
    /* pages */
    {"html-pre", "<html><body><pre>", "", "\n", "</pre></body></html>\n", html, 0},
    {"html-br", "<p>", "", "<br>\n", "</p>\n", html, 0},
    {"html-br-joined", "<p>", "", "<br/>", "</p>\n", html, 0},
    {"html-paragraphs", "", "<p>", "</p>\n", "", html, 0},
    {"html-rows", "<table>", "<tr><td>", "</td></tr>\n", "</table>\n", html, 0},
    {"html-spans", "", "<span class=\"line\">", "</span>\n", "", html, 0},
    {"html-line-numbers", "<pre><code>", "<span class=\"line-number\">%d</span>", "\n", "</code></pre>\n", html, 0},
    {"html-rows-numbered", "<table>", "<tr><td>%d</td><td>", "</td></tr>\n", "</table>\n", html, 0},
    {"html-twice", "", "", "\n", "", html_twice, 0},
    {"html-numbers", "", "", "\n", "", html_numbers, 0},
    {"html-quotes", "", "", "\n", "", html_quotes, 0},
    {"xml", "<entry><text>", "", "&#xD;&#xA;", "</text></entry>\n", xml, 0},
    {"xml-elements", "", "<line n=\"%d\">", "</line>\n", "", html, 0},
    {"html-word", "", "<p class=MsoNormal><span lang=EN-US>", "<o:p></o:p></span></p>\r\n", "", html, 0},
    {"html-numbers-all", "", "", "\n", "", entities, 0},
    {"html-names", "", "", "\n", "", named_entities, 0},
    {"rich-text", "{\\rtf1\\ansi\\f0\\fs20 ", "", "\\par\r\n", "}\r\n", rich_text, 0},
    {"bold-names", "", "", "\n", "", bold_names, 0},
    {"xml-cdata", "<entry><![CDATA[\n", "", "\n", "]]></entry>\n", none, 0},
    {"markdown-fence", "Log:\n\n```\n", "", "\n", "```\n", none, 0},
    {"markdown-escapes", "", "", "\n", "", markdown, 0},
    {"markdown-quote-fence", "> ```\n", "> ", "\n", "> ```\n", none, 0},
    /* quotation marks and blanks */
    {"typographic", "", "", "\n", "", typographic, 0},
    {"german", "", "", "\n", "", german, 0},
    {"guillemets", "", "", "\n", "", guillemets, 0},
    {"windows-1252", "", "", "\n", "", windows_1252, 0},
    {"windows-1252-low", "", "", "\n", "", windows_1252_low, 0},
    {"mac-roman", "", "", "\n", "", mac_roman, 0},
    {"console-850", "", "", "\n", "", console, 0},
    {"mojibake", "", "", "\n", "", mojibake, 0},
    {"mojibake-cut", "", "", "\n", "", mojibake_cut, 0},
    {"mojibake-latin-1", "", "", "\n", "", mojibake_latin, 0},
    {"mojibake-twice", "", "", "\n", "", mojibake_twice, 0},
    {"mojibake-437", "", "", "\n", "", mojibake_437, 0},
    {"mojibake-850", "", "", "\n", "", mojibake_850, 0},
    {"mojibake-1251", "", "", "\n", "", mojibake_1251, 0},
    {"c1-quotes", "", "", "\n", "", c1_quotes, 0},
    {"replacement-characters", "", "", "\n", "", replacement, 0},
    {"question-marks", "", "", "\n", "", question, 0},
    {"control-quotes", "", "", "\n", "", control_quotes, 0},
    {"apostrophes", "", "", "\n", "", apostrophes, 0},
    {"lost-quotes", "", "", "\n", "", lost_quotes, 0},
    {"minus", "", "", "\n", "", minus, 0},
    {"directions", "", "", "\n", "", directions, 0},
    {"next-lines", "", "", "\xc2\x85", "\n", none, 0},
    {"full-width", "", "", "\n", "", full_width, 0},
    {"no-break-blanks", "", "", "\n", "", no_break, 0},
    {"no-break-mojibake", "", "", "\n", "", no_break_mojibake, 0},
    {"spaced-equals", "", "", "\n", "", spaced, 0},
    {"spaced-parameters", "", "", "\n", "", spaced_after, 0},
    {"doubled-blanks", "", "", "\n", "", doubled_blanks, 0},
    /* colours */
    {"ansi-lines", "", "\x1b[0;32m", "\x1b[0m\n", "", none, 0},
    {"ansi-grep", "", "", "\n", "", coloured, 0},
    {"ansi-lines-no-escape", "", "[0;32m", "[0m\n", "", none, 0},
    {"ansi-grep-no-escape", "", "", "\n", "", colours_without_escape, 0},
    {"ansi-grep-n-A", "", "\x1b[35m\x1b[Kedge.log\x1b[m\x1b[K\x1b[36m\x1b[K-\x1b[m\x1b[K\x1b[32m\x1b[K%d\x1b[m\x1b[K\x1b[36m\x1b[K-\x1b[m\x1b[K", "\n", "", none, 0},
    {"ansi-caret", "", "^[[0;32m", "^[[0m\n", "", none, 0},
    /* whole files */
    {"utf-16-le", "", "", "\r\n", "", none, UTF16_LE},
    {"utf-16-after-ascii", "", "", "\r\n", "", none, ZEROS},
    {"utf-16-be", "", "", "\r\n", "", none, UTF16_BE},
    {"byte-order-mark", "\xef\xbb\xbf", "", "\n", "", none, 0},
    {"folded", "", "", "\n", "", none, FOLD},
    {"no-empty-lines", "", "", "\n", "", none, NO_EMPTY_LINES},
    {"small-letters", "", "", "\n", "", none, SMALL},
    /* databases */
    {"sql-insert", "", "INSERT INTO log (n, line) VALUES (%d, '", "');\n", "", sql, 0},
    {"sql-cell", "           line\n---------------------------\n", " ", "+\n", "\n(1 row)\n", none, 0},
    {"sql-row", "*************************** 1. row ***************************\n   line: ", "", "\n", "1 row in set\n", none, 0},
    /* searches and versions */
    {"git-blame", "", "^1a2b3c4d (alice 2019-05-14 11:22:33 +0200 %3d) ", "\n", "", none, 0},
    {"git-grep", "", "HEAD:logs/edge.log:%d:", "\n", "", none, 0},
    {"ripgrep-json", "{\"type\":\"begin\",\"data\":{\"path\":{\"text\":\"edge.log\"}}}\n", "{\"type\":\"match\",\"data\":{\"path\":{\"text\":\"edge.log\"},\"lines\":{\"text\":\"", "\\n\"},\"absolute_offset\":0}}\n", "", json, 0},
    {"select-string", "", "> edge.log:%d:", "\n", "", none, 0},
    /* captures */
    {"ngrep", "T 192.0.2.1:5061 -> 192.0.2.2:5061 [AP]\n", "", ".\n", "", none, 0},
    {"tshark", "Session Initiation Protocol\n", "    ", "\\r\\n\n", "", none, 0},
    {"putty", "=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2019.05.14 11:22:33 =~=~=~=~=~=~=~=~=~=~=~=\r\n", "", "\r\n", "", none, 0},
    /* tickets, wikis, documents */
    {"json-chat", "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"```", "", "\\n", "```\"}\n", chat_export, 0},
    {"ticket-noformat", "We see this:\n\n{noformat}\n", "", "\n", "{noformat}\n", none, 0},
    {"forum-code", "[quote=\"alice\"]\n[code]", "", "\n", "[/code][/quote]\n", none, 0},
    {"wiki-indented", "== Log ==\n", " ", "\n", "", none, 0},
    {"yaml-block", "log: |\n", "  ", "\n", "", none, 0},
    {"yaml-quoted", "message: \"", "", "\\n\\\n", "\"\n", json, 0},
    {"xml-attribute", "<event level=\"3\" message=\"", "", "&#10;", "\"/>\n", attribute, 0},
    {"latex", "\\texttt{", "", "\\\\\n", "}\n", latex, 0},
    {"numbered-quotes", "<p>", "", "<br />\n", "</p>\n", numbered_quotes, 0},
    {"zero-width", "", "", "\n", "", zero_width, 0},
    {"soft-hyphen-characters", "", "", "\n", "", soft_hyphen_characters, 0},
    {"isolates", "", "", "\n", "", isolates, 0},
    {"pilcrows", "", "", "\xc2\xb6\n", "", none, 0},
    {"word-marks", "", "", "\xc2\xb6\n", "", word_marks, 0},
    /* collectors */
    {"logfmt", "", "ts=2019-05-14T09:22:33.480Z level=info caller=sip.go:81 msg=\"", "\"\n", "", json, 0},
    {"event-format", "", "CEF:0|Cisco|Expressway|X14|100|log|3|msg=", "\n", "", event_format, 0},
    {"kubectl-prefix", "", "[pod/edge-0/sip] ", "\n", "", none, 0},
    {"github-actions", "", "2019-05-14T09:22:33.4800000Z ", "\n", "", none, 0},
    {"gitlab", "", "2019-05-14T09:22:33.480000Z 01O ", "\n", "", none, 0},
    {"jenkins", "", "[2019-05-14T09:22:33.480Z] ", "\n", "", none, 0},
    {"logcat", "", "05-14 11:22:33.480   812   812 I sip     : ", "\n", "", none, 0},
    {"zabbix", "", "   812:20190514:112233.480 ", "\n", "", none, 0},
    {"priority", "", "<6>", "\n", "", none, 0},
    {"seconds", "", "00:00:01 ", "\n", "", none, 0},
    /* programs */
    {"c-strings", "", "    \"", "\\r\\n\"\n", "", json, 0},
    {"python-bytes", "", "b'", "\\r\\n'\n", "", python, 0},
    {"python-list", "[", "'", "', ", "'']\n", python, 0},
    {"perl-list", "$VAR1 = [\n", "          '", "',\n", "        ];\n", python, 0},
    {"php-dump", "", "string(%d) \"", "\"\n", "", none, 0},
    {"spreadsheet-formula", "", "=\"", "\"\n", "", csv, 0},
    {"prose-around", "Hello,\n\nthis is what we see since Monday:\n\n", "", "\n", "\nCan you help? Regards, A\n", none, 0},
};
/* clang-format on */

#define NUM_WRAPPINGS (sizeof(wrappings) / sizeof(wrappings[0]))

typedef struct writer {
    fv_buf *out;
    const wrapping *way;
    size_t column;
} writer;

static inline void put(writer *w, const char *text, size_t len)
{
    bool fold_quoted = (w->way->flags & FOLD_QUOTED) != 0;
    bool fold = (w->way->flags & FOLD) != 0;
    if (fold_quoted && w->column + len > 75) {
        fv_buf_append_text(w->out, "=\n");
        w->column = 0;
    }
    if (fold && w->column + len > 80) {
        fv_buf_append_text(w->out, "\n");
        w->column = 0;
    }
    fv_buf_append(w->out, text, len);
    w->column += len;
}

static inline const pair *escape_at(const wrapping *way, const uint8_t *bytes, size_t len)
{
    for (const pair *p = way->escapes; p->from != NULL; p++) {
        size_t from_len = strlen(p->from);
        if (len >= from_len && memcmp(bytes, p->from, from_len) == 0)
            return p;
    }
    return NULL;
}

static inline void put_line(writer *w, const uint8_t *line, size_t len)
{
    for (size_t i = 0; i < len && (w->way->flags & NUMBERS) != 0; i++) {
        char digits[8];
        snprintf(digits, sizeof(digits), "%u,", line[i]);
        fv_buf_append_text(w->out, digits);
    }
    for (size_t i = 0; i < len && (w->way->flags & NUMBERS) == 0;) {
        const pair *escape = escape_at(w->way, line + i, len - i);
        if (escape != NULL)
            put(w, escape->to, strlen(escape->to));
        else
            put(w, (const char *)line + i, 1);
        i += escape != NULL ? strlen(escape->from) : 1;
    }
}

/* The number in place of "%6d". */
static inline void put_front(writer *w, unsigned number)
{
    const char *front = w->way->front;
    const char *percent = strchr(front, '%');
    if (percent == NULL) {
        fv_buf_append_text(w->out, front);
        return;
    }
    char *end;
    int width = (int)strtol(percent + 1, &end, 10);
    char digits[32];
    snprintf(digits, sizeof(digits), "%*u", width, number);
    fv_buf_append(w->out, front, (size_t)(percent - front));
    fv_buf_append_text(w->out, digits);
    fv_buf_append_text(w->out, end + 1);
}

/* One line with what is put around it, and its length before that. */
static inline void put_whole_line(writer *w, const uint8_t *line, size_t len, unsigned number)
{
    fv_buf whole;
    fv_buf_init(&whole);
    writer inner = {&whole, w->way, 0};
    put_front(&inner, number);
    put_line(&inner, line, len);
    fv_buf_append_text(&whole, w->way->end);
    if ((w->way->flags & (COUNTED | MISCOUNTED)) != 0) {
        fv_buf_append_u64(w->out, whole.len + ((w->way->flags & MISCOUNTED) != 0));
        fv_buf_append_char(w->out, ' ');
    }
    fv_buf_append(w->out, whole.data, whole.len);
    fv_buf_clear(&whole);
}

static inline void wrap_lines(writer *w, const uint8_t *bytes, size_t len)
{
    unsigned number = 1;
    fv_buf_append_text(w->out, w->way->head);
    for (size_t at = 0; at < len; number++) {
        const uint8_t *end = memchr(bytes + at, '\n', len - at);
        size_t next = end != NULL ? (size_t)(end - bytes) : len;
        bool keep = next > at || (w->way->flags & NO_EMPTY_LINES) == 0;
        w->column = 0;
        if (keep)
            put_whole_line(w, bytes + at, next - at, number);
        at = next + 1;
    }
    fv_buf_append_text(w->out, w->way->tail);
}

static inline void widen(fv_buf *out, const char *bytes, size_t len, bool little)
{
    for (size_t i = 0; i < len; i++) {
        fv_buf_append_char(out, little ? bytes[i] : '\0');
        fv_buf_append_char(out, little ? '\0' : bytes[i]);
    }
}

static inline void put_base64(fv_buf *out, const char *bytes, size_t len, char line_end)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (i + k < len ? (uint8_t)bytes[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            fv_buf_append_char(out, k > len - i ? '=' : digits[bits >> (18 - 6 * k) & 63]);
        if (i % 57 == 54)
            fv_buf_append_char(out, line_end);
    }
}

static inline void put_percent(fv_buf *out, const char *bytes, size_t len, bool is_form)
{
    for (size_t i = 0; i < len; i++) {
        char text[8];
        bool is_plain = bytes[i] == '.' || bytes[i] == '-' || (bytes[i] == ' ' && !is_form) ||
                        fv_ascii_is_alnum(bytes[i]);
        snprintf(text, sizeof(text), is_plain ? "%c" : "%%%02X", (uint8_t)bytes[i]);
        fv_buf_append_text(out, bytes[i] == ' ' && is_form ? "+" : text);
    }
}

/* What follows the head is encoded as a whole. */
static inline void encode(fv_buf *out, const wrapping *way, const char *bytes, size_t len)
{
    bool is_wide = (way->flags & (UTF16_LE | ZEROS)) != 0;
    fv_buf wide;
    fv_buf_init(&wide);
    if ((way->flags & UTF16_LE) != 0)
        fv_buf_append(&wide, "\xff\xfe", 2);
    if (is_wide)
        widen(&wide, bytes, len, true);
    else
        fv_buf_append(&wide, bytes, len);
    if ((way->flags & BASE64) != 0)
        put_base64(out, wide.data, wide.len, (way->flags & CR) != 0 ? '\r' : '\n');
    else if ((way->flags & (PERCENT | PERCENT_FORM)) != 0)
        put_percent(out, wide.data, wide.len, (way->flags & PERCENT_FORM) != 0);
    else
        fv_buf_append(out, wide.data, wide.len);
    fv_buf_clear(&wide);
}

/* The log, wrapped. */
static inline void wrap_append(fv_buf *out, const wrapping *way, const uint8_t *bytes, size_t len)
{
    fv_buf narrow;
    fv_buf_init(&narrow);
    writer w = {&narrow, way, 0};
    wrap_lines(&w, bytes, len);
    for (size_t i = 0; (way->flags & SMALL) != 0 && i < narrow.len; i++)
        narrow.data[i] = fv_ascii_lower(narrow.data[i]);
    if ((way->flags & (BASE64 | PERCENT | PERCENT_FORM | ZEROS)) != 0) {
        size_t head = strlen(way->head);
        fv_buf_append_text(out, (way->flags & ZEROS) != 0 ? "The log of the Edge:\r\n" : way->head);
        encode(out, way, narrow.data + head, narrow.len - head);
        fv_buf_clear(&narrow);
        return;
    }
    if ((way->flags & UTF16_LE) != 0)
        fv_buf_append(out, "\xff\xfe", 2);
    if ((way->flags & (UTF16_LE | UTF16_BE)) != 0)
        widen(out, narrow.data, narrow.len, (way->flags & UTF16_LE) != 0);
    else
        fv_buf_append(out, narrow.data, narrow.len);
    fv_buf_clear(&narrow);
}

#endif
