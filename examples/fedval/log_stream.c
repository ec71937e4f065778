/* Streams of bytes that can be looked at before they are read. */
#include "log_input.h"

#include <string.h>

bool log_stream_peek(log_stream *stream)
{
    while (stream->head_len < LOG_KIND_BYTES) {
        const uint8_t *bytes;
        size_t len;
        if (!stream->pull(stream->context, &bytes, &len))
            return false;
        if (len == 0)
            return true;
        size_t room = LOG_KIND_BYTES - stream->head_len;
        size_t count = len < room ? len : room;
        memcpy(stream->head + stream->head_len, bytes, count);
        stream->head_len += count;
        stream->rest = bytes + count;
        stream->rest_len = len - count;
    }
    return true;
}

bool log_stream_next(log_stream *stream, const uint8_t **out_bytes, size_t *out_len)
{
    if (!stream->head_given) {
        stream->head_given = true;
        *out_bytes = stream->head;
        *out_len = stream->head_len;
        if (stream->head_len > 0)
            return true;
    }
    if (stream->rest_len > 0) {
        *out_bytes = stream->rest;
        *out_len = stream->rest_len;
        stream->rest_len = 0;
        return true;
    }
    return stream->pull(stream->context, out_bytes, out_len);
}
