/* Where the tool finds clang's own headers if those that the build found are gone: next to the library, whose place
 * this program takes. */
#include "scan_clang.h"

#include "unit.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;

CXIndex clang_createIndex(int excludes_declarations, int displays_diagnostics)
{
    (void)excludes_declarations, (void)displays_diagnostics;
    return NULL;
}

/* Return the path of a file next to this program. */
static const char *next_to_program(const char *name)
{
    char program[PATH_MAX] = "";
    assert_true(readlink("/proc/self/exe", program, sizeof program - 1) > 0);
    *strrchr(program, '/') = '\0';
    return arena_print(&arena, "%s/%s", program, name);
}

static const char *const folders[] = {"clang", "clang/1", "clang/2", "clang/2/include"};
static const char header[] = "clang/2/include/stddef.h";

static int make_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        (void)mkdir(next_to_program(folders[i]), 0777);
    return close(open(next_to_program(header), O_WRONLY | O_CREAT, 0666));
}

static int remove_headers(void **state)
{
    (void)state;
    (void)unlink(next_to_program(header));
    for (size_t i = sizeof folders / sizeof *folders; i-- > 0;)
        (void)rmdir(next_to_program(folders[i]));
    return 0;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Return the only flag that begins so, or NULL if there is none. */
static const char *flag(const struct flags *flags, const char *start)
{
    const char *found = NULL;
    for (size_t i = 0; i < flags->count; i++)
        if (strncmp(flags->items[i], start, strlen(start)) == 0) {
            assert_null(found);
            found = flags->items[i];
        }
    return found;
}

static void test_headers_next_to_library(void **state)
{
    (void)state;
    struct flags flags = scan_flags(&arena, NULL, 0);
    const char *expected = arena_print(&arena, "-resource-dir=%s", next_to_program("clang/2"));
    assert_string_equal(flag(&flags, "-resource-dir"), expected);
    assert_string_equal(flag(&flags, "-std"), "-std=gnu11");
}

static void test_no_headers(void **state)
{
    (void)state;
    struct flags flags = scan_flags(&arena, NULL, 0);
    assert_null(flag(&flags, "-resource-dir"));
}

static void test_given_flags(void **state)
{
    static const char *const given[] = {"-std=c99", "-w", "-resource-dir=here"};
    (void)state;
    struct flags flags = scan_flags(&arena, given, sizeof given / sizeof *given);
    assert_string_equal(flag(&flags, "-resource-dir"), "-resource-dir=here");
    assert_string_equal(flag(&flags, "-std"), "-std=c99");
    assert_null(flag(&flags, "-w"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_headers_next_to_library, make_headers, remove_headers),
        cmocka_unit_test(test_no_headers),
        cmocka_unit_test_setup_teardown(test_given_flags, make_headers, remove_headers),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
