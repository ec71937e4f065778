/* What the core needs of its host, where the host is WebAssembly: a seed for jansson's tables. All
 * else is the library's public functions, which exports.txt lists. */
#include <stddef.h>
#include <stdint.h>

void fedval_module_seed(uint32_t seed);
void json_object_seed(size_t seed);

/* jansson mixes it into its hashes, so that nobody can choose keys that collide. */
volatile uint32_t hashtable_seed;

/* Takes a random number from the host, before the first document is read. */
void fedval_module_seed(uint32_t seed)
{
    hashtable_seed = seed | 1;
}

/* jansson's function of this name asks the system for a random number; a module has none to ask. */
void json_object_seed(size_t seed)
{
    if (hashtable_seed == 0)
        hashtable_seed = (uint32_t)seed | 1;
}
