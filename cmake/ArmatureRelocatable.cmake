# armature_link_relocatable(<object library> <out>): link the objects of a library into one object with hidden symbols
# made local, and set <out> to its path. A static library of this object exports the same symbols as a shared library.
# <out> is empty if the compiler, linker or objcopy do not support this, or with link-time optimization, which needs
# separate objects.

include_guard(GLOBAL)

# Set <out> to the command line for a relocatable link, without inputs.
function(_armature_relocatable_command out)
    separate_arguments(flags NATIVE_COMMAND "${CMAKE_C_FLAGS}")
    if(CMAKE_C_COMPILER_TARGET)
        list(PREPEND flags "--target=${CMAKE_C_COMPILER_TARGET}")
    endif()
    set(${out} "${CMAKE_C_COMPILER}" ${flags} -r -nostdlib PARENT_SCOPE)
endfunction()

# Try a relocatable link with the flags of this project, and cache the result in ARMATURE_HIDES_INTERNALS.
function(_armature_check_relocatable)
    if(DEFINED ARMATURE_HIDES_INTERNALS)
        return()
    endif()
    set(directory "${CMAKE_CURRENT_BINARY_DIR}/relocatable")
    set(hides OFF)
    if(CMAKE_OBJCOPY AND NOT CMAKE_INTERPROCEDURAL_OPTIMIZATION AND NOT CMAKE_C_FLAGS MATCHES "-flto")
        file(WRITE "${directory}/probe.c" "int ar_probe(void);\nint ar_probe(void) { return 0; }\n")
        _armature_relocatable_command(link)
        execute_process(
            COMMAND ${link} -fvisibility=hidden "${directory}/probe.c" -o "${directory}/probe.o"
            RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
        if(NOT failed)
            execute_process(COMMAND "${CMAKE_OBJCOPY}" --localize-hidden "${directory}/probe.o"
                RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
        endif()
        if(NOT failed)
            set(hides ON)
        endif()
    endif()
    set(ARMATURE_HIDES_INTERNALS ${hides} CACHE INTERNAL "Internal symbols can be hidden in a static library")
endfunction()

function(armature_link_relocatable objects out)
    _armature_check_relocatable()
    set(${out} "" PARENT_SCOPE)
    if(NOT ARMATURE_HIDES_INTERNALS)
        return()
    endif()
    _armature_relocatable_command(link)
    set(object "${CMAKE_CURRENT_BINARY_DIR}/${objects}$<CONFIG>.o")
    add_custom_command(
        OUTPUT "${object}"
        COMMAND ${link} "$<TARGET_OBJECTS:${objects}>" -o "${object}"
        COMMAND "${CMAKE_OBJCOPY}" --localize-hidden "${object}"
        DEPENDS "$<TARGET_OBJECTS:${objects}>"
        COMMENT "Hiding the internal symbols of ${objects}"
        COMMAND_EXPAND_LISTS VERBATIM)
    set(${out} "${object}" PARENT_SCOPE)
endfunction()
