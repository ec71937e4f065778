#include "vector.h"

#include "../judging.h"
#include "../reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PKI FEDVAL_SOURCE_ROOT "/tests/pki/out/"

static bool complain(const char *path, const char *what, const fedval_error *error)
{
    const char *detail = error != NULL ? fedval_error_get_message(error) : "";
    (void)fprintf(stderr, "%s: %s %s\n", path, what, detail);
    return false;
}

/* ---- certificates by name ---- */

static char *read_pki(const char *name, const char *suffix, size_t *out_len)
{
    char path[512];
    (void)snprintf(path, sizeof(path), PKI "%s%s", name, suffix);
    return read_file(path, out_len);
}

/* The base64 between the armour lines of one PEM block, without newlines. */
static json_t *body_of_block(const char *begin, const char *end)
{
    char *body = malloc((size_t)(end - begin) + 1);
    size_t len = 0;
    for (const char *c = begin; c < end; c++) {
        if (*c != '\n' && *c != '\r')
            body[len++] = *c;
    }
    json_t *text = json_stringn(body, len);
    free(body);
    return text;
}

static void append_blocks(json_t *chain, const char *pem)
{
    static const char head[] = "-----BEGIN CERTIFICATE-----", tail[] = "-----END";
    const char *at = pem;
    while ((at = strstr(at, head)) != NULL) {
        const char *begin = at + strlen(head);
        const char *end = strstr(begin, tail);
        if (end == NULL)
            return;
        json_array_append_new(chain, body_of_block(begin, end));
        at = end;
    }
}

/* "pem": "valid" in a fact stands for the chain in tests/pki/out/valid.pem. */
static bool insert_chain(json_t *fact)
{
    const char *name = json_string_value(json_object_get(fact, "pem"));
    size_t len = 0;
    char *pem = name == NULL ? NULL : read_pki(name, ".pem", &len);
    if (name == NULL)
        return true;
    if (pem == NULL)
        return false;
    json_t *chain = json_array();
    append_blocks(chain, pem);
    json_object_set_new(fact, "chain", chain);
    json_object_del(fact, "pem");
    free(pem);
    return true;
}

/* ---- the parts ---- */

static bool load_evidence(vector *v, const json_t *from, fedval_error *error)
{
    json_t *document = json_deep_copy(from);
    json_t *fact;
    size_t i;
    bool ok = true;
    json_array_foreach(json_object_get(document, "facts"), i, fact)
    {
        ok = ok && insert_chain(fact);
    }
    json_object_set_new(document, "format", json_string("fedval-evidence/1"));
    char *text = json_dumps(document, 0);
    ok = ok && text != NULL &&
         fedval_evidence_new_from_json(text, strlen(text), &v->evidence[v->num_evidence], error) ==
             FEDVAL_OK;
    v->num_evidence += ok;
    free(text);
    json_decref(document);
    return ok || complain(v->path, "evidence:", error);
}

static bool load_all_evidence(vector *v, fedval_error *error)
{
    const json_t *others = json_object_get(v->root, "others"), *other;
    size_t i;
    v->evidence = calloc(json_array_size(others) + 1, sizeof(fedval_evidence *));
    bool ok = v->evidence != NULL && load_evidence(v, json_object_get(v->root, "evidence"), error);
    json_array_foreach(others, i, other)
    {
        ok = ok && load_evidence(v, other, error);
    }
    return ok;
}

static bool load_policy(vector *v, fedval_error *error)
{
    json_t *document = json_deep_copy(json_object_get(v->root, "policy"));
    json_object_set_new(document, "format", json_string("fedval-policy/1"));
    char *text = json_dumps(document, 0);
    bool ok = text != NULL &&
              fedval_policy_new_from_json(text, strlen(text), &v->policy, error) == FEDVAL_OK;
    free(text);
    json_decref(document);
    return ok || complain(v->path, "policy:", error);
}

static bool add_anchors(vector *v, const char *key, uint32_t anchor_class, fedval_error *error)
{
    json_t *name;
    size_t i;
    json_array_foreach(json_object_get(json_object_get(v->root, "anchors"), key), i, name)
    {
        char file[256];
        size_t len = 0;
        (void)snprintf(file, sizeof(file), "certs/%s", json_string_value(name));
        char *pem = read_pki(file, ".pem", &len);
        fedval_status status =
            pem == NULL
                ? FEDVAL_ERROR_NOT_FOUND
                : fedval_anchors_append(v->anchors, anchor_class, (const uint8_t *)pem, len, error);
        free(pem);
        if (status != FEDVAL_OK)
            return complain(v->path, "anchors:", error);
    }
    return true;
}

static bool load_anchors(vector *v, const fedval_verifier *verifier, fedval_error *error)
{
    return fedval_anchors_new(&v->anchors) == FEDVAL_OK &&
           add_anchors(v, "public", FEDVAL_ANCHOR_PUBLIC, error) &&
           add_anchors(v, "private", FEDVAL_ANCHOR_PRIVATE, error) &&
           fedval_anchors_seal(v->anchors, verifier) == FEDVAL_OK;
}

static bool load_crls(vector *v, fedval_error *error)
{
    json_t *names = json_object_get(v->root, "crls"), *name;
    size_t i;
    if (json_array_size(names) == 0)
        return true;
    if (fedval_crls_new(&v->crls) != FEDVAL_OK)
        return false;
    json_array_foreach(names, i, name)
    {
        size_t len = 0;
        char *crl = read_pki(json_string_value(name), ".crl", &len);
        fedval_status status = crl == NULL
                                   ? FEDVAL_ERROR_NOT_FOUND
                                   : fedval_crls_append(v->crls, (const uint8_t *)crl, len, error);
        free(crl);
        if (status != FEDVAL_OK)
            return complain(v->path, "crls:", error);
    }
    return true;
}

static bool has_provenance(const vector *v)
{
    const char *about = json_string_value(json_object_get(v->root, "about"));
    const char *provenance = json_string_value(json_object_get(v->root, "provenance"));
    return about != NULL && strlen(about) > 5 && provenance != NULL && strlen(provenance) > 5;
}

bool vector_load(const char *path, const fedval_verifier *verifier, vector *out)
{
    json_error_t where;
    size_t len = 0;
    *out = (vector){.path = path, .text = read_file(path, &len)};
    out->root = out->text == NULL ? NULL : json_loads(out->text, 0, &where);
    if (out->root == NULL)
        return complain(path, out->text != NULL ? where.text : "cannot be read", NULL);
    if (!has_provenance(out))
        return complain(path, "about or provenance is missing", NULL);
    fedval_error *error = fedval_error_new();
    bool ok = load_all_evidence(out, error) && load_policy(out, error) &&
              load_anchors(out, verifier, error) && load_crls(out, error);
    fedval_error_free(error);
    return ok;
}

fedval_status vector_evaluate(const vector *v, const fedval_verifier *verifier,
                              fedval_report **out_report)
{
    fedval_judge *judge = NULL;
    fedval_report **reports = calloc(v->num_evidence, sizeof(fedval_report *));
    fedval_status status = reports == NULL
                               ? FEDVAL_ERROR_NO_MEMORY
                               : new_judge(v->policy, v->anchors, v->crls, verifier, &judge);
    if (status == FEDVAL_OK) {
        status = fedval_evaluate_together(judge, 0, (const fedval_evidence *const *)v->evidence,
                                          v->num_evidence, reports);
    }
    if (status == FEDVAL_OK)
        *out_report = reports[0];
    for (size_t i = 1; status == FEDVAL_OK && i < v->num_evidence; i++)
        fedval_report_free(reports[i]);
    fedval_judge_free(judge);
    free(reports);
    return status;
}

fedval_status vector_evaluate_with(const vector *v, const fedval_verifier *verifier,
                                   const char *actions_json, fedval_report **out_report)
{
    fedval_judge *judge = NULL;
    fedval_status status = new_judge(v->policy, v->anchors, v->crls, verifier, &judge);
    if (status == FEDVAL_OK) {
        status = fedval_evaluate_with_actions(judge, 0, v->evidence[0], actions_json,
                                              FEDVAL_NUL_ENDED, out_report, NULL);
    }
    fedval_judge_free(judge);
    return status;
}

void vector_clear(vector *v)
{
    for (size_t i = 0; i < v->num_evidence; i++)
        fedval_evidence_free(v->evidence[i]);
    free(v->evidence);
    fedval_policy_free(v->policy);
    fedval_anchors_free(v->anchors);
    fedval_crls_free(v->crls);
    json_decref(v->root);
    free(v->text);
}
