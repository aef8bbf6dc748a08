# SPDX-License-Identifier: GPL-3.0-or-later
# graminsta_library(<name> [MOC] HEADERS <h>... [SOURCES <cpp>...] [PUBLIC <lib>...] [PRIVATE <lib>...])
#   One layer of the architecture: a static library with an include root of its own, so that a header of a layer it does
#   not link cannot even be found. Without SOURCES the library is header-only; MOC where it has Q_OBJECT.
# graminsta_executable(<name> SOURCES <cpp>... [LIBRARIES <lib>...])
# graminsta_test(<name> SOURCES <cpp>... [LIBRARIES <lib>...] [LABELS <label>...] [TIMEOUT <seconds>] [ENVIRONMENT <K=V>...])
#   A Qt Test program tst_<name>, registered with CTest under the same name. Labels say what a test needs: unit, contract,
#   api, fault, app, clients (docs/patterns.md, "Tests").
# graminsta_benchmark(<name> SOURCES <cpp>... [LIBRARIES <lib>...])
#   A program bench_<name> for `./dev bench`, which prints its figures as JSON lines (docs/contributing.md).

add_library(graminsta_warnings INTERFACE)
target_compile_features(graminsta_warnings INTERFACE cxx_std_20)
target_compile_options(graminsta_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Werror
    $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>)
target_compile_definitions(graminsta_warnings INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    GRAMINSTA_VERSION="${PROJECT_VERSION}")

# lld links several times faster than Debian's default, and every test is a program of its own.
find_program(GRAMINSTA_LLD ld.lld)
mark_as_advanced(GRAMINSTA_LLD)
if(GRAMINSTA_LLD)
    add_link_options(-fuse-ld=lld)
endif()

# A program loads what it uses only: the decoders are in the libraries of media and video, and not in the server.
add_link_options(LINKER:--as-needed)

# For tools that read the sources without building them (clang-tidy): the target `autogen` makes what moc makes.
set(CMAKE_GLOBAL_AUTOGEN_TARGET ON)

function(graminsta_library name)
    cmake_parse_arguments(arg "MOC" "" "HEADERS;SOURCES;PUBLIC;PRIVATE" ${ARGN})
    set(target graminsta_${name})
    if(arg_SOURCES)
        add_library(${target} STATIC ${arg_SOURCES})
        set(scope PUBLIC)
        target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} graminsta_warnings)
        target_compile_features(${target} PUBLIC cxx_std_20)
        # An error's place is logged: "server/sql/src/pool.cpp", wherever it was built.
        target_compile_options(${target} PRIVATE -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
        target_link_libraries(${target} INTERFACE ${arg_PUBLIC})
        target_compile_features(${target} INTERFACE cxx_std_20)
    endif()
    # VERIFY_INTERFACE_HEADER_SETS (a CI preset) compiles every header alone: each must be self-contained.
    target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include FILES ${arg_HEADERS})
    if(arg_MOC)
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
    endif()
    add_library(graminsta::${name} ALIAS ${target})
endfunction()

function(graminsta_executable name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} graminsta_warnings)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
endfunction()

function(graminsta_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT" ${ARGN})
    set(target tst_${name})
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE ${arg_LIBRARIES} Qt6::Test graminsta_warnings)
    set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${target})
    # tests_<label> builds the tests of one label only.
    foreach(label IN LISTS arg_LABELS)
        if(NOT TARGET tests_${label})
            add_custom_target(tests_${label})
        endif()
        add_dependencies(tests_${label} ${target})
    endforeach()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}" ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;QT_NO_GLIB=1;LC_ALL=C.UTF-8;${arg_ENVIRONMENT}")
endfunction()

function(graminsta_benchmark name)
    graminsta_executable(bench_${name} ${ARGN})
    set_target_properties(bench_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
endfunction()
