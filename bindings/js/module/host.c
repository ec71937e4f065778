/* What wasi-libc asks of a host. ldns reads zones through a FILE in memory, and libc's FILE could
 * be one of the host's as well: so these would be imports. The module has no host. Every question
 * is refused, as on a machine that lacks the call. */
#include <stdint.h>

#define NO_SUCH_CALL 52 /* __WASI_ERRNO_NOSYS */

int32_t __imported_wasi_snapshot_preview1_clock_time_get(int32_t id, int64_t precision,
                                                         int32_t out);
int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t fd);
int32_t __imported_wasi_snapshot_preview1_fd_fdstat_get(int32_t fd, int32_t out);
int32_t __imported_wasi_snapshot_preview1_fd_seek(int32_t fd, int64_t offset, int32_t whence,
                                                  int32_t out);
int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t fd, int32_t parts, int32_t num_parts,
                                                   int32_t out);

int32_t __imported_wasi_snapshot_preview1_clock_time_get(int32_t id, int64_t precision, int32_t out)
{
    (void)id;
    (void)precision;
    (void)out;
    return NO_SUCH_CALL;
}

int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t fd)
{
    (void)fd;
    return NO_SUCH_CALL;
}

int32_t __imported_wasi_snapshot_preview1_fd_fdstat_get(int32_t fd, int32_t out)
{
    (void)fd;
    (void)out;
    return NO_SUCH_CALL;
}

int32_t __imported_wasi_snapshot_preview1_fd_seek(int32_t fd, int64_t offset, int32_t whence,
                                                  int32_t out)
{
    (void)fd;
    (void)offset;
    (void)whence;
    (void)out;
    return NO_SUCH_CALL;
}

int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t fd, int32_t parts, int32_t num_parts,
                                                   int32_t out)
{
    (void)fd;
    (void)parts;
    (void)num_parts;
    (void)out;
    return NO_SUCH_CALL;
}
