#include "certificate_input.h"

#include <stdlib.h>
#include <string.h>

/* The libraries differ in what they know; OpenSSL knows more. */
#if defined(HAVE_OPENSSL)
#include <fedval/openssl.h>
#define open_with_library fedval_openssl_pkcs12_open
#elif defined(HAVE_MBEDTLS)
#include <fedval/mbedtls.h>
#define open_with_library fedval_mbedtls_pkcs12_open
#endif

#ifdef open_with_library

/* The first line of a file; NULL, said to the output, when it cannot be read. */
static char *read_password(const char *path, cmd_output *output)
{
    cmd_input input = {0};
    if (!input_read(&input, path, output))
        return NULL;
    input.data[strcspn(input.data, "\r\n")] = '\0';
    return input.data;
}

static void wipe(char *password)
{
    if (password == NULL)
        return;
    explicit_bzero(password, strlen(password));
    free(password);
}

static const char hint[] = "; give --password-file FILE";

/* Says why the file could not be opened, and with which option it can. */
static void refuse(cmd_output *output, const char *path, const char *password_path,
                   fedval_status status, fedval_error *error)
{
    char text[320] = "";
    if (status == FEDVAL_ERROR_STATE && password_path == NULL) {
        strncat(text, fedval_error_get_message(error), sizeof(text) - sizeof(hint));
        strcat(text, hint);
        fedval_error_set(error, text, FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    }
    output_refuse(output, EXIT_INPUT, path, status, error);
}

/* Puts the certificates of a PKCS #12 file in the file's place. */
static bool open_pkcs12(cmd_input *input, const char *path, const char *password_path,
                        cmd_output *output)
{
    char *pem = NULL;
    size_t pem_len = 0;
    const uint8_t *data = (const uint8_t *)input->data;
    char *password = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = open_with_library(data, input->len, NULL, 0, &pem, &pem_len, error);
    if (status == FEDVAL_ERROR_STATE && password_path != NULL) {
        output->uses_password = true;
        password = read_password(password_path, output);
        if (password == NULL) {
            fedval_error_free(error);
            return false;
        }
        status =
            open_with_library(data, input->len, password, FEDVAL_NUL_ENDED, &pem, &pem_len, error);
    }
    wipe(password);
    if (status == FEDVAL_OK) {
        input_clear(input);
        *input = (cmd_input){pem, pem_len};
    } else if (status != FEDVAL_ERROR_NOT_FOUND) {
        refuse(output, path, password_path, status, error);
    }
    fedval_error_free(error);
    return status == FEDVAL_OK || status == FEDVAL_ERROR_NOT_FOUND;
}
#else
/* RFC 7292 4: a SEQUENCE whose first element is the version, 3. */
static bool is_pkcs12(const uint8_t *data, size_t len)
{
    size_t at = len < 2 ? 0 : 2 + ((data[1] & 0x80) != 0 ? data[1] & 0x7f : 0);
    return at > 0 && at + 3 <= len && data[at] == 2 && data[at + 1] == 1 && data[at + 2] == 3;
}

static bool open_pkcs12(cmd_input *input, const char *path, const char *password_path,
                        cmd_output *output)
{
    static const char advice[] =
        "a PKCS #12 file, which this fedval cannot open: it was built without a TLS library. Take "
        "the "
        "certificates out with: openssl pkcs12 -in FILE -nokeys -out FILE.pem";
    (void)password_path;
    if (!is_pkcs12((const uint8_t *)input->data, input->len))
        return true; /* the reader of certificates names the file for what it is */
    output_refuse_text(output, EXIT_INPUT, path, advice);
    return false;
}
#endif

bool certificate_input_read(cmd_input *input, const char *path, const char *password_path,
                            cmd_output *output)
{
    if (!input_read(input, path, output))
        return false;
    bool is_der = input->len > 0 && input->data[0] == 0x30;
    if (!is_der || open_pkcs12(input, path, password_path, output))
        return true;
    input_clear(input);
    return false;
}
