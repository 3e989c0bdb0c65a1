/* A tree of two models: its relations, lists of values and bulk inserts need the runtime's virtual tables. */
#ifndef REGRESSIONS_NAMES_AT_RUN_TIME_H
#define REGRESSIONS_NAMES_AT_RUN_TIME_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct folder {
    int64_t     id   AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(folders)
  AR_HAS_MANY(files, folder_id, folder, .target = file);

struct file {
    int64_t     id   AR_PRIMARY_KEY;
    int64_t     folder_id;
    const char *name;
} AR_TABLE(files)
  AR_BELONGS_TO(folder, folder_id, files);

/* clang-format on */

#endif
