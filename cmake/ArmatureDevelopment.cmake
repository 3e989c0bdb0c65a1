# How Armature itself is compiled when it is the project that is built: warnings, and sanitizers on request. Flags
# that a project which includes Armature must never see.

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
