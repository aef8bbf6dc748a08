// SPDX-License-Identifier: GPL-3.0-or-later
#include "archives.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

namespace
{

QJsonObject factsOf(rig::HttpClient &http, const QJsonObject &status)
{
    QJsonObject facts;
    for (const char *field : { "created_at", "edited_at", "visibility", "sensitive", "spoiler_text", "language",
                               "content", "pinned", "comments_disabled", "replies_count" })
        facts.insert(QLatin1String(field), status[QLatin1String(field)]);
    facts.insert(QStringLiteral("tags"), status[QLatin1String("tags")].toArray().size());
    facts.insert(QStringLiteral("is_comment"), !status[QLatin1String("in_reply_to_id")].isNull());
    QJsonArray media;
    for (const auto &one : status[QLatin1String("media_attachments")].toArray()) {
        const QByteArray original =
            http.get("/api/graminsta/v1/media/" + one[QLatin1String("id")].toString().toUtf8() + "/original").body;
        media.append(
            QJsonArray { one[QLatin1String("description")], one[QLatin1String("meta")][QLatin1String("focus")],
                         QLatin1String(QCryptographicHash::hash(original, QCryptographicHash::Sha256).toHex()) });
    }
    facts.insert(QStringLiteral("media"), media);
    return facts;
}

} // namespace

HttpReply overOf(rig::HttpClient &http, const QByteArray &path)
{
    HttpReply reply;
    (void)QTest::qWaitFor(
        [&] {
            reply = http.get(path);
            return reply.status != 200 || reply.text("state") != QLatin1String("working");
        },
        kArchiveMs);
    return reply;
}

QByteArray archiveOf(rig::HttpClient &http)
{
    const HttpReply asked = http.post(kExports);
    const HttpReply over = overOf(http, kExports + '/' + asked.text("id").toUtf8());
    return http.get(QUrl(over.text("url")).path().toUtf8()).body;
}

HttpBody importBody(const QByteArray &archive, bool dryRun)
{
    return HttpBody::multipart(
        { { "dry_run", dryRun ? "true" : "false" }, { "file", archive, "archive.zip", "application/zip" } });
}

QJsonObject imported(rig::HttpClient &http, const QByteArray &archive, bool dryRun)
{
    const HttpReply begun = http.post(kImports, importBody(archive, dryRun));
    if (begun.status != 200)
        return begun.object();
    return overOf(http, kImports + '/' + begun.text("id").toUtf8()).object();
}

QString countsOf(const QJsonObject &report, const char *part)
{
    for (const auto &value : report[QLatin1String("counts")].toArray()) {
        const QJsonObject counts = value.toObject();
        if (counts[QLatin1String("part")].toString() == QLatin1String(part))
            return QStringLiteral("%1 %2 %3")
                .arg(counts[QLatin1String("imported")].toInt())
                .arg(counts[QLatin1String("skipped")].toInt())
                .arg(counts[QLatin1String("failed")].toInt());
    }
    return QString::fromUtf8(QJsonDocument(report).toJson(QJsonDocument::Compact));
}

bool unpack(const QByteArray &archive, const QString &folder)
{
    QFile file(folder + QStringLiteral("/archive.zip"));
    if (!file.open(QIODevice::WriteOnly) || file.write(archive) != archive.size())
        return false;
    file.close();
    QProcess python;
    python.start(QStringLiteral("python3"),
                 { QStringLiteral("-m"), QStringLiteral("zipfile"), QStringLiteral("-e"), file.fileName(),
                   folder + QStringLiteral("/files") });
    return python.waitForFinished(kArchiveMs) && python.exitCode() == 0;
}

QByteArray fileOf(const QString &folder, const char *name)
{
    QFile file(folder + QStringLiteral("/files/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

QList<QJsonObject> linesOf(const QString &folder, const char *name)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : fileOf(folder, name).split('\n')) {
        if (!line.isEmpty())
            lines.append(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

QJsonArray allOf(rig::HttpClient &http, const Person &person)
{
    return http.get("/api/v1/accounts/" + person.id.toUtf8() + "/statuses?limit=40").array();
}

QJsonArray allFacts(rig::HttpClient &http, const Person &person)
{
    QJsonArray facts;
    for (const auto &status : allOf(http, person))
        facts.append(factsOf(http, status.toObject()));
    return facts;
}

void postOfAllKinds(World &w, rig::HttpClient &ann)
{
    const QString first = w.upload(ann, "a red wall");
    const QString second = w.upload(ann, "a blue door");
    GI_STATUS(ann.put("/api/v1/media/" + second.toUtf8(), HttpBody::form({ { "focus", "0.5,-0.25" } })), 200);
    const QJsonObject album = w.post(ann, QStringLiteral("At the #sea\nwith two photos"),
                                     { { QStringLiteral("media_ids"), QJsonArray { second, first } },
                                       { QStringLiteral("language"), QStringLiteral("de") } });
    const QByteArray albumId = album[QLatin1String("id")].toString().toUtf8();
    (void)w.post(ann, QStringLiteral("only for friends"),
                 { { QStringLiteral("visibility"), QStringLiteral("private") },
                   { QStringLiteral("media_ids"), QJsonArray { w.upload(ann) } } });
    (void)w.post(ann, QStringLiteral("hidden"),
                 { { QStringLiteral("spoiler_text"), QStringLiteral("beware") },
                   { QStringLiteral("visibility"), QStringLiteral("unlisted") } });
    (void)w.post(ann, QStringLiteral("to nobody"), { { QStringLiteral("visibility"), QStringLiteral("direct") } });
    (void)w.post(ann, QStringLiteral("quiet please"), { { QStringLiteral("comments_disabled"), true } });
    (void)w.post(ann, QStringLiteral("and one more thing"),
                 { { QStringLiteral("in_reply_to_id"), album[QLatin1String("id")] } });
    const QString edited = w.postId(ann, QStringLiteral("teh first version"));
    GI_STATUS(ann.put("/api/v1/statuses/" + edited.toUtf8(), HttpBody::form({ { "status", "the second version" } })),
              200);
    GI_STATUS(ann.post("/api/v1/statuses/" + albumId + "/pin"), 200);
    GI_STATUS(ann.post("/api/v1/statuses/" + albumId + "/bookmark"), 200);
}

} // namespace graminsta::api_test
