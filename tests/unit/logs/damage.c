/* Every fixture again in each of the ways in which logs get damaged: the incidents stay the same.
 */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

typedef void damage(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount);

static damage *way;
static const char *way_name;
static size_t first_amount, last_amount;
static const char *const *passed_over; /* fixtures that this way makes into something else */

static bool is_passed_over(const char *name)
{
    for (size_t i = 0; passed_over != NULL && passed_over[i] != NULL; i++) {
        if (strcmp(passed_over[i], name) == 0)
            return true;
    }
    return false;
}

static size_t num_failures;

static void compare_damaged(const char *name, const uint8_t *bytes, size_t len)
{
    char *whole = rows_of_bytes(bytes, len, len, ROW_CORE);
    for (size_t amount = first_amount; amount <= last_amount && !is_passed_over(name); amount++) {
        fv_buf buf;
        fv_buf_init(&buf);
        way(&buf, bytes, len, amount);
        char *seen = rows_of_bytes((const uint8_t *)buf.data, buf.len, buf.len, ROW_CORE);
        if (strcmp(whole, seen) != 0) {
            printf("%s, %s %zu\nwanted\n%sseen\n%s", name, way_name, amount, whole, seen);
            num_failures++;
        }
        free(seen);
        fv_buf_clear(&buf);
    }
    free(whole);
}

static void check(damage *chosen, const char *name, size_t first, size_t last,
                  const char *const *exceptions)
{
    way = chosen;
    way_name = name;
    first_amount = first;
    last_amount = last;
    passed_over = exceptions;
    num_failures = 0;
    assert_true(visit_fixtures(compare_damaged) > 30);
    assert_int_equal(num_failures, 0);
}

/* As fold -w: a line end at the column, within words too. */
static void break_at_column(fv_buf *out, const uint8_t *bytes, size_t len, size_t columns)
{
    size_t column = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\n') {
            column = 0;
        } else if (column == columns) {
            fv_buf_append_char(out, '\n');
            column = 0;
        }
        fv_buf_append_char(out, (char)bytes[i]);
        column += bytes[i] != '\n';
    }
}

/* As text out of a PDF: a line end for a blank or after a hyphen, before the column is passed. */
static void break_at_words(fv_buf *out, const uint8_t *bytes, size_t len, size_t columns)
{
    size_t column = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '\n')
            column = 0;
        size_t word = i;
        while (word < len && bytes[word] != ' ' && bytes[word] != '\n' && bytes[word] != '-')
            word++;
        bool starts_word = i > 0 && (bytes[i - 1] == '-' || bytes[i - 1] == ' ');
        if (starts_word && column > 0 && column + (word - i) >= columns) {
            fv_buf_append_char(out, '\n');
            column = 0;
        }
        fv_buf_append_char(out, (char)bytes[i]);
        column += bytes[i] != '\n';
    }
}

static void lose_underscores(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    (void)amount;
    for (size_t i = 0; i < len; i++)
        fv_buf_append_char(out, bytes[i] == '_' ? ' ' : (char)bytes[i]);
}

static void double_line_ends(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    (void)amount;
    for (size_t i = 0; i < len; i++)
        fv_buf_append_text(out, bytes[i] == '\n' ? "\n\n" : (char[]){(char)bytes[i], '\0'});
}

static void use_crlf(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    for (size_t i = 0; i < len; i++) {
        fv_buf_append_text(out, bytes[i] == '\n' ? (amount == 0 ? "\r\n" : "\r")
                                                 : (char[]){(char)bytes[i], '\0'});
    }
}

static void set_type(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    bool open = false;
    (void)amount;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '"') {
            open = !open;
            fv_buf_append_text(out, open ? "\xe2\x80\x9c" : "\xe2\x80\x9d");
        } else if (bytes[i] == '\'') {
            fv_buf_append_text(out, "\xe2\x80\x99");
        } else {
            fv_buf_append_char(out, (char)bytes[i]);
        }
    }
}

static void use_no_break_spaces(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    (void)amount;
    for (size_t i = 0; i < len; i++)
        fv_buf_append_text(out, bytes[i] == ' ' ? "\xc2\xa0" : (char[]){(char)bytes[i], '\0'});
}

static void pad_values(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    (void)amount;
    for (size_t i = 0; i < len; i++) {
        bool escaped = i > 0 && bytes[i - 1] == '\\';
        if (bytes[i] == '"' && !escaped)
            fv_buf_append_text(out, " \" ");
        else
            fv_buf_append_char(out, (char)bytes[i]);
    }
}

static void encode_utf16(fv_buf *out, const uint8_t *bytes, size_t len, size_t big)
{
    fv_buf_append(out, big ? "\xfe\xff" : "\xff\xfe", 2);
    for (size_t i = 0; i < len; i++) {
        char unit[2] = {big ? '\0' : (char)bytes[i], big ? (char)bytes[i] : '\0'};
        fv_buf_append(out, unit, 2);
    }
}

/* One byte of the line before the log is lost: from there on, the two bytes of each unit have
 * changed places. */
static void lose_byte_of_utf16(fv_buf *out, const uint8_t *bytes, size_t len, size_t big)
{
    static const char line[] =
        "a line that one byte of is lost, as disks and transfers lose them\n";
    fv_buf text, before;
    fv_buf_init(&text);
    fv_buf_init(&before);
    fv_buf_append(&text, line, sizeof(line) - 1);
    fv_buf_append(&text, (const char *)bytes, len);
    encode_utf16(&before, (const uint8_t *)text.data, text.len, big);
    fv_buf_append(out, before.data, 21);
    fv_buf_append(out, before.data + 22, before.len - 22);
    fv_buf_clear(&text);
    fv_buf_clear(&before);
}

static void quote_as_mail(fv_buf *out, const uint8_t *bytes, size_t len, size_t amount)
{
    (void)amount;
    for (size_t i = 0; i < len; i++) {
        if (i == 0 || bytes[i - 1] == '\n')
            fv_buf_append_text(out, "> ");
        fv_buf_append_char(out, (char)bytes[i]);
    }
}

static void combine(fv_buf *out, const uint8_t *bytes, size_t len, size_t columns)
{
    fv_buf a, b, c;
    fv_buf_init(&a);
    fv_buf_init(&b);
    fv_buf_init(&c);
    lose_underscores(&a, bytes, len, 0);
    break_at_words(&b, (const uint8_t *)a.data, a.len, columns);
    set_type(&c, (const uint8_t *)b.data, b.len, 0);
    use_crlf(out, (const uint8_t *)c.data, c.len, 0);
    fv_buf_clear(&a);
    fv_buf_clear(&b);
    fv_buf_clear(&c);
}

static void lines_broken_at_a_column(void **state)
{
    (void)state;
    check(break_at_column, "broken at column", 60, 120, NULL);
}

static void lines_broken_between_words(void **state)
{
    (void)state;
    check(break_at_words, "broken between words at", 60, 120, NULL);
}

static void underscores_lost(void **state)
{
    (void)state;
    check(lose_underscores, "underscores lost", 0, 0, NULL);
}

static void line_ends_doubled(void **state)
{
    (void)state;
    check(double_line_ends, "line ends doubled", 0, 0, NULL);
}

static void other_line_ends(void **state)
{
    (void)state;
    check(use_crlf, "CRLF or CR", 0, 1, NULL);
}

static void typographic_quotes(void **state)
{
    (void)state;
    check(set_type, "typographic quotes", 0, 0, NULL);
}

static void no_break_spaces(void **state)
{
    (void)state;
    check(use_no_break_spaces, "no-break spaces", 0, 0, NULL);
}

static void padded_values(void **state)
{
    (void)state;
    check(pad_values, "padded values", 0, 0, NULL);
}

static void utf_16(void **state)
{
    (void)state;
    check(encode_utf16, "UTF-16", 0, 1, NULL);
}

static void utf_16_with_a_byte_lost(void **state)
{
    (void)state;
    check(lose_byte_of_utf16, "UTF-16 with a byte lost", 0, 1, NULL);
}

static void quoted_in_a_mail(void **state)
{
    (void)state;
    check(quote_as_mail, "quoted in a mail", 0, 0, NULL);
}

static void several_damages_at_once(void **state)
{
    (void)state;
    check(combine, "all at once, broken at", 60, 120, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_broken_at_a_column),
        cmocka_unit_test(lines_broken_between_words),
        cmocka_unit_test(underscores_lost),
        cmocka_unit_test(line_ends_doubled),
        cmocka_unit_test(other_line_ends),
        cmocka_unit_test(typographic_quotes),
        cmocka_unit_test(no_break_spaces),
        cmocka_unit_test(padded_values),
        cmocka_unit_test(utf_16),
        cmocka_unit_test(utf_16_with_a_byte_lost),
        cmocka_unit_test(quoted_in_a_mail),
        cmocka_unit_test(several_damages_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
