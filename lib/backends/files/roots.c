/* Finds and reads the system's bundle of public roots. This is the only file of the library that
 * opens files. */
#include "fedval/files.h"

#include "base/buf.h"
#include "base/error.h"

#include <stdio.h>

static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                /* Debian, Alpine, Arch, Gentoo */
    "/etc/pki/tls/certs/ca-bundle.crt",                  /* Fedora, RHEL */
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", /* RHEL */
    "/etc/ssl/ca-bundle.pem",                            /* SUSE */
    "/etc/ssl/cert.pem",                                 /* BSD, macOS */
    "/usr/local/share/certs/ca-root-nss.crt",            /* FreeBSD */
};

#define MAX_BUNDLE_LEN ((size_t)64 << 20)

const char *fedval_system_roots_get_path(void)
{
    for (size_t i = 0; i < sizeof(bundles) / sizeof(bundles[0]); i++) {
        FILE *file = fopen(bundles[i], "rb");
        if (file == NULL)
            continue;
        (void)fclose(file); /* nothing was written */
        return bundles[i];
    }
    return NULL;
}

static fedval_status read_all(const char *path, fv_buf *out)
{
    char piece[16384];
    size_t len;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return FEDVAL_ERROR_SYSTEM;
    while ((len = fread(piece, 1, sizeof(piece), file)) > 0 && out->len <= MAX_BUNDLE_LEN)
        fv_buf_append(out, piece, len);
    fedval_status status = ferror(file) != 0 ? FEDVAL_ERROR_SYSTEM : FEDVAL_OK;
    (void)fclose(file); /* nothing was written */
    if (status == FEDVAL_OK && out->failed)
        return FEDVAL_ERROR_NO_MEMORY;
    return out->len > MAX_BUNDLE_LEN ? FEDVAL_ERROR_LIMIT : status;
}

fedval_status fedval_judge_append_system_roots(fedval_judge *judge, fedval_error *error)
{
    fv_buf bundle;
    fv_error_reset(error);
    if (judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    const char *path = fedval_system_roots_get_path();
    if (path == NULL) {
        fv_error_set(error, "no bundle of public roots in any place where systems keep one");
        return FEDVAL_ERROR_NOT_FOUND;
    }
    fv_buf_init(&bundle);
    fedval_status status = read_all(path, &bundle);
    if (status == FEDVAL_OK) {
        status = fedval_judge_append_anchors(judge, FEDVAL_ANCHOR_PUBLIC, bundle.data, bundle.len,
                                             error);
    } else {
        fv_error_set_detail(error, "cannot be read", fv_text_of(path));
    }
    fv_buf_clear(&bundle);
    return status;
}
