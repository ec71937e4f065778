#include "logs/interpret/method.h"

static const char *const names[] = {
    [FV_METHOD_ACK] = "ACK",         [FV_METHOD_BENOTIFY] = "BENOTIFY",
    [FV_METHOD_BYE] = "BYE",         [FV_METHOD_CANCEL] = "CANCEL",
    [FV_METHOD_INFO] = "INFO",       [FV_METHOD_INVITE] = "INVITE",
    [FV_METHOD_MESSAGE] = "MESSAGE", [FV_METHOD_NEGOTIATE] = "NEGOTIATE",
    [FV_METHOD_NOTIFY] = "NOTIFY",   [FV_METHOD_OPTIONS] = "OPTIONS",
    [FV_METHOD_PRACK] = "PRACK",     [FV_METHOD_PUBLISH] = "PUBLISH",
    [FV_METHOD_REFER] = "REFER",     [FV_METHOD_REGISTER] = "REGISTER",
    [FV_METHOD_SERVICE] = "SERVICE", [FV_METHOD_SUBSCRIBE] = "SUBSCRIBE",
    [FV_METHOD_UPDATE] = "UPDATE",
};

#define COUNT (sizeof(names) / sizeof(names[0]))

fv_method fv_method_find(fv_text name)
{
    for (size_t i = FV_METHOD_UNKNOWN + 1; i < COUNT; i++) {
        if (fv_text_equal_nocase(name, fv_text_of(names[i])))
            return (fv_method)i;
    }
    return FV_METHOD_UNKNOWN;
}

fv_method fv_method_of(fv_text name)
{
    fv_method found = fv_method_find(name);
    bool is_exact = found != FV_METHOD_UNKNOWN && fv_text_equal(name, fv_text_of(names[found]));
    return is_exact ? found : FV_METHOD_UNKNOWN;
}

const char *fv_method_name(fv_method method)
{
    return (size_t)method < COUNT ? names[method] : NULL;
}
