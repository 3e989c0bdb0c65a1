# Compiler flags of Armature itself when it is the top-level project: warnings, a hardened tool, and optional
# sanitizers. A project that includes Armature must not get these flags.

option(ARMATURE_WERROR "Make warnings errors" OFF)
set(ARMATURE_SANITIZE "" CACHE STRING "Sanitizers to build with, for example: address,undefined")

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion)
if(ARMATURE_WERROR)
    add_compile_options(-Werror)
endif()
if(ARMATURE_SANITIZE)
    add_compile_options(-fsanitize=${ARMATURE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${ARMATURE_SANITIZE})
    find_program(lld ld.lld NO_CACHE)
    if(lld AND CMAKE_C_COMPILER_ID MATCHES Clang) # links the large libraries of the sanitizers three times as fast
        add_link_options(-fuse-ld=lld)
    endif()
endif()

# armature_harden(<target>): make a buffer overflow abort the program. For the tool, whose input may not be trusted. The
# runtime is excluded: a stack protector costs 5 % more instructions per row read, and programs that build it choose
# their own flags.
function(armature_harden target)
    if(ARMATURE_SANITIZE)
        return() # detect more, and conflict with these flags
    endif()
    include(CheckPIESupported)
    check_pie_supported()
    set_property(TARGET ${target} PROPERTY POSITION_INDEPENDENT_CODE ON)
    target_compile_options(${target} PRIVATE -fstack-protector-strong
        "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>") # needs optimization
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
        target_link_options(${target} PRIVATE LINKER:-z,relro LINKER:-z,now)
    endif()
endfunction()
