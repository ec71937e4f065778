#include "anchors.h"

#include "certificate_input.h"
#include "inputs.h"

#include <fedval/certificate.h>
#include <fedval/files.h>

#include <stdio.h>

/* Says of what is given as a root that it is no CA: nothing can come from it. */
static void say_no_ca(const char *path, const cmd_input *input)
{
    fedval_certificate_list *list = NULL;
    if (fedval_certificate_list_new(input->data, input->len, &list, NULL) != FEDVAL_OK)
        return;
    for (size_t i = 0; i < fedval_certificate_list_count(list); i++) {
        const fedval_certificate *certificate = fedval_certificate_list_get(list, i);
        if (fedval_certificate_get_version(certificate) >= 3 &&
            fedval_certificate_is_ca(certificate) == 0) {
            fprintf(stderr, "fedval: %s: not a CA certificate: %s\n", path,
                    fedval_certificate_get_subject(certificate));
        }
    }
    fedval_certificate_list_free(list);
}

static bool append_file(fedval_anchors *anchors, uint32_t anchor_class, const char *path,
                        const char *password_path, cmd_output *output)
{
    cmd_input input = {0};
    fedval_error *error = fedval_error_new();
    bool ok = certificate_input_read(&input, path, password_path, output);
    if (ok) {
        fedval_status status = fedval_anchors_append(anchors, anchor_class,
                                                     (const uint8_t *)input.data, input.len, error);
        ok = status == FEDVAL_OK;
        if (!ok)
            output_refuse(output, EXIT_INPUT, path, status, error);
        else if (anchor_class == FEDVAL_ANCHOR_PRIVATE)
            say_no_ca(path, &input);
    }
    fedval_error_free(error);
    input_clear(&input);
    return ok;
}

static bool append_bundle(fedval_anchors *anchors, cmd_output *output)
{
    const char *path = fedval_system_roots_get_path();
    if (path != NULL) {
        output->options.public_roots = path; /* Mozilla's as a rule: the text says which */
        return append_file(anchors, FEDVAL_ANCHOR_PUBLIC, path, NULL, output);
    }
    fputs("fedval: no bundle of public roots found on this machine; --public-trust gives one\n",
          stderr);
    return true;
}

static bool append_files(fedval_anchors *anchors, uint32_t anchor_class, const cmd_values *files,
                         const char *password_path, cmd_output *output)
{
    bool ok = true;
    for (size_t i = 0; ok && i < files->count; i++)
        ok = append_file(anchors, anchor_class, files->items[i], password_path, output);
    return ok;
}

fedval_anchors *anchors_load(const cmd_settings *settings, const fedval_verifier *verifier,
                             cmd_output *output)
{
    fedval_anchors *anchors = NULL;
    fedval_status status = fedval_anchors_new(&anchors);
    bool ok = status == FEDVAL_OK && append_files(anchors, FEDVAL_ANCHOR_PRIVATE, &settings->trust,
                                                  settings->password_file, output);
    if (ok && settings->public_trust.count > 0) {
        ok = append_files(anchors, FEDVAL_ANCHOR_PUBLIC, &settings->public_trust,
                          settings->password_file, output);
    } else if (ok) {
        ok = append_bundle(anchors, output);
    }
    if (ok)
        status = fedval_anchors_seal(anchors, verifier);
    if (status != FEDVAL_OK)
        output_internal(output, status);
    if (ok && status == FEDVAL_OK)
        return anchors;
    fedval_anchors_free(anchors);
    return NULL;
}

static bool append_crl(fedval_crls *crls, const char *path, cmd_output *output)
{
    cmd_input input = {0};
    fedval_error *error = fedval_error_new();
    bool ok = input_read(&input, path, output);
    if (ok) {
        fedval_status status =
            fedval_crls_append(crls, (const uint8_t *)input.data, input.len, error);
        ok = status == FEDVAL_OK;
        if (!ok)
            output_refuse(output, EXIT_INPUT, path, status, error);
    }
    fedval_error_free(error);
    input_clear(&input);
    return ok;
}

bool crls_load(const cmd_settings *settings, fedval_crls **out_crls, cmd_output *output)
{
    fedval_crls *crls = NULL;
    bool ok = true;
    if (settings->crls.count == 0)
        return true;
    fedval_status status = fedval_crls_new(&crls);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return false;
    }
    for (size_t i = 0; ok && i < settings->crls.count; i++)
        ok = append_crl(crls, settings->crls.items[i], output);
    if (ok)
        *out_crls = crls;
    else
        fedval_crls_free(crls);
    return ok;
}
