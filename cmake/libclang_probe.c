/* Print the version of libclang and check that it can parse system headers. Run by FindLibClang.cmake; not part of the
 * tool. The argument is the resource directory. */
#include <clang-c/Index.h>
#include <stdio.h>

static void print(CXString text)
{
    puts(clang_getCString(text));
    clang_disposeString(text);
}

int main(int argc, char **argv)
{
    static const char source[] = "#include <stddef.h>\n"
                                 "#include <stdint.h>\n"
                                 "_Static_assert(sizeof(int64_t) == 8 && sizeof(size_t) == sizeof(void *), \"\");\n";
    struct CXUnsavedFile file = {"libclang_probe_source.c", source, sizeof source - 1};
    const char *flags[] = {"-x", "c", "-resource-dir", argc > 1 ? argv[1] : ""};
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit unit;
    int failed = 0;

    print(clang_getClangVersion());
    if (clang_parseTranslationUnit2(index, file.Filename, flags, 4, &file, 1, 0, &unit) != CXError_Success) {
        puts("libclang cannot parse any source");
        return 1;
    }
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            print(clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions()));
            failed = 1;
        }
        clang_disposeDiagnostic(diagnostic);
    }
    clang_disposeTranslationUnit(unit);
    clang_disposeIndex(index);
    return failed;
}
