/* Archives of logs: whatever the bytes, what comes out of all their layers stays within the limits,
 * and what is fed to the log are whole sources. */
#include "fuzz.h"

#include "inputs.h"
#include "log_input.h"

#include <stdlib.h>
#include <string.h>

/* A block of libarchive can be this long: so far the limits may be passed before they are seen. */
#define BLOCK ((uint64_t)4 << 20)

/* ---- what the command has around the reader ---- */

static size_t num_refusals;

void output_refuse_text(cmd_output *output, int exit_status, const char *source,
                        const char *message)
{
    (void)output;
    require(exit_status == EXIT_INPUT && source != NULL && message != NULL);
    num_refusals++;
}

void output_internal(cmd_output *output, fedval_status status)
{
    (void)output;
    require(status != FEDVAL_OK);
}

const char *input_name(const char *path)
{
    return path;
}

/* ---- the target ---- */

typedef struct memory {
    log_reading *reading;
    const uint8_t *data;
    size_t left;
    size_t step;
} memory;

static bool pull(void *context, const uint8_t **out_bytes, size_t *out_len)
{
    memory *m = context;
    size_t count = m->left < m->step ? m->left : m->step;
    *out_bytes = m->data;
    *out_len = count;
    m->data += count;
    m->left -= count;
    m->reading->num_compressed += count;
    return true;
}

static void check_limits(const log_reading *reading)
{
    uint64_t allowed = reading->num_compressed * LOG_ARCHIVE_MAX_RATIO;
    allowed = allowed > LOG_ARCHIVE_FREE_BYTES ? allowed : LOG_ARCHIVE_FREE_BYTES;
    uint64_t refiltered = reading->num_compressed * LOG_ARCHIVE_MAX_REFILTERED;
    require(reading->num_expanded <= allowed + BLOCK);
    require(reading->num_headers <= LOG_ARCHIVE_MAX_HEADERS + 1);
    require(reading->num_refiltered <= refiltered + LOG_ARCHIVE_FREE_REFILTERED + BLOCK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cmd_output output = {.format = 1};
    log_attachment *attachments = NULL;
    log_reading reading = {.output = &output, .attachments = &attachments, .path = "fuzz"};
    log_stream *stream = calloc(1, sizeof(*stream));
    memory bytes = {&reading, data, size, 1 + size % 509};
    require(stream != NULL && fedval_log_new(&reading.log) == FEDVAL_OK);
    num_refusals = 0;
    *stream = (log_stream){.pull = pull, .context = &bytes, .name = "fuzz"};
    bool ok = log_stream_peek(stream) && log_reading_take(&reading, stream, 0);
    check_limits(&reading);
    require(reading.has_failed == (num_refusals > 0));
    require(ok || reading.has_failed); /* a wrong sum is told, and the reading goes on */
    require(fedval_log_finish(reading.log) == FEDVAL_OK);
    require(reading.num_logs > 0 || fedval_log_count_incidents(reading.log) == 0);
    fedval_log_free(reading.log);
    log_attachments_free(attachments);
    free(stream);
    return 0;
}
