/* Strings that grow, and files. Knows nothing about models. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void text_reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (text->data != NULL && needed <= text->capacity)
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

char *text_take(struct arena *arena, struct text *text)
{
    char *copy = arena_copy(arena, text->data, text->length);
    text_free(text);
    return copy;
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
    const char *reason = errno == ENXIO ? "no process reads it" : strerror(errno);
    fprintf(stderr, "armature: error: cannot %s %s: %s\n", what, path, reason);
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

static bool create_directories(const char *path)
{
    struct text directory = {0};
    if (path[0] == '\0') {
        fputs("armature: error: an output has an empty name\n", stderr);
        return false;
    }
    text_add(&directory, path);
    bool done = true;
    for (char *at = strchr(directory.data + 1, '/'); done && at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(directory.data, 0777) != 0 && errno != EEXIST)
            done = complain("create the directory", directory.data);
        *at = '/';
    }
    text_free(&directory);
    return done;
}

static bool write_all(int file, const struct text *content)
{
    for (size_t done = 0; done < content->length;) {
        ssize_t written = write(file, content->data + done, content->length - done);
        if (written >= 0)
            done += (size_t)written;
        else if (errno != EINTR)
            return false;
    }
    return true;
}

/* Open the existing file, or the target of a dangling link. A pipe without a reader is an error; do not wait for
 * one. */
static int open_in_place(const char *path, int flags)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags, 0666);
    if (file >= 0)
        (void)fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
    return file;
}

static bool write_in_place(const char *path, const struct text *content)
{
    int file = open_in_place(path, O_CREAT);
    if (file < 0)
        return complain("write", path);
    bool done = write_all(file, content);
    done = close(file) == 0 && done;
    return done || complain("write", path);
}

/* Set the mode and owner of the existing file, or those of a new one. Only root can keep another user's ownership. */
static bool set_ownership(int file, const struct stat *present)
{
    if (present != NULL) {
        bool is_kept = fchown(file, present->st_uid, present->st_gid) == 0;
        mode_t mode = present->st_mode & (is_kept ? 07777 : 0777);
        return fchmod(file, mode) == 0;
    }
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(file, 0666 & ~mask) == 0;
}

static bool replace_by_temporary(const char *path, char *temporary, const struct text *content,
                                 const struct stat *present)
{
    int file = mkostemps(temporary, (int)strlen(".tmp"), O_CLOEXEC);
    if (file < 0)
        return complain("write", path);
    bool done = write_all(file, content) && set_ownership(file, present);
    done = close(file) == 0 && done;
    done = done && rename(temporary, path) == 0;
    if (!done) {
        complain("write", path);
        unlink(temporary);
    }
    return done;
}

/* Write a file next to the target and rename it, so that a reader never sees a partial file. Signals are blocked until
 * the temporary file is gone. */
static bool replace(const char *path, const struct text *content, const struct stat *present)
{
    struct text temporary = {0};
    sigset_t all, before;
    text_print(&temporary, "%s.XXXXXX.tmp", path);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    bool done = replace_by_temporary(path, temporary.data, content, present);
    sigprocmask(SIG_SETMASK, &before, NULL);
    text_free(&temporary);
    return done;
}

/* Follow a link and replace its target, whose name realpath returns. */
static bool write_target(const char *path, const struct text *content, const struct stat *present)
{
    struct stat link;
    if (present == NULL)
        return lstat(path, &link) == 0 ? write_in_place(path, content) : replace(path, content, NULL);
    if (!S_ISREG(present->st_mode))
        return write_in_place(path, content);
    char *real = realpath(path, NULL);
    bool done = real != NULL ? replace(real, content, present) : complain("write", path);
    free(real);
    return done;
}

bool output_file(const char *path, const struct text *content, enum output_mode mode, bool *is_stale)
{
    struct stat present;
    bool exists = stat(path, &present) == 0;
    if (exists && S_ISREG(present.st_mode) && has_content(path, content))
        return true;
    if (mode == OUTPUT_CHECK) {
        fprintf(stderr, "armature: %s is stale\n", path);
        *is_stale = true;
        return true;
    }
    return create_directories(path) && write_target(path, content, exists ? &present : NULL);
}

bool output_stamp(const char *path)
{
    if (!create_directories(path))
        return false;
    int file = open_in_place(path, O_CREAT);
    if (file < 0)
        return complain("write", path);
    bool touched = futimens(file, NULL) == 0;
    close(file);
    return touched || complain("touch", path);
}

/* ---- Paths ------------------------------------------------------------------------------------------------------- */

/* Identify an existing regular file by device and inode, a missing one by its path. Other files may be given several
 * times. */
struct identity {
    const char *path;
    bool is_regular;
    bool is_absent;
    dev_t device;
    ino_t number;
};

static struct identity identify(const char *path)
{
    struct stat present;
    if (stat(path, &present) != 0)
        return (struct identity){.path = path, .is_absent = true};
    return (struct identity){
        .path = path,
        .is_regular = S_ISREG(present.st_mode),
        .device = present.st_dev,
        .number = present.st_ino,
    };
}

static bool is_same_file(const struct identity *a, const struct identity *b)
{
    if (a->is_absent && b->is_absent)
        return strcmp(a->path, b->path) == 0;
    return a->is_regular && b->is_regular && a->device == b->device && a->number == b->number;
}

bool output_check_paths(struct arena *arena, const char *const *outputs, size_t output_count, const char *const *inputs,
                        size_t input_count)
{
    size_t count = input_count + output_count;
    struct identity *files = arena_take(arena, count * sizeof *files);
    for (size_t i = 0; i < count; i++)
        files[i] = identify(i < input_count ? inputs[i] : outputs[i - input_count]);
    for (size_t i = input_count; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (is_same_file(&files[i], &files[j])) {
                fprintf(stderr, "armature: error: the output %s would replace %s, which is %s\n", files[i].path,
                        files[j].path, j < input_count ? "an input" : "another output");
                return false;
            }
    return true;
}

/* A backslash is literal, except at the end and before a character that is escaped, where it is doubled. A % needs no
 * escape in a prerequisite, and ninja has none for it. */
void output_depfile_name(struct text *text, const char *name)
{
    while (*name != '\0') {
        size_t backslashes = strspn(name, "\\");
        bool is_escaped = strchr(" #:", name[backslashes]) != NULL; /* a space or a colon follows the name */
        for (size_t i = 0; i < backslashes; i++)
            text_add(text, is_escaped ? "\\\\" : "\\");
        name += backslashes;
        if (*name == '\0')
            break;
        text_add(text, is_escaped ? "\\" : *name == '$' ? "$" : "");
        text_append(text, name++, 1);
    }
}
