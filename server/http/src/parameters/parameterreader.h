// SPDX-License-Identifier: GPL-3.0-or-later
// Queries, forms and JSON objects as Parameters, within limits of number and depth. Plain functions; thread-safe.
#pragma once

#include <graminsta/http/parameters.h>

class QJsonValue;

namespace graminsta::http
{

inline constexpr int kMaxParameters = 1000;
inline constexpr int kMaxParameterNameLength = 256;
inline constexpr int kMaxParameterDepth = 8;

// Adds to what others have added, and counts with it.
class ParameterReader
{
public:
    explicit ParameterReader(Parameters &parameters)
        : m_parameters(parameters)
    {
    }

    // Fault::Invalid, saying what is wrong; what was read until then has been added.
    [[nodiscard]] Result<> addUrlEncoded(QByteArrayView text);
    [[nodiscard]] Result<> addJson(const QByteArray &text);
    [[nodiscard]] Result<> add(const QString &name, const QString &value);
    [[nodiscard]] Result<> addFile(const QString &name, UploadedFile file);

private:
    [[nodiscard]] Result<> checkName(const QString &name);
    [[nodiscard]] Result<> addValue(const QString &name, const QJsonValue &value, int depth);

    Parameters &m_parameters;
    int m_count = 0;
};

} // namespace graminsta::http
