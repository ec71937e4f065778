/* Text in which nothing is reported gives no incident. */
#define _DEFAULT_SOURCE /* scandir, DT_DIR */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

static size_t num_files;

static void expect_silence(const char *name, const uint8_t *bytes, size_t len)
{
    char *rows = rows_of_bytes(bytes, len, 65536, ROW_WHOLE);
    if (rows[0] != '\0')
        fail_msg("%s\n%s", name, rows);
    free(rows);
}

static bool holds_logs(const char *folder)
{
    static const char *const folders[] = {"/tests/vectors/logs",
                                          "/tests/unit/logs/both-sides",
                                          "/examples/lab/logs",
                                          "/corpus/log",
                                          "/tests/schema/test_situations.py",
                                          "/tests/schema/test_redaction.py"};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        if (strstr(folder, folders[i]) != NULL)
            return true;
    }
    return false;
}

static void visit_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[2048];
        size_t len = 0;
        const char *name = entries[i]->d_name;
        snprintf(path, sizeof(path), "%s/%s", folder, name);
        bool is_folder = entries[i]->d_type == DT_DIR;
        if (name[0] != '.' && is_folder && !holds_logs(path))
            visit_folder(path);
        uint8_t *bytes = is_folder || holds_logs(path) ? NULL : (uint8_t *)read_file(path, &len);
        if (bytes != NULL) {
            expect_silence(path, bytes, len);
            num_files++;
        }
        free(bytes);
        free(entries[i]);
    }
    free(entries);
}

static void the_tree_itself_reports_nothing(void **state)
{
    static const char *const folders[] = {"include", "lib",   "examples", "tests",
                                          "docs",    "tools", "pkgconfig"};
    (void)state;
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        char path[1024];
        snprintf(path, sizeof(path), FEDVAL_SOURCE_ROOT "/%s", folders[i]);
        visit_folder(path);
    }
    assert_true(num_files > 100);
}

static void the_torture_messages_of_rfc_4475_report_nothing(void **state)
{
    (void)state;
    num_files = 0;
    visit_folder(FEDVAL_SOURCE_ROOT "/../shared/data/sip-torture");
    if (num_files == 0) {
        print_message("skipped: no messages in ../shared/data/sip-torture\n");
        skip();
    }
}

/* xorshift64: the same text on every run. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void random_text_reports_nothing(void **state)
{
    static const char *const words[] = {"504 ",
                                        "SIP/2.0 ",
                                        "Server time-out\n",
                                        "ms-diagnostics",
                                        ": ",
                                        "1009",
                                        ";",
                                        "reason",
                                        "=\"",
                                        "Result-Code",
                                        "0xc3e93d6f",
                                        "\n",
                                        "From:",
                                        "certificate ",
                                        "TL_",
                                        "failed",
                                        "TLS Negotiation ",
                                        "Error",
                                        "\r\n\n"};
    (void)state;
    uint64_t seed = 88172645463325252u;
    size_t len = 4u << 20;
    uint8_t *bytes = malloc(len);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(next_random(&seed) >> 33);
    expect_silence("random bytes", bytes, len);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(' ' + next_random(&seed) % 95);
    expect_silence("random characters", bytes, len);
    /* Their words in any order: never a crash, whatever comes of it. */
    for (size_t i = 0; i < len;) {
        const char *word = words[next_random(&seed) % (sizeof(words) / sizeof(words[0]))];
        for (; *word != '\0' && i < len; word++)
            bytes[i++] = (uint8_t)*word;
    }
    free(rows_of_bytes(bytes, len, 65536, ROW_WHOLE));
    free(bytes);
}

/* Every other word brings the reader to a halt; it has to get on all the same. A reading that
 * looked at the neighbourhood of each anew would take minutes. */
static void prose_about_logs_is_read_in_good_time(void **state)
{
    static const char sentence[] =
        "The certificate of a federated partner was resolved, and the failure of an alert\n"
        "in the diagnostics is a query for people who read 0x80090322 and then fail.\n";
    (void)state;
    size_t len = 8u << 20;
    uint8_t *bytes = malloc(len);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)sentence[i % (sizeof(sentence) - 1)];
    expect_silence("prose", bytes, len);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_itself_reports_nothing),
        cmocka_unit_test(the_torture_messages_of_rfc_4475_report_nothing),
        cmocka_unit_test(random_text_reports_nothing),
        cmocka_unit_test(prose_about_logs_is_read_in_good_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
