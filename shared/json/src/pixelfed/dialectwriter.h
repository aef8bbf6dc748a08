// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of documents in Pixelfed's dialect that several documents share. Internal to the library.
#pragma once

#include "entitywriter.h"

#include <graminsta/model/collection.h>

namespace graminsta::json::pixelfed
{

// Seen in timelines of photos.
inline constexpr qsizetype kStatusBytes = 3584;
inline constexpr qsizetype kAccountBytes = 1024;

void writeEntity(JsonWriter &out, const model::Account &account);
void writeEntity(JsonWriter &out, const model::Status &status);
void writeEntity(JsonWriter &out, const model::Notification &notification);
void writeEntity(JsonWriter &out, const model::Collection &collection);
void writeEntity(JsonWriter &out, const model::CollectionWithPosts &collection);

template<typename T> void writeList(JsonWriter &out, const QList<T> &list)
{
    out.beginArray();
    for (const T &item : list) {
        out.element();
        writeEntity(out, item);
    }
    out.endArray();
}

template<typename T> QByteArray document(const T &entity, qsizetype expected)
{
    JsonWriter out(expected);
    writeEntity(out, entity);
    return out.take();
}

template<typename T> QByteArray documentOf(const QList<T> &list, qsizetype expectedOfEach)
{
    JsonWriter out(expectedOfEach * (list.size() + 1));
    writeList(out, list);
    return out.take();
}

} // namespace graminsta::json::pixelfed
