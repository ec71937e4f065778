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
            fprintf(stderr,
                    "fedval: %s: not a CA certificate, so no other one can come from it: %s\n",
                    path, fedval_certificate_get_subject(certificate));
        }
    }
    fedval_certificate_list_free(list);
}

/* A file that is appended to the anchors, or to the revocation lists. */
typedef struct trust_file {
    fedval_anchors *anchors; /* NULL: to `crls` */
    uint32_t anchor_class;
    fedval_crls *crls;
    const char *path, *password_path;
} trust_file;

static fedval_status append(const trust_file *file, const cmd_input *input, fedval_error *error)
{
    return file->anchors != NULL ? fedval_anchors_append(file->anchors, file->anchor_class,
                                                         input->data, input->len, error)
                                 : fedval_crls_append(file->crls, input->data, input->len, error);
}

static bool append_file(const trust_file *file, cmd_output *output)
{
    cmd_input input = {0};
    fedval_error *error = fedval_error_new();
    bool ok = file->anchors != NULL
                  ? certificate_input_read(&input, file->path, file->password_path, output)
                  : input_read(&input, file->path, output);
    if (ok) {
        fedval_status status = append(file, &input, error);
        ok = status == FEDVAL_OK;
        if (!ok)
            output_refuse(output, EXIT_INPUT, file->path, status, error);
        else if (file->anchors != NULL && file->anchor_class == FEDVAL_ANCHOR_PRIVATE)
            say_no_ca(file->path, &input);
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
        const trust_file file = {
            .anchors = anchors, .anchor_class = FEDVAL_ANCHOR_PUBLIC, .path = path};
        return append_file(&file, output);
    }
    fputs("fedval: no bundle of public roots found on this machine; --public-trust gives one\n",
          stderr);
    return true;
}

static bool append_files(trust_file file, const cmd_values *paths, cmd_output *output)
{
    bool ok = true;
    for (size_t i = 0; ok && i < paths->count; i++) {
        file.path = paths->items[i];
        ok = append_file(&file, output);
    }
    return ok;
}

fedval_anchors *anchors_load(const cmd_settings *settings, const fedval_verifier *verifier,
                             cmd_output *output)
{
    fedval_anchors *anchors = NULL;
    fedval_status status = fedval_anchors_new(&anchors);
    trust_file file = {.anchors = anchors,
                       .anchor_class = FEDVAL_ANCHOR_PRIVATE,
                       .password_path = settings->password_file};
    bool ok = status == FEDVAL_OK && append_files(file, &settings->trust, output);
    if (ok && settings->public_trust.count > 0) {
        file.anchor_class = FEDVAL_ANCHOR_PUBLIC;
        ok = append_files(file, &settings->public_trust, output);
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

bool crls_load(const cmd_settings *settings, fedval_crls **out_crls, cmd_output *output)
{
    fedval_crls *crls = NULL;
    if (settings->crls.count == 0)
        return true;
    fedval_status status = fedval_crls_new(&crls);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return false;
    }
    bool ok = append_files((trust_file){.crls = crls}, &settings->crls, output);
    if (ok)
        *out_crls = crls;
    else
        fedval_crls_free(crls);
    return ok;
}
