// SPDX-License-Identifier: GPL-3.0-or-later
// The schema's steps, built into the program from resources/migrations. Thread-safe.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QList>
#include <QString>

namespace graminsta::sql
{

struct Migration {
    int version = 0; // 1 or more; each its own
    QString name;
    QByteArray text; // in the words of dialect.h
    QByteArray checksum; // SHA-256 of the text, in hex
};

// In the order of their versions, which may have gaps. Fault::Internal if the program was built wrong.
[[nodiscard]] Result<QList<Migration>> builtInMigrations();

// The statements of a text, without its comments.
[[nodiscard]] QList<QByteArray> statementsOf(const QByteArray &text);

} // namespace graminsta::sql
