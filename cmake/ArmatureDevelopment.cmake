# How Armature itself is compiled when it is the project that is built: warnings, a hardened tool, and sanitizers on
# request. Flags that a project which includes Armature must never see.

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
endif()

# armature_harden(<target>): a program that overruns its memory ends instead of running what was written there. For the
# tool, whose input may be from elsewhere. The runtime is left as it is: a stack protector takes 5 % more instructions
# for each row that it reads, and programs choose their own flags when they build it.
function(armature_harden target)
    if(ARMATURE_SANITIZE)
        return() # finds more, and does not go with these
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
