/* Pieces of logs, and what can be seen of them: markup, disguised characters and the marks of
 * programs are gone; what only looks like them stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "logs/read/sight.h"

/* A piece, and its characters with the gaps before them: a blank, a line end, an empty line, and
 * the blanks at the beginning of a line. */
static const struct {
    const char *piece, *seen;
} rows[] = {
    {"a<br>b", "a\nb"},
    {"a<BR/>b", "a\nb"},
    {"a<br />b", "a\nb"},
    {"a<p class=\"x\">b</p>c", "a\nb\nc"},
    {"a<span class=\"x\">b</span>c", "a b c"},
    {"a<b>b</b>c", "a b c"},
    {"exam<wbr>ple", "example"},
    {"<a href=\"x\">b</a>c", "bc"},
    {"a<o:p>b", "a b"},
    {"<alice>", "<alice>"},
    {"<sip:alice@example.com>", "<sip:alice@example.com>"},
    {"a<line n=\"3\">b</line>c", "a b\nc"},
    {"a<line n='3'>b", "a b"},
    {"a<line n=3>b", "a<line n=3>b"},
    {"a<line>b", "a<line>b"},
    {"<TimeCreated SystemTime=\"1\"/>", "<TimeCreated SystemTime=\"1\"/>"},
    {"a<br", "a<br"},
    {"a<br<b>c", "a<br c"},
    {"<td>12</td>b", "b"},
    {"<td>1234567</td>b", "b"},
    {"<td>12345678</td>b", "12345678\nb"},
    {"<td>1a</td>b", "1a\nb"},
    {"<td>12</td", "12</td"},
    {"<td class=\"n\">12</td>x", "x"},
    {"a<s\npan>b", "a b"},
    {"a<span\n>b", "a b"},
    {"a<br\302\240>b", "a\nb"},
    {"a<1>b", "a<1>b"},
    {"</nothing>x", "x"},
    {"</nothing x>y", "</nothing x>y"},
    {"a<div>b<li>c<pre>d<tr>e<em>f<i>g<strong>h<font>k<code>l", "a\nb\nc\nd\ne f g h k l"},
    {"<xbr>y", "<xbr>y"},
    {"a.com<http://a.com>b", "a.comb"},
    {"a.com<https://a.com/x>b", "a.comb"},
    {"x@a.com<mailto:x@a.com>b", "x@a.comb"},
    {"<http://a.com|a.com>b", "a.comb"},
    {"<http://a.com>b", "<http://a.com>b"},
    {" <http://a.com>b", "<http://a.com>b"},
    {"<ftp://a.com|a.com>b", "<ftp://a.com|a.com>b"},
    {"a<http://a.com b>c", "a<http://a.com b>c"},
    {"<<http://a.com|a>b", "<ab"},
    {"a|b>c", "a|b>c"},
    {"[a.com](http://a.com)b", "a.comb"},
    {"[a.com](ftp://a.com)b", "[a.com](ftp://a.com)b"},
    {"[a.com] (http://a.com)", "[a.com] (http://a.com)"},
    {"[a](http://b c)", "[a](http://b c)"},
    {"a[.]com", "a.com"},
    {"a[dot]com", "a.com"},
    {"x[@]a", "x@a"},
    {"x[at]a", "x@a"},
    {"a[x]b", "a[x]b"},
    {"a]b", "a]b"},
    {"a[..]b", "a[..]b"},
    {"**SIP/2.0 504 x**", "SIP/2.0 504 x"},
    {"a**b.com**c", "ab.comc"},
    {"**a.com** b", "a.com b"},
    {"sip:***@**.org", "sip:***@**.org"},
    {"a**b", "a**b"},
    {"** a", "a"},
    {"a **: b", "a : b"},
    {"a\302\240**-b", "a -b"},
    {"a**\302\240-b", "a -b"},
    {"***a***", "***a***"},
    {"**a.com***", "a.com***"},
    {"x **a-b@c** y", "x a-b@c y"},
    {"**-a**", "-a"},
    {"a**", "a"},
    {"&quot;a&quot;", "\"a\""},
    {"&lt;a&gt;&amp;&apos;", "<a>&'"},
    {"&#58;&#x3A;&#x3a;", ":::"},
    {"&#10;a&#13;b&#32;c&#9;d", "a\nb c d"},
    {"&#126;&#127;", "~&#127;"},
    {"&#1234567;", "&#1234567;"},
    {"&#00058;", ":"},
    {"&#000058;", "&#000058;"},
    {"&#x3g;", "&#x3g;"},
    {"&nbsp;a&nbsp;b", "a b"},
    {"&bogus;", "&bogus;"},
    {"&quo\nt;a", "\"a"},
    {"&quot", "&quot"},
    {"#015a", "a"},
    {"a#012b#011c", "a\nb c"},
    {"#01", "#01"},
    {"\342\200\234a\342\200\235", "\"a\""},
    {"\342\200\230a\342\200\231", "'a'"},
    {"a\342\200\223b\342\200\224c\342\200\221d", "a-b\342\200\224c-d"},
    {"a\302\255b", "ab"},
    {"a\342\200\213b", "ab"},
    {"\253a\273", "\"a\""},
    {"\223a\224 \221b\222 c\226d", "\"a\" 'b' c-d"},
    {"\204a\256b\257", "\"a\"b\""},
    {"\322a\323 \324b\325", "\"a\" 'b'"},
    {"a\240b", "a b"},
    {"\303\244\322\240", "\303\244\322\240"},
    {"\344\270\223", "\344\270\223"},
    {"\360\237\230\223", "\360\237\230\223"},
    {"\303\223", "\303\223"},
    {"=\357\277\275a\357\277\275;", "=\"a\";"},
    {"a\357\277\275b", "a\357\277\275b"},
    {"a\357\277\275 b", "a\" b"},
    {"=?a b?;", "=\"a b\";"},
    {"=?a?", "=\"a\""},
    {"=?a\nb?;", "=\"a\nb?;"},
    {"=?\?;", "=?\";"},
    {"x?;", "x?;"},
    {"a=?b", "a=\"b"},
    {"?a=?b?,c?", "?a=\"b\",c?"},
    {"\033[31mred\033[0m", "red"},
    {"^[[31mred^[[0m", "red"},
    {"^[31m", "^[31m"},
    {"\033(Bx", "(Bx"},
    {"\033[31", "[31"},
    {"\033[1;2;3Kx", "x"},
    {"^x", "^x"},
    {"a\001b\177c", "a b c"},
    {"a\010b", "a^b"},
    {"a\037\nb", "ab"},
    {"a\037b", "ab"},
    {"a\013b", "a\nb"},
    {"a\014b", "a b"},
    {"a\tb", "a b"},
    {"a\nb", "a\nb"},
    {"a\r\nb", "a\nb"},
    {"a\rb", "a\nb"},
    {"a\n b", "a\n b"},
    {"a\n\nb", "a\n\nb"},
    {"a\n \n  b", "a\n\n b"},
    {"a \nb", "a\nb"},
    {"  a", "a"},
    {"\n\na", "a"},
    {"a\n", "a"},
    {"a\n> b", "a\n b"},
    {"a\n12: b", "a\n b"},
    {"$a\nb$\nc$\n", "$a\nb\nc"},
    {"a$ b", "a$ b"},
    {"a$$\nb", "a$$\nb"},
    {"cost $5", "cost $5"},
    {"\\n", "\\n"},
    {"a\\nVia: b", "a\nVia: b"},
    {"a\\nx", "a\\nx"},
    {"a\\nVia:b", "a\\nVia:b"},
    {"a\\nCSeq:1 x", "a\nCSeq:1 x"},
    {"a\\n\\nVia: b", "a\n\nVia: b"},
    {"a\\n\\n1", "a\n\\n1"},
    {"a\\nX: y\"", "a\\nX: y\""},
    {"SIP/2.0\\nSIP/2.0", "SIP/2.0\nSIP/2.0"},
    {"a\\nABC/3", "a\\nABC/3"},
    {"a=\\\"b\\\";c", "a=\"b\";c"},
    {"a \\\"b\\\" c", "a \\\"b\\\" c"},
    {"a\\_b\\$c\\<d\\>e", "a_b$c<d>e"},
    {"a\\b", "a\\b"},
    {"a\\\\b", "a\\\\b"},
    {"a\\\\\n", "a"},
    {"a\\r\\nVia: b", "a\nVia: b"},
    {"a\\tb", "a\\tb"},
    {"| a |\n| b |\n", "a\n b"},
    {"| a | b |\n", "a | b"},
    {"a |\nb", "a |\nb"},
    {"a |b", "a |b"},
    {"\342\224\202 a \342\224\202\n", "a"},
    {"a \342\224\202 b", "a \342\224\202 b"},
    {"a\342\224\202", "a"},
    {"a\302\267b\302\266\nc", "a b\nc"},
    {"a\302\267b\nc", "a\302\267b\nc"},
    {"a\302\266\nb", "a\nb"},
    {"`a`b", "ab"},
    {"a_x000D_b", "a\nb"},
    {"a_b", "a_b"},
    {"a_x0", "a_x0"},
    {"one +\ntwo +\nthree\n", "one +\ntwo +\nthree"},
    {"one +\ntwo\n", "one +\ntwo"},
    {"a.\nb.\nc.\nd.\ne.\n", "a\nb\nc\nd\ne"},
    {"a.\nb.\nc.\n", "a.\nb.\nc."},
    {"\"a b\" +\n\"c\" +\n", "\"a b\"\n\"c\""},
};

static void append_gap(const fv_sight *sight, size_t at, fv_buf *out)
{
    const fv_mark *mark = &sight->marks[at];
    if (mark->gap == FV_GAP_BLANK)
        fv_buf_append_char(out, ' ');
    if (mark->gap >= FV_GAP_FOLD)
        fv_buf_append_text(out, mark->gap == FV_GAP_PARAGRAPH ? "\n\n" : "\n");
    if (mark->indented)
        fv_buf_append_char(out, ' ');
}

static void only_what_can_be_seen_is_left(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fv_sight sight;
        fv_buf seen;
        fv_sight_init(&sight);
        fv_buf_init(&seen);
        fv_buf_append_text(&seen, "");
        const char *piece = rows[i].piece;
        assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)piece, strlen(piece)}));
        for (size_t at = 0; at < sight.len; at++) {
            if (at > 0)
                append_gap(&sight, at, &seen);
            fv_buf_append_char(&seen, sight.text[at]);
        }
        assert_string_equal(seen.data, rows[i].seen);
        fv_buf_clear(&seen);
        fv_sight_clear(&sight);
    }
}

static size_t count_seen(const char *before, char fill, size_t count, const char *after)
{
    fv_buf piece;
    fv_sight sight;
    fv_buf_init(&piece);
    fv_sight_init(&sight);
    fv_buf_append_text(&piece, before);
    for (size_t i = 0; i < count; i++)
        fv_buf_append_char(&piece, fill);
    fv_buf_append_text(&piece, after);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)piece.data, piece.len}));
    size_t len = sight.len;
    fv_sight_clear(&sight);
    fv_buf_clear(&piece);
    return len;
}

/* What is left out has a longest form. What is longer by one character is seen as a whole. */
static void what_is_too_long_is_no_markup(void **state)
{
    static const struct {
        const char *before;
        char fill;
        size_t longest;
        const char *after;
    } limits[] = {
        {"x**", 'a', 120, "**x"},
        {"x<b ", 'a', 297, ">y"},
        {"x</", 'a', 23, ">y"},
        {"x<", 'a', 23, " n=\"1\">y"},
        {"<td>", '1', 7, "</td>x"},
        {"x<http://", 'a', 591, ">y"},
        {"[a](http://", 'a', 592, ")"},
        {"\x1b[", '1', 30, "mx"},
        {"x\\n", 'A', 40, ": b"},
        {"x&#", '0', 3, "58;y"},
        {"", '1', 9, ": x"},
        {"", 'a', 196, ".log:x"},
        {"", 'a', 198, " SIP trace: x"},
        {"A", 'B', 63, "=x\nMESSAGE=y"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        const char *before = limits[i].before, *after = limits[i].after;
        size_t longest = limits[i].longest;
        size_t within = count_seen(before, limits[i].fill, longest, after);
        size_t beyond = count_seen(before, limits[i].fill, longest + 1, after);
        assert_true(beyond > within + 1);
        assert_in_range(count_seen(before, limits[i].fill, longest - 1, after), within - 1, within);
        assert_int_equal(count_seen(before, limits[i].fill, longest + 2, after), beyond + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_too_long_is_no_markup),
        cmocka_unit_test(only_what_can_be_seen_is_left),
    };
    return cmocka_run_group_tests_name("logs/sight", tests, NULL, NULL);
}
