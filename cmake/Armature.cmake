# armature_add_models(): generate code from annotated headers and compile it into a target.
#
#   armature_add_models(<target> <header>... [BASE_DIRS <dir>...] [SCHEMA <file>] [CHECKED_IN <dir>] [WARN_SCANS]
#                       [PUBLIC|PRIVATE])
#
# Run the armature tool once for all headers, compile its output into <target>, add the include directories and link
# the runtime. `#include "user.ar.h"` then works in <target> and, unless PRIVATE, in targets that link it.
#
#   BASE_DIRS   the directories that header paths are relative to: account/user.h in a base directory is included as
#               "account/user.h" and generates "account/user.ar.h". Default: the current source directory.
#   SCHEMA      also write CREATE TABLE statements to this file, relative to the current binary directory.
#   WARN_SCANS  warn of statements that read every row of a table on SQLite, although an index would help.
#   CHECKED_IN  compile the committed outputs in this directory instead; neither the tool nor libclang is needed. If
#               the tool is found, the target <target>_armature regenerates them, and <target>_armature_check fails if
#               they are stale. Neither is part of the default build.
#
# The outputs are written to <build>/armature/<target>/. Pass all headers of a target in one call. Each generated
# function has a section: linked with -Wl,--gc-sections, a program contains only those that it calls.
#
# armature_embed_migrations(): compile the migrations of a folder into a target.
#
#   armature_embed_migrations(<target> <dir> [NAME <name>])
#
# Write the migrations of <dir>, which `armature migrate new` made, as a table, compile it into <target> and link the
# runtime. A program declares it by `extern const struct ar_migrations <name>;` and passes it to ar_migrate(). The
# default name is `migrations`.

include_guard(GLOBAL)
cmake_policy(PUSH)
cmake_policy(VERSION 3.21) # for the functions below, independent of the calling project's policy version
set_property(GLOBAL PROPERTY ARMATURE_VERSION "${Armature_VERSION}")

function(armature_add_models target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "PUBLIC;PRIVATE;WARN_SCANS" "SCHEMA;CHECKED_IN" "BASE_DIRS")
    _armature_check_arguments()
    _armature_find_headers("${arg_UNPARSED_ARGUMENTS}" "${arg_BASE_DIRS}") # sets headers, base_dirs and outputs

    set(scope PUBLIC)
    if(arg_PRIVATE)
        set(scope PRIVATE)
    endif()
    set(warnings)
    if(arg_WARN_SCANS)
        set(warnings --warn-scans)
    endif()
    if(arg_CHECKED_IN)
        get_filename_component(directory "${arg_CHECKED_IN}" ABSOLUTE)
        _armature_use_checked_in()
    else()
        set(directory "${CMAKE_BINARY_DIR}/armature/${target}")
        _armature_generate()
    endif()
    set_property(TARGET ${target} PROPERTY ARMATURE_MODELS "${headers}")
    target_sources(${target} PRIVATE "${directory}/models.ar.c")
    set_property(SOURCE "${directory}/models.ar.c" TARGET_DIRECTORY ${target} APPEND PROPERTY COMPILE_OPTIONS
        "$<$<C_COMPILER_ID:GNU,Clang,AppleClang>:-ffunction-sections>")
    foreach(include_dir IN LISTS directory base_dirs)
        target_include_directories(${target} ${scope} "$<BUILD_INTERFACE:${include_dir}>")
    endforeach()
    _armature_link(${target} ${scope})
endfunction()

function(armature_embed_migrations target directory)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "NAME" "")
    get_filename_component(directory "${directory}" ABSOLUTE)
    set(name migrations)
    if(arg_NAME)
        set(name "${arg_NAME}")
    endif()
    _armature_find_tool()
    if(NOT TARGET ${target})
        set(tool_error "not a target. The first argument is the target, which must already exist.")
    elseif(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
        set(tool_error "the arguments are the target, the folder, and possibly NAME with a name.")
    elseif(NOT EXISTS "${directory}/schema.ar")
        set(tool_error "${directory} has no migrations: armature migrate new writes the first one.")
    endif()
    if(tool_error)
        message(FATAL_ERROR "armature_embed_migrations(${target}): ${tool_error}")
    endif()

    file(GLOB scripts CONFIGURE_DEPENDS "${directory}/*.sql")
    set(output "${CMAKE_BINARY_DIR}/armature/${target}/${name}.ar.c")
    add_custom_command(
        OUTPUT "${output}"
        COMMAND "${tool}" migrate embed --dir "${directory}" --name "${name}" --output "${output}"
        COMMAND "${CMAKE_COMMAND}" -E touch "${output}" # the tool does not touch unchanged files
        DEPENDS ${scripts} "${directory}/schema.ar" ${tool_depends}
        COMMENT "Embedding the migrations of ${target}"
        VERBATIM)
    target_sources(${target} PRIVATE "${output}")
    _armature_link(${target} PRIVATE)
endfunction()

# Reject invalid arguments of armature_add_models().
macro(_armature_check_arguments)
    set(known "Known are BASE_DIRS, SCHEMA, CHECKED_IN, WARN_SCANS, PUBLIC and PRIVATE.")
    if(NOT TARGET ${target})
        _armature_refuse("not a target. The first argument is the target, which must already exist.")
    endif()
    get_target_property(aliased ${target} ALIASED_TARGET)
    get_target_property(type ${target} TYPE)
    get_target_property(earlier ${target} ARMATURE_MODELS)
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(aliased OR NOT type MATCHES "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
        _armature_refuse("the target must be an executable or a library of this project, not an alias, "
                         "an interface library or a custom target.")
    elseif(earlier)
        _armature_refuse("the target already has models; pass all of its headers in one call.")
    elseif(NOT "C" IN_LIST languages)
        _armature_refuse("the generated code is C, which this project has not enabled: call enable_language(C).")
    elseif(NOT TARGET Armature::runtime)
        _armature_refuse("Armature is not found here; call find_package(Armature) in this directory or a parent.")
    elseif(arg_KEYWORDS_MISSING_VALUES)
        _armature_refuse("${arg_KEYWORDS_MISSING_VALUES} needs a value.")
    elseif(arg_PUBLIC AND arg_PRIVATE)
        _armature_refuse("PUBLIC and PRIVATE are mutually exclusive.")
    elseif(arg_SCHEMA AND arg_CHECKED_IN)
        _armature_refuse("SCHEMA needs the tool, so it cannot be used with CHECKED_IN: commit the schema as well.")
    elseif(NOT arg_UNPARSED_ARGUMENTS)
        _armature_refuse("no headers given.")
    endif()
endmacro()

# Stop with an error that names the call. ${ARGV} would split the arguments at semicolons.
function(_armature_refuse)
    set(text)
    math(EXPR last "${ARGC} - 1")
    foreach(i RANGE ${last})
        string(APPEND text "${ARGV${i}}")
    endforeach()
    message(FATAL_ERROR "armature_add_models(${target}): ${text}")
endfunction()

# Set headers (absolute paths), base_dirs (absolute) and outputs (generated headers, relative to the output directory).
function(_armature_find_headers given given_base_dirs)
    set(base_dirs)
    if(NOT given_base_dirs)
        set(given_base_dirs "${CMAKE_CURRENT_SOURCE_DIR}")
    endif()
    foreach(base_dir IN LISTS given_base_dirs)
        get_filename_component(base_dir "${base_dir}" REALPATH)
        if(NOT IS_DIRECTORY "${base_dir}")
            _armature_refuse("the base directory ${base_dir} does not exist.")
        endif()
        list(APPEND base_dirs "${base_dir}")
    endforeach()

    set(headers)
    set(outputs)
    foreach(item IN LISTS given)
        get_filename_component(header "${item}" ABSOLUTE)
        get_filename_component(header_dir "${header}" DIRECTORY)
        get_filename_component(header_dir "${header_dir}" REALPATH)
        get_filename_component(header "${header}" NAME)
        set(header "${header_dir}/${header}")
        get_source_file_property(generated "${header}" GENERATED)
        if(NOT EXISTS "${header}" AND NOT generated)
            if(item MATCHES "^[A-Z][A-Z_]+$")
                _armature_refuse("unknown keyword ${item}. ${known}")
            endif()
            _armature_refuse("the header ${header} does not exist.")
        endif()
        _armature_output_of("${header}" "${base_dirs}" output)
        if(output IN_LIST outputs)
            _armature_refuse("two headers would generate ${output}. Choose BASE_DIRS so that their paths differ.")
        endif()
        list(APPEND headers "${header}")
        list(APPEND outputs "${output}")
    endforeach()
    set(base_dirs "${base_dirs}" PARENT_SCOPE)
    set(headers "${headers}" PARENT_SCOPE)
    set(outputs "${outputs}" PARENT_SCOPE)
endfunction()

# Set <out> to the path of the generated header: the header's path relative to the innermost base directory that
# contains it, with the suffix .ar.h.
function(_armature_output_of header base_dirs out)
    set(nearest)
    foreach(base_dir IN LISTS base_dirs)
        file(RELATIVE_PATH path "${base_dir}" "${header}")
        string(LENGTH "${path}" length)
        if(NOT path MATCHES "^\\.\\./" AND (NOT nearest OR length LESS nearest_length))
            set(nearest "${path}")
            set(nearest_length ${length})
        endif()
    endforeach()
    if(NOT nearest)
        _armature_refuse("${header} is not in a base directory (${base_dirs}). Add its directory to BASE_DIRS.")
    endif()
    string(REGEX REPLACE "\\.h$" "" nearest "${nearest}")
    set(${out} "${nearest}.ar.h" PARENT_SCOPE)
endfunction()

# Generate the outputs with one rule. The rule's output is a stamp because the tool does not touch unchanged files: if
# the files themselves were the outputs, make would run the tool in every build.
macro(_armature_generate)
    _armature_find_tool()
    if(tool_error)
        _armature_refuse("${tool_error}")
    endif()
    _armature_command() # sets command, flags and flags_file
    set(stamp "${directory}.stamp")
    set(schema_options)
    set(schema)
    if(arg_SCHEMA)
        get_filename_component(schema "${arg_SCHEMA}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
        set(schema_options --schema "${schema}")
    endif()
    list(TRANSFORM outputs PREPEND "${directory}/")
    add_custom_command(
        OUTPUT "${stamp}"
        BYPRODUCTS ${outputs} "${directory}/models.ar.c" ${schema}
        COMMAND ${command} ${warnings} ${schema_options} --depfile "${directory}.d" --stamp "${stamp}" ${headers} -- ${flags}
        DEPENDS ${headers} ${tool_depends} "${flags_file}"
        DEPFILE "${directory}.d"
        COMMENT "Generating the relations of ${target}"
        COMMAND_EXPAND_LISTS VERBATIM)
    add_custom_target(${target}_armature DEPENDS "${stamp}")
    add_dependencies(${target} ${target}_armature)
    set_source_files_properties("${directory}/models.ar.c" TARGET_DIRECTORY ${target} PROPERTIES GENERATED ON)
endmacro()

# Use the outputs in the source tree. If the tool is found, add targets that regenerate and check them.
macro(_armature_use_checked_in)
    _armature_find_tool()
    _armature_command()
    set(missing)
    foreach(output IN LISTS outputs ITEMS models.ar.c)
        if(NOT EXISTS "${directory}/${output}")
            list(APPEND missing "${output}")
        endif()
    endforeach()
    if(missing)
        list(JOIN missing ", " missing)
        list(JOIN base_dirs " --base-dir " base_dir_options)
        list(JOIN headers " " header_options)
        _armature_refuse("${directory} lacks ${missing}. Generate and commit them:\n"
                         "  armature generate --output ${directory} --base-dir ${base_dir_options} ${header_options} "
                         "-- <compiler flags>")
    endif()
    if(NOT tool_error)
        add_custom_target(${target}_armature
            COMMAND ${command} ${warnings} ${headers} -- ${flags}
            COMMENT "Generating the relations of ${target} into ${directory}"
            COMMAND_EXPAND_LISTS VERBATIM)
        add_custom_target(${target}_armature_check
            COMMAND ${command} ${warnings} --check ${headers} -- ${flags}
            COMMENT "Checking the committed relations of ${target}"
            COMMAND_EXPAND_LISTS VERBATIM)
    endif()
endmacro()

# Link the runtime. Set the properties directly, because target_link_libraries() with PUBLIC or PRIVATE fails on a
# target that its project links without these keywords.
function(_armature_link target scope)
    set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES Armature::runtime)
    get_target_property(type ${target} TYPE)
    if(scope STREQUAL "PUBLIC")
        set_property(TARGET ${target} APPEND PROPERTY INTERFACE_LINK_LIBRARIES Armature::runtime)
    elseif(type MATCHES "^(STATIC|OBJECT)_LIBRARY$")
        set_property(TARGET ${target} APPEND PROPERTY INTERFACE_LINK_LIBRARIES "$<LINK_ONLY:Armature::runtime>")
    endif()
endfunction()

# Set tool to the executable and tool_depends to its files, or set tool_error. When cross compiling, the target
# armature does not run on the host, so only ARMATURE_EXECUTABLE and $PATH are considered.
function(_armature_find_tool)
    set(error)
    if(NOT ARMATURE_EXECUTABLE AND TARGET Armature::armature AND NOT CMAKE_CROSSCOMPILING)
        set(executable "$<TARGET_FILE:Armature::armature>")
        get_target_property(is_imported Armature::armature IMPORTED)
        set(depends Armature::armature)
        if(is_imported)
            set(depends "${executable}")
        endif()
    else()
        find_program(ARMATURE_EXECUTABLE armature DOC "The armature tool, built for the host"
                     NO_PACKAGE_ROOT_PATH NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH NO_CMAKE_SYSTEM_PATH
                     NO_CMAKE_FIND_ROOT_PATH)
        set(executable "${ARMATURE_EXECUTABLE}")
        set(depends "${executable}")
        _armature_check_tool(error)
    endif()
    set(tool "${executable}" PARENT_SCOPE)
    set(tool_depends "${depends}" PARENT_SCOPE)
    set(tool_error "${error}" PARENT_SCOPE)
endfunction()

# Check that the executable exists, runs here and has the version of the runtime. If not, set <out> to an error message.
function(_armature_check_tool out)
    get_property(version GLOBAL PROPERTY ARMATURE_VERSION)
    string(CONCAT remedy "Build it for this machine (it needs libclang):\n"
           "  cmake -S <Armature's sources> -B host && cmake --build host --target armature\n"
           "and pass its path:\n"
           "  cmake -DARMATURE_EXECUTABLE=<...>/host/plugin/armature ${CMAKE_BINARY_DIR}")
    if(NOT executable)
        set(${out} "the armature tool was not found. ${remedy}" PARENT_SCOPE)
        return()
    endif()
    execute_process(COMMAND "${executable}" --version
                    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
    if(NOT result EQUAL 0 OR NOT output MATCHES "armature ([0-9.]+)")
        set(${out} "${executable} does not run here: ${result} ${output}\n${remedy}" PARENT_SCOPE)
    elseif(NOT CMAKE_MATCH_1 VERSION_EQUAL version)
        set(${out} "${executable} has version ${CMAKE_MATCH_1}, the runtime ${version}. ${remedy}" PARENT_SCOPE)
    endif()
endfunction()

# Set command (the tool and its options before the headers), flags (for clang) and flags_file (contains most flags).
function(_armature_command)
    set(options)
    foreach(base_dir IN LISTS base_dirs)
        list(APPEND options --base-dir "${base_dir}")
    endforeach()
    set(standard "$<TARGET_PROPERTY:${target},C_STANDARD>")
    set(extensions "$<TARGET_PROPERTY:${target},C_EXTENSIONS>")
    set(dialect "$<IF:$<OR:$<STREQUAL:${extensions},>,$<BOOL:${extensions}>>,gnu,c>")
    set(flags_file "${CMAKE_BINARY_DIR}/armature/${target}$<$<BOOL:$<CONFIG>>:-$<CONFIG>>.flags")
    _armature_write_flags("${flags_file}")
    set(command "${tool}" generate --output "${directory}" ${options} PARENT_SCOPE)
    set(flags "$<$<BOOL:${standard}>:-std=${dialect}${standard}>" --config "${flags_file}" PARENT_SCOPE)
    set(flags_file "${flags_file}" PARENT_SCOPE)
endfunction()

# Write the target's C flags to a file for clang's --config, so that types have their size on the target platform.
# System headers are those of the project's compiler, but clang's own headers come first. It is a file because only
# file(GENERATE) evaluates $<COMPILE_LANGUAGE>, and because its timestamp makes changed flags rerun the tool.
function(_armature_write_flags file)
    _armature_platform_flags() # sets lines and implicit_dirs

    # Options that all compilers share with clang and that affect how a header is parsed.
    set(relevant "^(-[DUI].|--sysroot=|-m(32|64|x32|abi=)|-f(no-)?((un)?signed-char|short-enums|pack-struct))")
    separate_arguments(global_options UNIX_COMMAND "${CMAKE_C_FLAGS}")
    list(FILTER global_options INCLUDE REGEX "${relevant}")
    foreach(option IN LISTS global_options)
        string(APPEND lines "'${option}'\n")
    endforeach()

    set(options "$<FILTER:$<TARGET_PROPERTY:${target},COMPILE_OPTIONS>,INCLUDE,${relevant}>")
    set(definitions "$<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>")
    set(include_dirs "$<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>")
    set(include_dirs "$<REMOVE_DUPLICATES:$<FILTER:${include_dirs},EXCLUDE,${implicit_dirs}>>")
    file(GENERATE OUTPUT "${file}" CONTENT
"${lines}$<$<BOOL:${options}>:'$<JOIN:${options},'\n'>'\n>\
$<$<BOOL:${definitions}>:'-D$<JOIN:${definitions},'\n'-D>'\n>\
$<$<BOOL:${include_dirs}>:'-I$<JOIN:${include_dirs},'\n'-I>'\n>"
         CONDITION "$<COMPILE_LANGUAGE:C>" TARGET ${target})
endfunction()

# Set lines (flags for the target platform and its system headers) and implicit_dirs (a regular expression that matches
# the system include directories).
function(_armature_platform_flags)
    set(triple "${CMAKE_C_COMPILER_TARGET}")
    if(NOT triple)
        execute_process(COMMAND "${CMAKE_C_COMPILER}" -dumpmachine OUTPUT_VARIABLE triple
                        OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    endif()
    set(text)
    if(triple)
        string(APPEND text "--target=${triple}\n")
    endif()
    if(CMAKE_SYSROOT)
        string(APPEND text "'--sysroot=${CMAKE_SYSROOT}'\n")
    endif()
    set(implicit "^$")
    if(CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
        string(APPEND text "-nostdlibinc\n")
        foreach(include_dir IN LISTS CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
            if(NOT include_dir MATCHES "/(gcc|clang)/.*/include(-fixed)?$")
                string(APPEND text "-idirafter '${include_dir}'\n")
            endif()
        endforeach()
        list(TRANSFORM CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES REPLACE "([][+.*()^$?|\\])" "\\\\\\1"
             OUTPUT_VARIABLE implicit)
        list(JOIN implicit "|" implicit)
        set(implicit "^(${implicit})$")
    endif()
    set(lines "${text}" PARENT_SCOPE)
    set(implicit_dirs "${implicit}" PARENT_SCOPE)
endfunction()

cmake_policy(POP)
