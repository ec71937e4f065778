/* Attachments of a mail: its text is read as a log, and so is an attached text. Of each other
 * attachment it is said what it is. */
#include "base64.h"
#include "log_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { IN_HEADER, IN_BODY, IN_ATTACHMENT };

static const log_kind archive = {LOG_CLASS_OTHER, "an archive attached to a mail",
                                 "save the attachment, and give that file", 0};

void log_mail_begin(log_mail *mail, const log_stream *stream)
{
    static const char header[] = "ontent-transfer-encoding:";
    memset(mail, 0, offsetof(log_mail, line));
    for (size_t i = 0; i + sizeof(header) <= stream->head_len && !mail->is_mail; i++) {
        mail->is_mail =
            strncasecmp((const char *)stream->head + i, header, sizeof(header) - 1) == 0;
    }
    mail->source = stream->name;
}

/* ---- one line ---- */

/* Takes the name in `filename="logs.zip"` or `name=logs.zip`, without its folders. */
static void take_name(log_mail *mail)
{
    const char *name = strstr(mail->line, "name=");
    if (name == NULL)
        return;
    name += strlen("name=");
    name += *name == '"';
    size_t end = strcspn(name, "\";"), from = end;
    while (from > 0 && name[from - 1] != '/' && name[from - 1] != '\\')
        from--;
    snprintf(mail->name, sizeof(mail->name), "%.*s", (int)(end - from), name + from);
}

static void take_header(log_mail *mail)
{
    static const char encoding[] = "Content-Transfer-Encoding:";
    if (mail->line_len == 0) {
        mail->state = mail->is_base64 ? IN_ATTACHMENT : IN_BODY;
        return;
    }
    take_name(mail);
    if (strncasecmp(mail->line, encoding, sizeof(encoding) - 1) != 0)
        return;
    const char *word = mail->line + sizeof(encoding) - 1;
    word += strspn(word, " ");
    mail->is_base64 = strncasecmp(word, "base64", 6) == 0;
}

/* Decodes base64 (RFC 4648 4) until the first bytes are there. */
static void decode(log_mail *mail)
{
    for (size_t i = 0; i < mail->line_len && mail->head_len < sizeof(mail->head); i++) {
        int value = base64_value(mail->line[i]);
        if (value < 0)
            continue;
        mail->bits = (mail->bits << 6 | (uint32_t)value) & 0xffff;
        mail->num_bits += 6;
        if (mail->num_bits < 8)
            continue;
        mail->num_bits -= 8;
        mail->head[mail->head_len++] = (uint8_t)(mail->bits >> mail->num_bits);
    }
}

/* Keeps the first attachment that is no text. Returns false if memory is short. */
static bool look(log_mail *mail, log_attachment **attachments)
{
    const log_kind *kind = log_kind_of(mail->head, mail->head_len, mail->name);
    if (kind->class == LOG_CLASS_TEXT || mail->head_len == 0 || mail->has_attachment)
        return true;
    log_attachment *attachment = calloc(1, sizeof(*attachment));
    if (attachment == NULL)
        return false;
    snprintf(attachment->source, sizeof(attachment->source), "%s", mail->source);
    snprintf(attachment->name, sizeof(attachment->name), "%s/%s", mail->source,
             mail->name[0] != '\0' ? mail->name : "attachment");
    attachment->kind = kind->class == LOG_CLASS_OTHER ? kind : &archive;
    attachment->next = *attachments;
    *attachments = attachment;
    mail->has_attachment = true;
    return true;
}

/* A boundary begins another part, with a header of its own (RFC 2046 5.1.1). */
static bool end_part(log_mail *mail, log_attachment **attachments)
{
    bool ok = mail->state != IN_ATTACHMENT || look(mail, attachments);
    mail->state = IN_HEADER;
    mail->is_base64 = false;
    mail->name[0] = '\0';
    mail->head_len = 0;
    mail->num_bits = 0;
    return ok;
}

static bool take_line(log_mail *mail, log_attachment **attachments)
{
    bool ok = true;
    mail->line[mail->line_len] = '\0';
    if (mail->line_len > 2 && memcmp(mail->line, "--", 2) == 0 && mail->line[2] != ' ')
        ok = end_part(mail, attachments);
    else if (mail->state == IN_HEADER)
        take_header(mail);
    else if (mail->state == IN_ATTACHMENT)
        decode(mail);
    mail->line_len = 0;
    return ok;
}

bool log_mail_feed(log_mail *mail, const uint8_t *bytes, size_t len, log_attachment **attachments)
{
    bool ok = true;
    for (size_t i = 0; mail->is_mail && ok && i < len; i++) {
        if (bytes[i] == '\n')
            ok = take_line(mail, attachments);
        else if (bytes[i] != '\r' && mail->line_len + 1 < sizeof(mail->line))
            mail->line[mail->line_len++] = bytes[i] == '\0' ? ' ' : (char)bytes[i];
    }
    return ok;
}

bool log_mail_end(log_mail *mail, log_attachment **attachments)
{
    return !mail->is_mail || (take_line(mail, attachments) && end_part(mail, attachments));
}

/* ---- after all ---- */

const log_attachment *log_attachment_of(const log_attachment *attachments, const char *source)
{
    while (attachments != NULL && strcmp(attachments->source, source) != 0)
        attachments = attachments->next;
    return attachments;
}

void log_attachments_free(log_attachment *attachments)
{
    while (attachments != NULL) {
        log_attachment *next = attachments->next;
        free(attachments);
        attachments = next;
    }
}
