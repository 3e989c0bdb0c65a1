# Install rules. The component `runtime` contains everything needed to build programs; the component `generator` is the
# tool. Each has its own export file, so that the runtime can be installed alone.

include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Armature")

install(TARGETS armature_runtime armature_annotations EXPORT ArmatureRuntime
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT runtime)
install(EXPORT ArmatureRuntime NAMESPACE Armature:: FILE ArmatureRuntimeTargets.cmake
        DESTINATION "${package_dir}" COMPONENT runtime)
install(DIRECTORY annotations/armature runtime/include/armature
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT runtime FILES_MATCHING PATTERN "*.h")

if(TARGET armature)
    install(TARGETS armature EXPORT ArmatureGenerator DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT generator)
    install(EXPORT ArmatureGenerator NAMESPACE Armature:: FILE ArmatureGeneratorTargets.cmake
            DESTINATION "${package_dir}" COMPONENT generator)
    install(DIRECTORY docs/man/ DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT generator
            FILES_MATCHING PATTERN "*.1")
endif()

configure_package_config_file(cmake/ArmatureConfig.cmake.in ArmatureConfig.cmake INSTALL_DESTINATION "${package_dir}"
                              NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(ArmatureConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/ArmatureConfig.cmake"
              "${CMAKE_CURRENT_BINARY_DIR}/ArmatureConfigVersion.cmake" cmake/Armature.cmake
              cmake/FindLibPQ.cmake
        DESTINATION "${package_dir}" COMPONENT runtime)

# The prefix in the pkg-config file is relative to the file, so that an installation can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig"
           OUTPUT_VARIABLE prefix_from_pkgconfig)
set(requirements "sqlite3 >= 3.37")
if(ARMATURE_POSTGRESQL)
    string(APPEND requirements ", libpq")
endif()
set(requires "Requires")
if(BUILD_SHARED_LIBS)
    set(requires "Requires.private") # the shared library links them itself
endif()
configure_file(cmake/armature.pc.in armature.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/armature.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
        COMPONENT runtime)
