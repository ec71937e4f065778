/* The inside of a fedval_log. */
#ifndef FV_LOGS_LOG_H
#define FV_LOGS_LOG_H

#include "logs/window.h"

typedef enum fv_log_state {
    FV_LOG_NEW,
    FV_LOG_READING,
    FV_LOG_BETWEEN, /* between two sources */
    FV_LOG_FINISHED,
    FV_LOG_FAILED,
} fv_log_state;

struct fedval_log {
    fv_window window;
    fv_store store;
    fv_log_state state;
};

#endif
