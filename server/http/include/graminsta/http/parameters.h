// SPDX-License-Identifier: GPL-3.0-or-later
// A request's parameters from wherever they came (query, form, multipart, JSON) in one liberal reader, since clients of
// this API mix them freely. A value; not thread-safe while it is filled.
#pragma once

#include <graminsta/core/ids.h>
#include <graminsta/core/result.h>

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace graminsta::http
{

// A file that came in a multipart body, on disk in the staging folder. The last copy that goes removes the file, unless
// somebody has moved it away.
struct UploadedFile {
    QString clientName; // as the client says; never a path
    QString path;
    qint64 size = 0;
    std::shared_ptr<void> guard; // removes `path`
};

class Parameters
{
public:
    // Names are normalised when they are added: "media_ids[]", "media_ids[0]" and a JSON array are one list
    // "media_ids"; "source[privacy]" and a JSON object {"source":{"privacy":…}} are one value "source[privacy]"; lists
    // of objects keep their index: "fields_attributes[0][name]". Line breaks come out as \n.
    void add(const QString &name, const QString &value);
    // A list that is there and empty: {"media_ids":[]}. It is not among the names that begin with something.
    void addEmptyList(const QString &name);
    void addFile(const QString &name, UploadedFile file);

    [[nodiscard]] bool contains(const QString &name) const;
    // The last value given, or nothing. Never validates.
    [[nodiscard]] std::optional<QString> text(const QString &name) const;
    // All values in order; empty if there is none.
    [[nodiscard]] QStringList list(const QString &name) const;
    // Fault::Invalid naming the parameter if it is there but not of that form. Booleans: true/false, 1/0, on/off, t/f,
    // yes/no in any case.
    [[nodiscard]] Result<std::optional<bool>> boolean(const QString &name) const;
    [[nodiscard]] Result<std::optional<qint64>> integer(const QString &name) const;
    // nullptr if there is none.
    [[nodiscard]] const UploadedFile *file(const QString &name) const;
    // The names that begin with `prefix`, in the order they came: for lists of objects.
    [[nodiscard]] QStringList namesBeginningWith(const QString &prefix) const;

private:
    QStringList m_order;
    QHash<QString, QStringList> m_values;
    QHash<QString, UploadedFile> m_files;
};

// Fault::Invalid naming the parameter if it is missing or empty.
[[nodiscard]] Result<QString> requiredText(const Parameters &parameters, const QString &name);

} // namespace graminsta::http
