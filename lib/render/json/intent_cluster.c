/* The clusters of an intent: peers, their certificates, and names that have to stay. */
#include "base/buf.h"
#include "render/json/intent_read.h"

#include <stdlib.h>
#include <string.h>

static bool read_store(fv_intent_reader *r, json_t *peer, const char *key, fv_intent_store *out)
{
    json_t *object = fv_json_enter_member(&r->json, peer, key);
    if (object == NULL)
        return true;
    bool ok = fv_intent_is_object(r, object) &&
              fv_intent_get_file(r, object, "certificate", FEDVAL_INTENT_FILE_CERTIFICATE,
                                 &out->certificate) &&
              fv_intent_get_file(r, object, "ready", FEDVAL_INTENT_FILE_READY, &out->ready) &&
              fv_json_check_members(&r->json, object);
    out->is_given = true;
    fv_json_leave(&r->json);
    return ok;
}

static bool read_peer(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    fv_intent_peer *peer = out;
    (void)index;
    return fv_intent_is_object(r, item) && fv_intent_get_host(r, item, "name", &peer->name) &&
           FV_INTENT_READ_ARRAY(r, item, "addresses", FV_INTENT_MAX_PEERS, &peer->addresses,
                                &peer->num_addresses, fv_intent_read_address) &&
           read_store(r, item, "server", &peer->server) &&
           read_store(r, item, "calling", &peer->calling) &&
           fv_json_check_members(&r->json, item) && fv_intent_has_name(r, item, "name", peer->name);
}

static bool read_keep_name(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    fv_intent_name *name = out;
    (void)index;
    if (json_is_string(item)) {
        return fv_intent_complain(r, FEDVAL_ERROR_SYNTAX,
                                  "a text, where an object with the name is wanted, such as "
                                  "{name: mra.example.com, for: _collab-edge._tls}");
    }
    if (!fv_intent_is_object(r, item) || !fv_intent_get_name(r, item, "name", &name->name) ||
        !fv_json_get_text(&r->json, item, "for", &name->purpose) ||
        !fv_intent_get_name(r, item, "peer", &name->peer) ||
        !fv_json_check_members(&r->json, item) || !fv_intent_has_name(r, item, "name", name->name))
        return false;
    if (name->purpose == NULL)
        return true;
    name->purpose = fv_intent_keep(r, name->purpose);
    return name->purpose != NULL;
}

/* Digits of `*at`; -1: there are none, or too many. */
static int64_t read_digits(const char **at)
{
    int64_t value = -1;
    for (size_t i = 0; i < 2 && fv_ascii_is_digit(**at); i++)
        value = (value < 0 ? 0 : value * 10) + (*(*at)++ - '0');
    return value;
}

/* "15.5", "X15.5", "X14.3.1": as FEDVAL_POLICY_EXPRESSWAY_VERSION; 0: it is none. */
static int64_t version_of(const char *text)
{
    text += *text == 'X' || *text == 'x';
    int64_t major = read_digits(&text);
    if (major <= 0 || *text++ != '.')
        return 0;
    int64_t minor = read_digits(&text);
    if (minor >= 0 && *text == '.') {
        text++;
        minor = read_digits(&text) < 0 ? -1 : minor;
    }
    return minor < 0 || *text != '\0' ? 0 : major * 100 + minor;
}

static bool read_version(fv_intent_reader *r, json_t *object, int64_t *out)
{
    const char *text = NULL;
    if (json_is_number(json_object_get(object, "version"))) {
        return fv_intent_complain_at(r, object, "version",
                                     "a number, where a release is a text: put it in quotes, such "
                                     "as \"15.5\"");
    }
    if (!fv_json_get_text(&r->json, object, "version", &text))
        return false;
    if (text == NULL)
        return true;
    *out = version_of(text);
    return *out != 0 ||
           fv_intent_complain_at(r, object, "version", "not a release such as \"15.5\"");
}

/* ---- names and addresses that only one may have ---- */

/* A name or an address, and the peer or the cluster that has it, by its index. */
typedef struct claim {
    const char *text;
    size_t owner;
} claim;

static int compare_claims(const void *left, const void *right)
{
    return strcmp(((const claim *)left)->text, ((const claim *)right)->text);
}

/* Returns what two owners claim both; NULL: nothing. The claims are sorted, so that the work does
 * not grow with the square of their number. */
static const char *find_shared(claim *claims, size_t count)
{
    qsort(claims, count, sizeof(*claims), compare_claims);
    for (size_t i = 1; i < count; i++) {
        if (claims[i].owner != claims[i - 1].owner &&
            strcmp(claims[i].text, claims[i - 1].text) == 0)
            return claims[i].text;
    }
    return NULL;
}

static size_t list_names(const fv_intent_cluster *cluster, claim *out)
{
    for (size_t i = 0; i < cluster->num_peers; i++)
        out[i] = (claim){cluster->peers[i].name, i};
    return cluster->num_peers;
}

static size_t list_addresses(const fv_intent_cluster *cluster, claim *out)
{
    size_t count = 0;
    for (size_t i = 0; i < cluster->num_peers; i++) {
        for (size_t k = 0; k < cluster->peers[i].num_addresses; k++)
            out[count++] = (claim){cluster->peers[i].addresses[k], i};
    }
    return count;
}

/* Returns room for the names and the addresses of all peers. NULL after a complaint. */
static claim *new_claims(fv_intent_reader *r, const fv_intent_cluster *clusters,
                         size_t num_clusters)
{
    size_t count = 1;
    for (size_t i = 0; i < num_clusters; i++) {
        for (size_t k = 0; k < clusters[i].num_peers; k++)
            count += 1 + clusters[i].peers[k].num_addresses;
    }
    claim *claims = calloc(count, sizeof(*claims));
    if (claims == NULL)
        fv_intent_complain(r, FEDVAL_ERROR_NO_MEMORY, "out of memory");
    return claims;
}

/* Complains that two peers of what `key` holds have `shared`; NULL: they have not. */
static bool check_shared(fv_intent_reader *r, json_t *object, const char *key, const char *said,
                         const char *shared)
{
    fv_buf message;
    if (shared == NULL)
        return true;
    fv_buf_init(&message);
    fv_buf_append_text(&message, said);
    fv_buf_append_text(&message, shared);
    (void)fv_intent_complain_at(r, object, key, message.failed ? said : message.data);
    fv_buf_clear(&message);
    return false;
}

/* A peer is found by name and by address, so no two peers share either. */
static bool check_peers(fv_intent_reader *r, json_t *item, const fv_intent_cluster *cluster)
{
    claim *claims = new_claims(r, cluster, 1);
    if (claims == NULL)
        return false;
    bool ok = check_shared(r, item, "peers", "two of them have the name ",
                           find_shared(claims, list_names(cluster, claims))) &&
              check_shared(r, item, "peers", "two of them have the address ",
                           find_shared(claims, list_addresses(cluster, claims)));
    free(claims);
    return ok;
}

/* One Expressway is a peer of one cluster. */
bool fv_intent_check_clusters(fv_intent_reader *r)
{
    const fedval_intent *intent = r->intent;
    size_t count = 0;
    claim *claims = new_claims(r, intent->clusters, intent->num_clusters);
    if (claims == NULL)
        return false;
    for (size_t i = 0; i < intent->num_clusters; i++) {
        size_t end = count + list_names(&intent->clusters[i], claims + count);
        end += list_addresses(&intent->clusters[i], claims + end);
        while (count < end)
            claims[count++].owner = i;
    }
    bool ok = check_shared(r, r->json.root, "clusters",
                           "two of them have a peer with the name or address ",
                           find_shared(claims, count));
    free(claims);
    return ok;
}

/* ---- a cluster ---- */

/* A name that stays on one peer alone. */
static bool check_keep_names(fv_intent_reader *r, json_t *item, const fv_intent_cluster *cluster)
{
    for (size_t i = 0; i < cluster->num_keep_names; i++) {
        const char *peer = cluster->keep_names[i].peer;
        bool is_known = peer == NULL;
        for (size_t k = 0; !is_known && k < cluster->num_peers; k++)
            is_known = strcmp(cluster->peers[k].name, peer) == 0;
        if (!is_known) {
            return fv_intent_complain_at(r, item, "keep_names",
                                         "one of them names a peer that the cluster does not have");
        }
    }
    return true;
}

bool fv_intent_read_cluster(fv_intent_reader *r, json_t *item, void *out, size_t index)
{
    fv_intent_cluster *cluster = out;
    (void)index;
    if (!fv_intent_is_object(r, item) || !fv_intent_get_host(r, item, "name", &cluster->name) ||
        !read_version(r, item, &cluster->version) ||
        !FV_INTENT_READ_ARRAY(r, item, "peers", FV_INTENT_MAX_PEERS, &cluster->peers,
                              &cluster->num_peers, read_peer) ||
        !FV_INTENT_READ_ARRAY(r, item, "keep_names", FV_INTENT_MAX_DOMAINS, &cluster->keep_names,
                              &cluster->num_keep_names, read_keep_name))
        return false;
    cluster->says_keep_names = cluster->keep_names != NULL;
    if (cluster->num_peers == 0) { /* a misspelt member is the better complaint */
        return fv_json_check_members(&r->json, item) &&
               fv_intent_complain_at(r, item, "peers", "a cluster has at least one peer");
    }
    return check_peers(r, item, cluster) && check_keep_names(r, item, cluster) &&
           fv_json_check_members(&r->json, item);
}
