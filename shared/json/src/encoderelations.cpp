// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

constexpr qsizetype kAccountBytes = 1024;

void writeMarker(JsonWriter &out, const model::Marker &marker)
{
    out.beginObject();
    out.field("last_read_id", marker.lastReadId);
    out.field("version", marker.version);
    out.field("updated_at", marker.updatedAt);
    out.endObject();
}

} // namespace

// https://docs.joinmastodon.org/entities/Marker/
QByteArray encode(const QList<model::Marker> &markers)
{
    JsonWriter out;
    out.beginObject();
    for (const model::Marker &marker : markers) {
        if (marker.timeline == QLatin1String("home")) {
            out.key("home");
            writeMarker(out, marker);
        } else if (marker.timeline == QLatin1String("notifications")) {
            out.key("notifications");
            writeMarker(out, marker);
        }
    }
    out.endObject();
    return out.take();
}

// https://docs.joinmastodon.org/entities/Preferences/
QByteArray encode(const model::Preferences &preferences)
{
    JsonWriter out;
    out.beginObject();
    out.field("posting:default:visibility", preferences.visibility);
    out.field("posting:default:sensitive", preferences.sensitive);
    out.fieldOrNull("posting:default:language", preferences.language);
    out.field("reading:expand:media", QLatin1String("default"));
    out.field("reading:expand:spoilers", false);
    out.field("reading:autoplay:gifs", false);
    out.endObject();
    return out.take();
}

// https://docs.joinmastodon.org/entities/Report/
QByteArray encode(const model::Report &report)
{
    JsonWriter out(2 * kAccountBytes);
    out.beginObject();
    out.field("id", report.id);
    out.field("action_taken", report.actionTakenAt.has_value());
    out.field("action_taken_at", report.actionTakenAt);
    out.field("category", report.category);
    out.field("comment", report.comment);
    out.field("forwarded", false);
    out.field("created_at", report.createdAt);
    out.key("status_ids");
    write(out, report.statusIds);
    out.key("rule_ids");
    write(out, report.ruleIds);
    out.key("target_account");
    write(out, report.targetAccount);
    out.endObject();
    return out.take();
}

// https://docs.joinmastodon.org/entities/Suggestion/
QByteArray encode(const QList<model::Suggestion> &suggestions)
{
    JsonWriter out(kAccountBytes * (suggestions.size() + 1));
    out.beginArray();
    for (const model::Suggestion &suggestion : suggestions) {
        out.element();
        out.beginObject();
        // The older field and the one that replaced it.
        out.field("source", QLatin1String("past_interactions"));
        out.key("sources");
        write(out, QStringList { suggestion.source });
        out.key("account");
        write(out, suggestion.account);
        out.endObject();
    }
    out.endArray();
    return out.take();
}

QByteArray encodeEmptyList()
{
    return "[]";
}

QByteArray encodeCount(int count)
{
    JsonWriter out(32);
    out.beginObject();
    out.field("count", count);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
