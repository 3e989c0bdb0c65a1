/* Paths from one directory to another, with percent signs for what a URL cannot contain. */
#include "link.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>

/* Return the length of the path's part that both have in common: whole names, with the slash. */
static size_t common_length(const char *a, const char *b)
{
    size_t common = 0;
    for (size_t i = 0; a[i] == b[i] && a[i] != '\0'; i++)
        if (a[i] == '/')
            common = i + 1;
    return common;
}

/* Return the path from the directory to the file. Both are absolute; the directory ends with a slash. */
static const char *path_between(struct arena *arena, const char *directory, const char *file)
{
    size_t common = common_length(directory, file);
    const char *path = file + common;
    for (const char *at = directory + common; (at = strchr(at, '/')) != NULL; at++)
        path = arena_print(arena, "../%s", path);
    return path;
}

static const char *url_of(struct arena *arena, const char *path, unsigned line)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    struct text url = {0};
    if (path[0] != '/' && strchr(path, ':') != NULL)
        text_add(&url, "./"); /* not the scheme of a URL */
    for (const char *at = path; *at != '\0'; at++)
        text_print(&url, strchr(plain, *at) != NULL ? "%c" : "%%%02X", (unsigned char)*at);
    text_print(&url, "#L%u", line);
    return text_take(arena, &url);
}

const char *link_to_header(const struct model_set *set, const struct model *model, const char *directory)
{
    char *real = directory != NULL ? realpath(directory, NULL) : NULL;
    const char *path = model->header->given;
    if (real != NULL)
        path = path_between(set->arena, arena_print(set->arena, "%s/", strcmp(real, "/") == 0 ? "" : real),
                            model->header->absolute);
    free(real);
    return url_of(set->arena, path, model->at.line);
}
