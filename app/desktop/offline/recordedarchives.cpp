// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/offline/recordedarchives.h>

#include <graminsta/json/archives.h>
#include <graminsta/json/encode.h>

#include <algorithm>

namespace graminsta
{

namespace
{

using client::HttpReply;
using client::HttpRequest;

constexpr qint64 kArchiveBytes = 48'300'000;
constexpr int kAskedUntilMade = 4;
constexpr std::chrono::hours kKept { 24 * 7 };

HttpReply jsonReply(QByteArray json, int status = 200)
{
    return { status, { { "content-type", "application/json" } }, std::move(json) };
}

HttpReply notFound()
{
    return jsonReply(json::encodeError(QStringLiteral("Record not found")), 404);
}

// The last segment but "file".
QString idOf(const QUrl &url)
{
    QStringList segments = url.path().split(QLatin1Char('/'), Qt::SkipEmptyParts);
    segments.removeAll(QStringLiteral("file"));
    return segments.value(segments.size() - 1);
}

template<typename T> T *find(QList<T> &list, const QString &id)
{
    const auto found = std::find_if(list.begin(), list.end(), [&id](const T &one) { return one.id == id; });
    return found == list.end() ? nullptr : &*found;
}

// A ZIP file with nothing in it but its size: an end of a central directory after filling (APPNOTE 4.3.16).
QByteArray emptyArchive()
{
    QByteArray bytes = QByteArrayLiteral("PK\5\6") + QByteArray(18, '\0');
    bytes.prepend(QByteArray(kArchiveBytes - bytes.size(), '\0'));
    return bytes;
}

void finish(model::AccountExport &made, Timestamp now)
{
    made.state = QStringLiteral("done");
    made.bytes = kArchiveBytes;
    made.statusesCount = 61;
    made.mediaCount = 84;
    made.finishedAt = now;
    made.expiresAt = now + kKept;
}

void finish(model::AccountImport &import, Timestamp now)
{
    import.state = QStringLiteral("done");
    import.step.clear();
    import.finishedAt = now;
    import.counts = { { QStringLiteral("profile"), 0, 1, 0 },
                      { QStringLiteral("blocks"), 1, 0, 0 },
                      { QStringLiteral("statuses"), 58, 2, 1 },
                      { QStringLiteral("favourites"), 212, 9, 0 },
                      { QStringLiteral("following"),
                        34,
                        1,
                        0 } };
    import.problems = { { QStringLiteral("statuses.jsonl line 12"),
                          QStringLiteral("media/3f9a.tiff: The type is not supported") },
                        { QStringLiteral("following.jsonl line 7"),
                          QStringLiteral("kenji (id 112233) is not on this server") } };
}

} // namespace

RecordedArchives::RecordedArchives()
{
    model::AccountExport made;
    made.id = QString::number(++m_lastId);
    made.createdAt = SystemClock().now() - std::chrono::hours(40);
    finish(made, made.createdAt);
    m_exports.append(made);
}

void RecordedArchives::answerOn(client::RecordedTransport &transport)
{
    using api::Verb;
    const QString exports = QStringLiteral("/api/graminsta/v1/account/exports");
    const QString imports = QStringLiteral("/api/graminsta/v1/account/imports");
    transport.on(Verb::Get, exports, [this](const Request &) -> Reply { return jsonReply(json::encode(m_exports)); });
    transport.on(Verb::Post, exports, [this](const Request &) { return createExport(); });
    transport.on(Verb::Get, imports, [this](const Request &) -> Reply { return jsonReply(json::encode(m_imports)); });
    transport.on(Verb::Post, imports, [this](const Request &request) { return createImport(request); });
    for (const Verb verb : { Verb::Get, Verb::Delete }) {
        transport.on(verb, exports + QStringLiteral("/*"),
                     [this](const Request &request) { return exportCall(request); });
        transport.on(verb, imports + QStringLiteral("/*"),
                     [this](const Request &request) { return importCall(request); });
    }
}

RecordedArchives::Reply RecordedArchives::createExport()
{
    model::AccountExport made;
    made.id = QString::number(++m_lastId);
    made.state = QStringLiteral("working");
    made.createdAt = SystemClock().now();
    m_exports.prepend(made);
    m_asked = 0;
    return jsonReply(json::encode(made));
}

RecordedArchives::Reply RecordedArchives::exportCall(const Request &request)
{
    const QString id = idOf(request.url);
    model::AccountExport *made = find(m_exports, id);
    if (!made) {
        return notFound();
    }
    if (request.verb == api::Verb::Delete) {
        m_exports.removeAt(made - m_exports.data());
        return jsonReply(json::encodeEmpty());
    }
    if (request.url.path().endsWith(QStringLiteral("/file"))) {
        return HttpReply { 200, { { "content-type", "application/zip" } }, emptyArchive() };
    }
    if (made->state == u"working" && ++m_asked == kAskedUntilMade) {
        finish(*made, SystemClock().now());
    }
    return jsonReply(json::encode(*made));
}

RecordedArchives::Reply RecordedArchives::createImport(const Request &request)
{
    if (request.progress) {
        request.progress(kArchiveBytes, kArchiveBytes);
    }
    model::AccountImport import;
    import.id = QString::number(++m_lastId);
    import.state = QStringLiteral("working");
    import.step = QStringLiteral("verifying");
    import.createdAt = SystemClock().now();
    m_imports.prepend(import);
    m_asked = 0;
    return jsonReply(json::encode(import));
}

RecordedArchives::Reply RecordedArchives::importCall(const Request &request)
{
    model::AccountImport *import = find(m_imports, idOf(request.url));
    if (!import) {
        return notFound();
    }
    if (request.verb == api::Verb::Delete) {
        m_imports.removeAt(import - m_imports.data());
        return jsonReply(json::encodeEmpty());
    }
    if (import->state == u"working") {
        import->position += 20;
        if (++m_asked == kAskedUntilMade / 2) {
            import->step = QStringLiteral("statuses");
            import->position = 0;
        } else if (m_asked == kAskedUntilMade) {
            finish(*import, SystemClock().now());
        }
    }
    return jsonReply(json::encode(*import));
}

} // namespace graminsta
