// SPDX-License-Identifier: GPL-3.0-or-later
// The entities of the Mastodon API as its documentation has them: fields, types, and what may be null or missing.
// Strict both ways: a field that no documentation names is a violation as well. Free functions: thread-safe.
// https://docs.joinmastodon.org/entities/
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QStringList>

namespace graminsta::api_test
{

// Everything in which `value` differs from a type: an entity's name, "[Status]" for a list, or a plain type.
[[nodiscard]] QStringList violations(const QJsonValue &value, const QString &type);

// The type of a successful answer to a request; empty for what is not described (pages, files).
[[nodiscard]] QString answerType(const QByteArray &verb, const QByteArray &path);

} // namespace graminsta::api_test
