# Find libclang (the C API only) and clang's built-in headers. Used to build the armature tool; not installed.
#
# Search LibClang_ROOT if set, otherwise versions 14 to 19, newest first, in the prefixes of llvm-config and the usual
# directories of distributions. Without clang's <stddef.h>, libclang would silently parse unknown types as `int`, so a
# libclang that cannot parse <stddef.h> and <stdint.h> is skipped.
#
# Define the target LibClang::LibClang, and set LibClang_VERSION and LibClang_RESOURCE_DIR.

set(_libclang_versions 19 18 17 16 15 14)

# Set <out> to the prefixes to search, best first.
function(_libclang_prefixes out)
    if(LibClang_ROOT)
        set(${out} "${LibClang_ROOT}" PARENT_SCOPE)
        return()
    endif()
    set(prefixes)
    foreach(version IN LISTS _libclang_versions)
        find_program(llvm_config NAMES llvm-config-${version} llvm${version}-config llvm-config${version} NO_CACHE)
        if(llvm_config)
            execute_process(COMMAND "${llvm_config}" --prefix OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE)
            list(APPEND prefixes "${prefix}")
        endif()
        unset(llvm_config)
        list(APPEND prefixes /usr/lib/llvm-${version} /usr/lib/llvm/${version} /usr/lib64/llvm${version}
             /usr/local/opt/llvm@${version} /opt/homebrew/opt/llvm@${version})
    endforeach()
    find_program(llvm_config NAMES llvm-config NO_CACHE)
    if(llvm_config)
        execute_process(COMMAND "${llvm_config}" --prefix OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE)
        list(APPEND prefixes "${prefix}")
    endif()
    list(APPEND prefixes /usr /usr/local /opt/homebrew/opt/llvm)
    list(REMOVE_DUPLICATES prefixes)
    set(${out} "${prefixes}" PARENT_SCOPE)
endfunction()

# Parse a file that includes built-in and system headers. Set <out>_VERSION, and set <out>_ERROR to libclang's errors,
# or to the empty string.
function(_libclang_probe out include_dir library resource_dir)
    set(directory "${CMAKE_BINARY_DIR}/CMakeFiles/libclang")
    try_run(exit_code compiled "${directory}" "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/libclang_probe.c"
            CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${include_dir}"
            LINK_LIBRARIES "${library}"
            COMPILE_OUTPUT_VARIABLE compile_output
            RUN_OUTPUT_VARIABLE run_output
            ARGS "\"${resource_dir}\"")
    set(version)
    set(error)
    if(NOT compiled)
        set(error "cannot build a program with it:\n${compile_output}")
    else()
        if(run_output MATCHES "version ([0-9]+(\\.[0-9]+)*)")
            set(version "${CMAKE_MATCH_1}")
        endif()
        if(NOT exit_code EQUAL 0)
            set(error "${run_output}")
        endif()
    endif()
    unset(exit_code CACHE)
    unset(compiled CACHE)
    set(${out}_VERSION "${version}" PARENT_SCOPE)
    set(${out}_ERROR "${error}" PARENT_SCOPE)
endfunction()

# Try one prefix. If its libclang works, set the LibClang_ variables in the cache; if it does not, append the reason to
# the list <failures>.
function(_libclang_try prefix failures)
    find_path(include_dir clang-c/Index.h PATHS "${prefix}/include" NO_DEFAULT_PATH NO_CACHE)
    find_library(library NAMES clang NO_DEFAULT_PATH NO_CACHE
                 PATHS "${prefix}/lib" "${prefix}/lib64" "${prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
    if(NOT include_dir OR NOT library)
        return()
    endif()
    get_filename_component(real_library "${library}" REALPATH)
    get_filename_component(library_dir "${real_library}" DIRECTORY)
    file(GLOB stddef_headers "${prefix}/lib/clang/*/include/stddef.h" "${prefix}/lib64/clang/*/include/stddef.h"
         "${library_dir}/clang/*/include/stddef.h")
    if(NOT stddef_headers)
        list(APPEND ${failures} "${library}: clang's built-in headers (clang/*/include/stddef.h) are missing")
    endif()
    list(SORT stddef_headers COMPARE NATURAL ORDER DESCENDING)
    foreach(header IN LISTS stddef_headers)
        get_filename_component(resource_dir "${header}/../.." ABSOLUTE)
        get_filename_component(resource_version "${resource_dir}" NAME)
        _libclang_probe(probe "${include_dir}" "${library}" "${resource_dir}")
        if(probe_VERSION AND NOT probe_VERSION MATCHES "^${resource_version}(\\.|$)")
            continue() # the headers belong to another version
        elseif(probe_ERROR)
            list(APPEND ${failures} "${library}: ${probe_ERROR}")
        else()
            set(LibClang_INCLUDE_DIR "${include_dir}" CACHE PATH "The directory of clang-c/Index.h" FORCE)
            set(LibClang_LIBRARY "${library}" CACHE FILEPATH "libclang" FORCE)
            set(LibClang_RESOURCE_DIR "${resource_dir}" CACHE PATH "The directory of clang's include/stddef.h" FORCE)
            set(LibClang_VERSION "${probe_VERSION}" CACHE INTERNAL "")
            return()
        endif()
    endforeach()
    set(${failures} "${${failures}}" PARENT_SCOPE)
endfunction()

# Keep the cached result unless LibClang_ROOT has changed.
if(NOT LibClang_LIBRARY OR NOT "${LibClang_FOUND_BY_ROOT}" STREQUAL "${LibClang_ROOT}")
    foreach(_libclang_variable IN ITEMS INCLUDE_DIR LIBRARY RESOURCE_DIR VERSION)
        unset(LibClang_${_libclang_variable} CACHE)
    endforeach()
    set(_libclang_failures)
    _libclang_prefixes(_libclang_all)
    foreach(_libclang_prefix IN LISTS _libclang_all)
        _libclang_try("${_libclang_prefix}" _libclang_failures)
        if(LibClang_LIBRARY)
            break()
        endif()
    endforeach()
    set(LibClang_FOUND_BY_ROOT "${LibClang_ROOT}" CACHE INTERNAL "The LibClang_ROOT of LibClang_LIBRARY")
    set(_libclang_remedy "Debian and Ubuntu: apt-get install libclang-dev libc6-dev (or libclang-19-dev).\
 Fedora: dnf install clang-devel glibc-devel. For another prefix, set -DLibClang_ROOT=<prefix>.")
    if(_libclang_failures)
        list(JOIN _libclang_failures "\n" _libclang_failures)
        string(CONCAT _libclang_remedy "None of these can parse <stddef.h> and <stdint.h>:\n"
               "${_libclang_failures}\n${_libclang_remedy}")
    endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibClang
    REQUIRED_VARS LibClang_LIBRARY LibClang_INCLUDE_DIR LibClang_RESOURCE_DIR
    VERSION_VAR LibClang_VERSION
    REASON_FAILURE_MESSAGE "${_libclang_remedy}")

if(LibClang_FOUND AND NOT TARGET LibClang::LibClang)
    add_library(LibClang::LibClang UNKNOWN IMPORTED)
    set_target_properties(LibClang::LibClang PROPERTIES
        IMPORTED_LOCATION "${LibClang_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${LibClang_INCLUDE_DIR}")
endif()
mark_as_advanced(LibClang_INCLUDE_DIR LibClang_LIBRARY LibClang_RESOURCE_DIR)
