// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of documents that several documents share. Internal to the library.
#pragma once

#include <graminsta/json/writer.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>

namespace graminsta::json
{

void write(JsonWriter &out, const model::Account &account);
void write(JsonWriter &out, const model::Status &status);
void write(JsonWriter &out, const model::FilterResult &result);
void write(JsonWriter &out, const model::License &license);
void write(JsonWriter &out, const model::MediaAttachment &media);
void write(JsonWriter &out, const model::Mention &mention);
void write(JsonWriter &out, const model::Notification &notification);
void write(JsonWriter &out, const model::Relationship &relationship);
void write(JsonWriter &out, const model::Role &role);
void write(JsonWriter &out, const model::Rule &rule);
void write(JsonWriter &out, const model::Tag &tag);
void write(JsonWriter &out, const QString &text);

template<typename T> void write(JsonWriter &out, const QList<T> &list)
{
    out.beginArray();
    for (const T &item : list) {
        out.element();
        write(out, item);
    }
    out.endArray();
}

} // namespace graminsta::json
