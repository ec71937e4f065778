#include "base/arena_mode.h"

const bool fv_arena_is_single = false;
