// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

enum class Rules { Without, With };

void write(JsonWriter &out, const model::FilterKeyword &keyword)
{
    out.beginObject();
    out.field("id", keyword.id);
    out.field("keyword", keyword.keyword);
    out.field("whole_word", keyword.wholeWord);
    out.endObject();
}

void write(JsonWriter &out, const model::FilterStatus &status)
{
    out.beginObject();
    out.field("id", status.id);
    out.field("status_id", status.statusId);
    out.endObject();
}

// https://docs.joinmastodon.org/entities/Filter/
void writeFilter(JsonWriter &out, const model::Filter &filter, Rules rules)
{
    out.beginObject();
    out.field("id", filter.id);
    out.field("title", filter.title);
    out.key("context");
    json::write(out, filter.context);
    out.field("expires_at", filter.expiresAt);
    out.field("filter_action", filter.filterAction);
    if (rules == Rules::With) {
        out.key("keywords");
        out.beginArray();
        for (const model::FilterKeyword &keyword : filter.keywords) {
            out.element();
            write(out, keyword);
        }
        out.endArray();
        out.key("statuses");
        out.beginArray();
        for (const model::FilterStatus &status : filter.statuses) {
            out.element();
            write(out, status);
        }
        out.endArray();
    }
    out.endObject();
}

void write(JsonWriter &out, const model::Filter &filter)
{
    writeFilter(out, filter, Rules::With);
}

// https://docs.joinmastodon.org/entities/V1_Filter/
void write(JsonWriter &out, const model::FilterV1 &filter)
{
    out.beginObject();
    out.field("id", filter.id);
    out.field("phrase", filter.phrase);
    out.key("context");
    json::write(out, filter.context);
    out.field("expires_at", filter.expiresAt);
    out.field("irreversible", filter.irreversible);
    out.field("whole_word", filter.wholeWord);
    out.endObject();
}

template<typename T> QByteArray document(const T &entity)
{
    JsonWriter out;
    write(out, entity);
    return out.take();
}

template<typename T> QByteArray documentOfList(const QList<T> &list)
{
    JsonWriter out;
    out.beginArray();
    for (const T &entity : list) {
        out.element();
        write(out, entity);
    }
    out.endArray();
    return out.take();
}

} // namespace

// https://docs.joinmastodon.org/entities/FilterResult/
void write(JsonWriter &out, const model::FilterResult &result)
{
    out.beginObject();
    out.key("filter");
    writeFilter(out, result.filter, Rules::Without);
    if (result.keywordMatches.isEmpty()) {
        out.nullField("keyword_matches");
    } else {
        out.key("keyword_matches");
        write(out, result.keywordMatches);
    }
    if (result.statusMatches.isEmpty()) {
        out.nullField("status_matches");
    } else {
        out.key("status_matches");
        write(out, result.statusMatches);
    }
    out.endObject();
}

QByteArray encode(const model::Filter &filter)
{
    return document(filter);
}

QByteArray encode(const QList<model::Filter> &filters)
{
    return documentOfList(filters);
}

QByteArray encode(const model::FilterKeyword &keyword)
{
    return document(keyword);
}

QByteArray encode(const QList<model::FilterKeyword> &keywords)
{
    return documentOfList(keywords);
}

QByteArray encode(const model::FilterStatus &status)
{
    return document(status);
}

QByteArray encode(const QList<model::FilterStatus> &statuses)
{
    return documentOfList(statuses);
}

QByteArray encode(const model::FilterV1 &filter)
{
    return document(filter);
}

QByteArray encode(const QList<model::FilterV1> &filters)
{
    return documentOfList(filters);
}

} // namespace graminsta::json
