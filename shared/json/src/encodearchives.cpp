// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/archives.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

void write(JsonWriter &out, const model::AccountExport &made)
{
    out.beginObject();
    out.field("id", made.id);
    out.field("state", made.state);
    out.field("bytes", made.bytes);
    out.field("statuses_count", made.statusesCount);
    out.field("media_count", made.mediaCount);
    out.fieldOrNull("error", made.error);
    out.fieldOrNull("url", made.url);
    out.field("created_at", made.createdAt);
    out.field("finished_at", made.finishedAt);
    out.field("expires_at", made.expiresAt);
    out.endObject();
}

void write(JsonWriter &out, const QList<model::AccountExport> &made)
{
    out.beginArray();
    for (const model::AccountExport &one : made) {
        out.element();
        write(out, one);
    }
    out.endArray();
}

void write(JsonWriter &out, const model::ImportCounts &counts)
{
    out.beginObject();
    out.field("part", counts.part);
    out.field("imported", counts.imported);
    out.field("skipped", counts.skipped);
    out.field("failed", counts.failed);
    out.endObject();
}

void write(JsonWriter &out, const model::ImportProblem &problem)
{
    out.beginObject();
    out.field("entry", problem.entry);
    out.field("reason", problem.reason);
    out.endObject();
}

template<typename T> void writeList(JsonWriter &out, const QList<T> &list)
{
    out.beginArray();
    for (const T &one : list) {
        out.element();
        write(out, one);
    }
    out.endArray();
}

void write(JsonWriter &out, const model::AccountImport &import)
{
    out.beginObject();
    out.field("id", import.id);
    out.field("state", import.state);
    out.field("dry_run", import.dryRun);
    out.fieldOrNull("step", import.step);
    out.field("position", import.position);
    out.key("counts");
    writeList(out, import.counts);
    if (import.problems) {
        out.key("problems");
        writeList(out, *import.problems);
    }
    out.fieldOrNull("error", import.error);
    out.field("created_at", import.createdAt);
    out.field("finished_at", import.finishedAt);
    out.endObject();
}

void write(JsonWriter &out, const QList<model::AccountImport> &imports)
{
    out.beginArray();
    for (const model::AccountImport &import : imports) {
        out.element();
        write(out, import);
    }
    out.endArray();
}

template<typename T> QByteArray document(const T &entity)
{
    JsonWriter out;
    write(out, entity);
    return out.take();
}

} // namespace

QByteArray encode(const model::AccountExport &made)
{
    return document(made);
}

QByteArray encode(const QList<model::AccountExport> &made)
{
    return document(made);
}

QByteArray encode(const model::AccountImport &import)
{
    return document(import);
}

QByteArray encode(const QList<model::AccountImport> &imports)
{
    return document(imports);
}

} // namespace graminsta::json
