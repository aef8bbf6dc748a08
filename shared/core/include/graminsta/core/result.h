// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value or an Error; the std::expected of C++23 in the part we use, until Debian's compilers have it.
// A Result that is dropped does not compile. Not thread-safe, like any value.
#pragma once

#include <graminsta/core/error.h>

#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace graminsta
{

template<typename T = void> class [[nodiscard]] Result
{
    static_assert(!std::is_reference_v<T>, "hold a pointer or a value");

public:
    using value_type = T;

    Result(T value) // NOLINT(google-explicit-constructor): `return value;` is the point
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor): `return makeError(...);` is the point
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    // Precondition: has_value().
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    // May be dropped: GI_TRY as a statement asks only whether it went well.
    T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] T &operator*() & { return value(); }
    [[nodiscard]] const T &operator*() const & { return value(); }
    [[nodiscard]] T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    [[nodiscard]] T value_or(T other) const & { return has_value() ? value() : std::move(other); }
    [[nodiscard]] T value_or(T other) && { return has_value() ? std::move(*this).value() : std::move(other); }

    // Precondition: !has_value().
    [[nodiscard]] const Error &error() const & { return std::get<1>(m_state); }
    [[nodiscard]] Error &&error() && { return std::get<1>(std::move(m_state)); }

private:
    std::variant<T, Error> m_state;
};

template<> class [[nodiscard]] Result<void>
{
public:
    using value_type = void;

    Result() = default;
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_error(std::move(error))
        , m_ok(false)
    {
    }

    [[nodiscard]] bool has_value() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    void value() const { }

    // Precondition: !has_value().
    [[nodiscard]] const Error &error() const & { return m_error; }
    [[nodiscard]] Error &&error() && { return std::move(m_error); }

private:
    Error m_error;
    bool m_ok = true;
};

} // namespace graminsta

// A name of its own for each use: one inside a lambda inside another must not shadow it.
#define GI_TRY_CONCAT_(a, b) a##b
#define GI_TRY_NAME_(a, b) GI_TRY_CONCAT_(a, b)
#define GI_TRY_(expression, result, leave)                                                                             \
    __extension__({                                                                                                    \
        auto result = (expression);                                                                                    \
        if (!result) [[unlikely]]                                                                                      \
            leave std::move(result).error();                                                                           \
        std::move(result).value();                                                                                     \
    })

// The value of a Result, or return its error from the enclosing function (which returns a Result itself).
#define GI_TRY(expression) GI_TRY_(expression, GI_TRY_NAME_(giTryResult, __COUNTER__), return )

// GI_TRY for coroutines (QCoro::Task<Result<T>>).
#define GI_CO_TRY(expression) GI_TRY_(expression, GI_TRY_NAME_(giTryResult, __COUNTER__), co_return )
