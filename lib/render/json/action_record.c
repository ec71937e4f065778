/* Reads the record of an action out of its texts. */
#include "base/buf.h"
#include "fedval/name.h"
#include "render/json/actions_read.h"

#include <string.h>

bool fv_action_is_name(const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    }
    return len > 0 && len < FEDVAL_NAME_SIZE;
}

/* Copies a name without its final dot. NULL: memory is short. */
static const char *copy_name(fv_arena *arena, const char *name)
{
    size_t len = strlen(name);
    return fv_arena_copy_text(arena, name, len - (len > 1 && name[len - 1] == '.'));
}

static const char *copy_owner(fv_arena *arena, const char *owner)
{
    size_t len = strlen(owner);
    char *name = fv_arena_alloc(arena, len + 1);
    if (name == NULL)
        return NULL;
    for (size_t i = 0; i <= len; i++)
        name[i] = (char)(owner[i] >= 'A' && owner[i] <= 'Z' ? owner[i] + 'a' - 'A' : owner[i]);
    if (len > 1 && name[len - 1] == '.')
        name[len - 1] = '\0';
    return name;
}

static bool read_u16(const char **at, uint16_t *out)
{
    uint32_t value = 0;
    const char *c = *at;
    for (; *c >= '0' && *c <= '9' && value <= UINT16_MAX; c++)
        value = value * 10 + (uint32_t)(*c - '0');
    if (c == *at || *c != ' ' || value > UINT16_MAX)
        return false;
    *out = (uint16_t)value;
    *at = c + 1;
    return true;
}

/* Reads "0 0 5061 host.". A target with "<" is a placeholder. */
static fedval_status read_srv(fv_arena *arena, const char *data, fv_record *out)
{
    if (!read_u16(&data, &out->priority) || !read_u16(&data, &out->weight) ||
        !read_u16(&data, &out->port))
        return FEDVAL_ERROR_SYNTAX;
    out->is_to_choose = strchr(data, '<') != NULL;
    if (*data == '\0' || strlen(data) >= FEDVAL_NAME_SIZE || strchr(data, ' ') != NULL ||
        (out->is_to_choose && !fv_action_is_name(data)))
        return FEDVAL_ERROR_SYNTAX;
    out->data = copy_name(arena, data);
    return out->data == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static fedval_status read_address(fv_arena *arena, const char *data, fv_record *out)
{
    char literal[FV_ADDRESS_TEXT_SIZE];
    const char *text = literal;
    out->is_to_choose = strcmp(data, FV_ADDRESS_TO_CHOOSE) == 0;
    if (out->is_to_choose)
        text = data;
    else if (!fv_address_parse(fv_text_of(data), &out->address) ||
             (out->address.len == 4) != (out->type == FEDVAL_TYPE_A))
        return FEDVAL_ERROR_SYNTAX;
    else
        fv_address_format(&out->address, literal);
    out->data = fv_arena_copy_text(arena, text, strlen(text));
    return out->data == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

fedval_status fv_action_read_record(fv_arena *arena, fv_report_action *action)
{
    fv_record *record = &action->record;
    record->owner = copy_owner(arena, action->owner);
    action->is_owner_to_choose = strchr(action->owner, '<') != NULL;
    if (record->owner == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    switch (record->type) {
    case FEDVAL_TYPE_SRV:
        return read_srv(arena, action->data, record);
    case FEDVAL_TYPE_A:
    case FEDVAL_TYPE_AAAA:
        return read_address(arena, action->data, record);
    case FEDVAL_TYPE_CNAME:
        record->data = copy_name(arena, action->data);
        return record->data == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    default:
        return FEDVAL_OK; /* signatures */
    }
}
