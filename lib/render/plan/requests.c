/* Requests: as a configuration for OpenSSL, and as values for Expressway's page. */
#include "render/plan/plan_file.h"

#include <string.h>

/* ub-common-name (RFC 5280, appendix A.1). */
#define COMMON_NAME_MOST 64

static void put_lines(fv_buf *out, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fv_buf_append_text(out, lines[i]);
        fv_buf_append_char(out, '\n');
    }
}

static void put_usage_line(fv_buf *out, const fedval_plan_certificate *certificate)
{
    const char *usage = "serverAuth";
    if (certificate->is_for_both)
        usage = "serverAuth, clientAuth";
    else if (certificate->role == FEDVAL_ROLE_CLIENT)
        usage = "clientAuth";
    fv_buf_append_text(out, "extendedKeyUsage = ");
    fv_buf_append_text(out, usage);
    fv_buf_append_char(out, '\n');
}

static void put_command(fv_buf *out, const fedval_plan_certificate *certificate)
{
    const char *parts[] = {"# openssl req -new -newkey rsa:2048 -nodes -config ", ".cnf -keyout ",
                           ".key -out ", ".csr\n"};
    for (size_t i = 0; i < 4; i++) {
        fv_buf_append_text(out, parts[i]);
        if (i == 3)
            break;
        fv_buf_append_text(out, certificate->peer);
        fv_buf_append_char(out, '.');
        fv_buf_append_text(out, fv_plan_role_word(certificate->role));
    }
}

/* The intent says what a name is for: a control character in it would end the comment. */
static void put_comment(fv_buf *out, const char *text)
{
    fv_buf_append_text(out, "# ");
    for (; *text != '\0'; text++) {
        bool is_control = (unsigned char)*text < 0x20 || *text == 0x7f;
        fv_buf_append_char(out, is_control ? ' ' : *text);
    }
    fv_buf_append_char(out, '\n');
}

void fv_plan_write_config(fv_buf *out, const fedval_plan_certificate *certificate)
{
    static const char *const head[] = {
        "[req]",
        "prompt = no",
        "default_bits = 2048",
        "default_md = sha256",
        "distinguished_name = subject",
        "req_extensions = extensions",
        "",
        "[subject]",
    };
    static const char *const extensions[] = {
        "",
        "[extensions]",
        "subjectAltName = @names",
        "keyUsage = critical, digitalSignature, keyEncipherment",
    };
    bool fits = strlen(certificate->common_name) <= COMMON_NAME_MOST;
    put_command(out, certificate);
    put_lines(out, head, sizeof(head) / sizeof(head[0]));
    fv_buf_append_text(out, fits ? "CN = " : "# the name of the peer is too long for a CN\nOU = ");
    fv_buf_append_text(out, fits ? certificate->common_name : "Expressway");
    fv_buf_append_char(out, '\n');
    put_lines(out, extensions, sizeof(extensions) / sizeof(extensions[0]));
    put_usage_line(out, certificate);
    fv_buf_append_text(out, "\n[names]\n");
    for (size_t i = 0; i < certificate->num_names; i++) {
        put_comment(out, certificate->names[i].purpose);
        fv_buf_append_text(out, "DNS.");
        fv_buf_append_u64(out, i + 1);
        fv_buf_append_text(out, " = ");
        fv_buf_append_text(out, certificate->names[i].name);
        fv_buf_append_char(out, '\n');
    }
}

/* ---- Expressway's page ---- */

/* The page puts the name of the peer in by itself; with its choice for a cluster it would put those
 * of all peers in too, which the configuration for OpenSSL does not have. */
static bool is_additional(const fedval_plan_certificate *certificate, size_t index)
{
    return strcmp(certificate->names[index].name, certificate->peer) != 0;
}

size_t fv_plan_page_length(const fedval_plan_certificate *certificate, size_t *out_num_names)
{
    size_t length = 0;
    *out_num_names = 0;
    for (size_t i = 0; i < certificate->num_names; i++) {
        if (is_additional(certificate, i))
            length += strlen(certificate->names[i].name) + ((*out_num_names)++ > 0);
    }
    return length;
}

static void put_additional(fv_buf *out, const fedval_plan_certificate *certificate)
{
    size_t count = 0;
    for (size_t i = 0; i < certificate->num_names; i++) {
        if (!is_additional(certificate, i))
            continue;
        fv_buf_append_text(out, count++ > 0 ? "," : "");
        fv_buf_append_text(out, certificate->names[i].name);
    }
    fv_buf_append_char(out, '\n');
}

static void put_length(fv_buf *out, const fedval_plan_certificate *certificate)
{
    size_t num_names;
    size_t length = fv_plan_page_length(certificate, &num_names);
    fv_buf_append_u64(out, num_names);
    fv_buf_append_text(out, " additional names, ");
    fv_buf_append_u64(out, length);
    fv_buf_append_text(out, " of 999 characters\n");
    if (length > FV_PLAN_PAGE_MOST) {
        fv_buf_append_text(out, "The list is too long for the page: make the request with OpenSSL, "
                                "from the .cnf file beside this one.\n");
    }
}

void fv_plan_write_page(fv_buf *out, const fedval_plan_certificate *certificate)
{
    bool is_calling = certificate->role == FEDVAL_ROLE_CLIENT;
    fv_buf_append_text(out, "On ");
    fv_buf_append_text(out, certificate->peer);
    fv_buf_append_text(out, is_calling ? ": Maintenance > Security > Client certificate"
                                       : ": Maintenance > Security > Server certificate");
    fv_buf_append_text(out, " > Generate CSR\n\nCommon name: FQDN of Expressway (");
    fv_buf_append_text(out, certificate->peer);
    fv_buf_append_text(out, ")\nSubject alternative names: FQDN of Expressway only");
    fv_buf_append_text(out, "\nKey length (in bits): 2048\nDigest algorithm: SHA-256\n"
                            "Additional alternative names (comma separated):\n\n");
    put_additional(out, certificate);
    fv_buf_append_char(out, '\n');
    put_length(out, certificate);
}
