/* Files that this program writes: a new one beside the old, in its place once it is whole. */
#ifndef SAVED_H
#define SAVED_H

#include <stdbool.h>
#include <stdio.h>

typedef struct saved_file {
    FILE *file;   /* NULL: not open */
    char *path;   /* of what is replaced, behind links */
    char *beside; /* of the new file; NULL where `path` is no regular file (a pipe, a terminal) */
    /* It can be made again at any time: that it has reached the disk is not waited for. */
    bool is_remade;
} saved_file;

/* Only the owner can read the new file: evidence can hold names of users. False with errno set. */
bool saved_open(saved_file *saved, const char *path);
/* Puts the new file in place of the old one. False with errno set, and the old one is as it was. */
bool saved_finish(saved_file *saved);
/* Removes the new file. */
void saved_discard(saved_file *saved);

#endif
