/* Growing text and files. Knows nothing of models. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void text_reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = needed > 2 * text->capacity ? needed : 2 * text->capacity;
    text->data = memory_resize(text->data, capacity);
    text->capacity = capacity;
}

static void text_append(struct text *text, const char *added, size_t length)
{
    text_reserve(text, length);
    memcpy(text->data + text->length, added, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *added)
{
    text_append(text, added, strlen(added));
}

void text_print(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0)
        return;
    text_reserve(text, (size_t)length);
    va_start(arguments, format);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}

void text_add_literal(struct text *text, const char *value)
{
    text_add(text, "\"");
    for (const char *at = value; *at != '\0'; at++) {
        unsigned char character = (unsigned char)*at;
        if (character == '\n')
            text_add(text, "\\n");
        else if (character == '"' || character == '\\')
            text_print(text, "\\%c", character);
        else if (character == '?' && at > value && at[-1] == '?')
            text_add(text, "\\?"); /* no trigraph */
        else if (character < ' ' || character == 0x7f)
            text_print(text, "\\%03o", character);
        else
            text_append(text, at, 1);
    }
    text_add(text, "\"");
}

static bool complain(const char *what, const char *path)
{
    fprintf(stderr, "armature: error: cannot %s %s: %s\n", what, path, strerror(errno));
    return false;
}

static bool has_content(const char *path, const struct text *content)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char *present = memory_resize(NULL, content->length + 1);
    size_t length = fread(present, 1, content->length + 1, file);
    bool same =
        !ferror(file) && length == content->length && (length == 0 || memcmp(present, content->data, length) == 0);
    fclose(file);
    free(present);
    return same;
}

static bool make_folders(const char *path)
{
    struct text folder = {0};
    text_add(&folder, path);
    bool made = true;
    for (char *at = strchr(folder.data + 1, '/'); made && at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(folder.data, 0777) != 0 && errno != EEXIST)
            made = complain("make the folder", folder.data);
        *at = '/';
    }
    text_free(&folder);
    return made;
}

static bool write_whole(const char *path, const struct text *content)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return complain("write", path);
    bool written = content->length == 0 || fwrite(content->data, 1, content->length, file) == content->length;
    if (fclose(file) != 0 || !written)
        return complain("write", path);
    return true;
}

bool output_file(const char *path, const struct text *content, enum output_mode mode, bool *is_stale)
{
    if (has_content(path, content))
        return true;
    if (mode == OUTPUT_CHECK) {
        fprintf(stderr, "armature: %s is stale\n", path);
        *is_stale = true;
        return true;
    }
    if (path[0] == '\0' || !make_folders(path))
        return false;
    struct text temporary = {0};
    text_print(&temporary, "%s.%ld.tmp", path, (long)getpid());
    bool done = write_whole(temporary.data, content);
    if (done && rename(temporary.data, path) != 0)
        done = complain("write", path);
    if (!done)
        remove(temporary.data);
    text_free(&temporary);
    return done;
}

bool output_stamp(const char *path)
{
    if (path[0] == '\0' || !make_folders(path))
        return false;
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0)
        return complain("write", path);
    bool touched = futimens(file, NULL) == 0;
    close(file);
    return touched || complain("touch", path);
}

void output_depfile_name(struct text *text, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == ' ' || *name == '#' || *name == '\\')
            text_add(text, "\\");
        else if (*name == '$')
            text_add(text, "$");
        text_append(text, name, 1);
    }
}
