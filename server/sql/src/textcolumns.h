// SPDX-License-Identifier: GPL-3.0-or-later
// Small lists that are read and written with their row and never searched, kept in a text column. An empty list is the
// empty text. Pure functions, thread-safe.
#pragma once

#include <graminsta/entities/account.h>
#include <graminsta/entities/media.h>
#include <graminsta/entities/status.h>

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace graminsta::sql
{

[[nodiscard]] QString packTexts(const QStringList &texts);
[[nodiscard]] QStringList unpackTexts(QByteArrayView utf8);

[[nodiscard]] QString packFields(const QList<entities::ProfileField> &fields);
[[nodiscard]] QList<entities::ProfileField> unpackFields(QByteArrayView utf8);

[[nodiscard]] QString packMentions(const QList<entities::Mention> &mentions);
[[nodiscard]] QList<entities::Mention> unpackMentions(QByteArrayView utf8);

[[nodiscard]] QString packDescriptions(const QList<entities::StatusEdit::Media> &media);
[[nodiscard]] QList<entities::StatusEdit::Media> unpackDescriptions(QByteArrayView utf8);

// Not JSON: every status of every page has some, and these lines are read in a tenth of the time.
[[nodiscard]] QString packVariants(const QList<entities::MediaVariant> &variants);
[[nodiscard]] QList<entities::MediaVariant> unpackVariants(QByteArrayView utf8);

// Folds case, so that names compare alike in both databases and in any locale.
[[nodiscard]] inline QString folded(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

} // namespace graminsta::sql
