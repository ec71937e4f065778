#define _DEFAULT_SOURCE
#include "backends/probe/sip.h"

#include "base/address.h"
#include "base/buf.h"
#include "base/text.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

/* Appends the address of our end: "192.0.2.1" or "[2001:db8::1]". */
static void append_own_address(fv_buf *out, int fd)
{
    struct sockaddr_storage own;
    socklen_t own_len = sizeof(own);
    char text[FV_ADDRESS_TEXT_SIZE];
    fv_address address = {.len = 4};
    if (getsockname(fd, (struct sockaddr *)&own, &own_len) == 0 && own.ss_family == AF_INET6) {
        address.len = 16;
        memcpy(address.bytes, &((const struct sockaddr_in6 *)(const void *)&own)->sin6_addr, 16);
    } else if (own.ss_family == AF_INET) {
        memcpy(address.bytes, &((const struct sockaddr_in *)(const void *)&own)->sin_addr, 4);
    }
    fv_address_format(&address, text);
    fv_buf_append_text(out, address.len == 16 ? "[" : "");
    fv_buf_append_text(out, text);
    fv_buf_append_text(out, address.len == 16 ? "]" : "");
}

static void append_hex(fv_buf *out, const uint8_t *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        fv_buf_append_char(out, digits[bytes[i] >> 4]);
        fv_buf_append_char(out, digits[bytes[i] & 15]);
    }
}

/* RFC 3261 8.1.1: the fields that every request has. With Max-Forwards 0 the first server must
 * answer. */
static void write_request(fv_buf *out, const char *host, int fd, const uint8_t nonce[16])
{
    fv_buf_append_text(out, "OPTIONS sip:");
    fv_buf_append_text(out, host);
    fv_buf_append_text(out, ";transport=tls SIP/2.0\r\nVia: SIP/2.0/TLS ");
    append_own_address(out, fd);
    fv_buf_append_text(out, ";branch=z9hG4bK");
    append_hex(out, nonce, 8);
    fv_buf_append_text(out, ";rport\r\nMax-Forwards: 0\r\nFrom: <sip:probe@");
    append_own_address(out, fd);
    fv_buf_append_text(out, ">;tag=");
    append_hex(out, nonce + 8, 4);
    fv_buf_append_text(out, "\r\nTo: <sip:");
    fv_buf_append_text(out, host);
    fv_buf_append_text(out, ">\r\nCall-ID: ");
    append_hex(out, nonce, 16);
    fv_buf_append_text(out, "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
}

bool fv_sip_begin(fv_sip_exchange *sip, const char *host, int fd)
{
    uint8_t nonce[16];
    fv_buf request;
    if (host == NULL || getrandom(nonce, sizeof(nonce), 0) != (ssize_t)sizeof(nonce))
        return false;
    fv_buf_init(&request);
    write_request(&request, host, fd, nonce);
    bool fits = !request.failed && request.len <= sizeof(sip->request);
    if (fits) {
        memcpy(sip->request, request.data, request.len);
        sip->request_len = request.len;
    }
    fv_buf_clear(&request);
    return fits;
}

/* Returns the length of the first line of `text`. */
static size_t line_len(fv_text text)
{
    size_t len = 0;
    while (len < text.len && text.data[len] != '\r' && text.data[len] != '\n')
        len++;
    return len;
}

static fv_text answer_text(const fv_sip_exchange *sip)
{
    return (fv_text){(const char *)sip->answer, sip->answer_len};
}

/* Returns the text after the first line; len 0 at the end. */
static fv_text next_line(fv_text text)
{
    size_t at = line_len(text);
    if (at < text.len && text.data[at] == '\r')
        at++;
    if (at < text.len && text.data[at] == '\n')
        at++;
    return (fv_text){text.data + at, text.len - at};
}

bool fv_sip_is_whole(const fv_sip_exchange *sip)
{
    if (sip->answer_len == sizeof(sip->answer))
        return true;
    if (sip->is_greeting)
        return memchr(sip->answer, '\n', sip->answer_len) != NULL;
    for (fv_text left = answer_text(sip); left.len > 0; left = next_line(left)) {
        if (line_len(left) == 0)
            return true;
    }
    return false;
}

void fv_sip_first_line(fv_bytes said, char out[80])
{
    size_t len = line_len((fv_text){(const char *)said.data, said.len}), num_odd = 0;
    if (len > 79)
        len = 79;
    for (size_t i = 0; i < len; i++) {
        bool is_printable = said.data[i] >= 0x20 && said.data[i] < 0x7F;
        out[i] = (char)(is_printable ? said.data[i] : '?');
        num_odd += !is_printable;
    }
    out[num_odd * 4 > len ? 0 : len] = '\0'; /* mostly unprintable: not a banner */
}

/* Returns the status of "SIP/2.0 200 OK"; 0 for any other line. RFC 3261 7.1: "The SIP-Version
 * string is case-insensitive". */
static uint16_t status_of(fv_text line)
{
    static const char version[] = "SIP/2.0 ";
    uint64_t status;
    size_t at = sizeof(version) - 1;
    if (line.len < at + 3 ||
        !fv_text_equal_nocase((fv_text){line.data, at}, (fv_text){version, at}) ||
        !fv_text_to_u64((fv_text){line.data + at, 3}, &status) || status < 100 || status > 699)
        return 0;
    return (uint16_t)status;
}

/* Finds the value of the Server field, as printable text; "" if there is none. */
static void find_server(const fv_sip_exchange *sip, char out[80])
{
    static const char name[] = "server:";
    out[0] = '\0';
    for (fv_text left = next_line(answer_text(sip)); left.len > 0 && line_len(left) > 0;
         left = next_line(left)) {
        size_t len = line_len(left), at = sizeof(name) - 1;
        if (len <= at || !fv_text_equal_nocase((fv_text){left.data, at}, fv_text_of(name)))
            continue;
        while (at < len && left.data[at] == ' ')
            at++;
        fv_sip_first_line((fv_bytes){(const uint8_t *)left.data + at, len - at}, out);
        return;
    }
}

fedval_status fv_sip_describe(const fv_sip_exchange *sip, fedval_fact *fact)
{
    char text[80];
    uint16_t status = status_of(answer_text(sip));
    if (status != 0) {
        find_server(sip, text);
        return fedval_fact_set_sip(fact, status, text[0] != '\0' ? text : NULL, FEDVAL_NUL_ENDED);
    }
    fv_sip_first_line((fv_bytes){sip->answer, sip->answer_len}, text);
    return text[0] != '\0' ? fedval_fact_set_banner(fact, text, FEDVAL_NUL_ENDED) : FEDVAL_OK;
}
