// SPDX-License-Identifier: GPL-3.0-or-later
// What a Recording answers over the API.
#include <desktop/offline/recording.h>

#include <desktop/core/wording.h>

#include <graminsta/json/encode.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

namespace graminsta
{

namespace
{

using client::HttpReply;
using client::HttpRequest;

HttpReply jsonReply(QByteArray json, int status = 200)
{
    return { status, { { "content-type", "application/json" } }, std::move(json) };
}

HttpReply notFound()
{
    return jsonReply(json::encodeError(QStringLiteral("Record not found")), 404);
}

// The segment of a path, counted from 0: "/api/v1/statuses/5/favourite" has "5" as its third.
QString segment(const QUrl &url, int index)
{
    return url.path().split(QLatin1Char('/'), Qt::SkipEmptyParts).value(index);
}

// Parameters of a JSON or form body.
QString parameter(const HttpRequest &request, const QString &name)
{
    const QJsonObject json = QJsonDocument::fromJson(request.body).object();
    if (!json.isEmpty()) {
        return json[name].toString();
    }
    QString form = QString::fromUtf8(request.body);
    form.replace(QLatin1Char('+'), QStringLiteral("%20"));
    return QUrlQuery(form).queryItemValue(name, QUrl::FullyDecoded);
}

QStringList parameters(const HttpRequest &request, const QString &name)
{
    const QJsonObject json = QJsonDocument::fromJson(request.body).object();
    QStringList values;
    const QJsonArray listed = json[name].toArray();
    for (const auto &value : listed) {
        values += value.toString();
    }
    if (!json.isEmpty()) {
        return values;
    }
    const QUrlQuery form(QString::fromUtf8(request.body));
    for (const auto &[key, value] : form.queryItems(QUrl::FullyDecoded)) {
        if (key == name + QStringLiteral("[]")) {
            values += value;
        }
    }
    return values;
}

// What lies between the end of the head of the part called "file" and the next boundary.
QByteArray filePart(const QByteArray &multipart)
{
    const qsizetype name = multipart.indexOf("name=\"file\"");
    const qsizetype start = multipart.indexOf("\r\n\r\n", name) + 4;
    const QByteArray boundary = multipart.left(multipart.indexOf("\r\n"));
    return name < 0 ? QByteArray() : multipart.mid(start, multipart.indexOf("\r\n" + boundary, start) - start);
}

constexpr int kMostFound = 20;

QStringList hashtagsOf(const model::Status &status)
{
    static const QRegularExpression hashtag(QStringLiteral("(?<!\\w)#(\\w+)"),
                                            QRegularExpression::UseUnicodePropertiesOption);
    QStringList found;
    for (auto matches = hashtag.globalMatch(plainText(status.content)); matches.hasNext();) {
        found.append(matches.next().captured(1));
    }
    return found;
}

bool everything(const model::Status &)
{
    return true;
}

} // namespace

void Recording::answerOn(client::RecordedTransport &transport)
{
    using api::Verb;
    const auto on = [&transport](Verb verb, const char *path, client::RecordedTransport::Handler handler) {
        transport.on(verb, QString::fromLatin1(path), std::move(handler));
    };
    on(Verb::Get, "/api/v2/instance",
       [this](const Request &) -> Reply { return jsonReply(json::encodeInstanceV2(instance())); });
    on(Verb::Get, "/api/v1/timelines/home", [this](const Request &request) { return timeline(request, everything); });
    on(Verb::Get, "/api/v1/timelines/public", [this](const Request &request) { return timeline(request, everything); });
    on(Verb::Get, "/api/v1/timelines/tag/*", [this](const Request &request) {
        return timeline(request, [tag = segment(request.url, 4)](const model::Status &status) {
            return hashtagsOf(status).contains(tag, Qt::CaseInsensitive);
        });
    });
    on(Verb::Get, "/api/v2/search", [this](const Request &request) { return search(request); });
    on(Verb::Get, "/api/v1/notifications",
       [this](const Request &) -> Reply { return jsonReply(json::encode(m_notifications)); });
    on(Verb::Get, "/api/v1/accounts/*", [this](const Request &request) { return accountCall(request); });
    on(Verb::Post, "/api/v1/accounts/*", [this](const Request &request) { return accountCall(request); });
    on(Verb::Get, "/api/v1/statuses/*", [this](const Request &request) { return statusCall(request); });
    on(Verb::Post, "/api/v1/statuses/*", [this](const Request &request) { return statusCall(request); });
    on(Verb::Delete, "/api/v1/statuses/*", [this](const Request &request) { return statusCall(request); });
    on(Verb::Post, "/api/v1/statuses", [this](const Request &request) { return createStatus(request); });
    on(Verb::Post, "/api/v2/media", [this](const Request &request) { return createMedia(request); });
    on(Verb::Put, "/api/v1/media/*", [this](const Request &request) { return changeMedia(request); });
    m_archives.answerOn(transport);
}

model::Instance Recording::instance() const
{
    model::Instance instance;
    instance.domain = baseUrl().host();
    instance.title = QStringLiteral("Recorded data");
    instance.version = QStringLiteral("4.2.0 (compatible; Graminsta)");
    instance.graminstaVersion = QStringLiteral(GRAMINSTA_VERSION);
    instance.limits.maxMediaAttachments = 20;
    instance.limits.maxCharacters = 2000;
    instance.limits.imageSizeLimit = 40'000'000;
    instance.limits.imageMatrixLimit = 100'000'000;
    instance.limits.supportedMimeTypes = { QStringLiteral("image/jpeg"), QStringLiteral("image/png"),
                                           QStringLiteral("image/webp"), QStringLiteral("image/heic") };
    instance.contactAccount = m_accounts.value(m_ownId);
    return instance;
}

Recording::Reply Recording::timeline(const Request &request, const Filter &shows) const
{
    const QUrlQuery query(request.url);
    const qint64 below = query.hasQueryItem(QStringLiteral("max_id"))
        ? query.queryItemValue(QStringLiteral("max_id")).toLongLong()
        : std::numeric_limits<qint64>::max();
    const qsizetype limit = std::max(1, query.queryItemValue(QStringLiteral("limit")).toInt());
    // The newest first: ids fall along the list.
    auto next = std::partition_point(m_statuses.cbegin(), m_statuses.cend(),
                                     [below](const model::Status &status) { return status.id.toLongLong() >= below; });
    QList<model::Status> page;
    for (; next != m_statuses.cend() && page.size() < limit; ++next) {
        if (shows(*next)) {
            page.append(*next);
        }
    }
    HttpReply reply = jsonReply(json::encode(page));
    if (next != m_statuses.cend() && !page.isEmpty()) {
        QUrl link = request.url;
        QUrlQuery further(link);
        further.removeQueryItem(QStringLiteral("max_id"));
        further.addQueryItem(QStringLiteral("max_id"), page.last().id);
        link.setQuery(further);
        reply.headers.append({ "link", "<" + link.toEncoded() + ">; rel=\"next\"" });
    }
    return reply;
}

Recording::Reply Recording::search(const Request &request) const
{
    const QString asked = QUrlQuery(request.url).queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded);
    const QString words =
        asked.startsWith(QLatin1Char('#')) || asked.startsWith(QLatin1Char('@')) ? asked.mid(1) : asked;
    const auto matches = [&words](const QString &text) { return text.contains(words, Qt::CaseInsensitive); };
    model::Search found;
    for (const model::Account &account : m_accounts) {
        if (!asked.startsWith(QLatin1Char('#')) && (matches(account.username) || matches(account.displayName))) {
            found.accounts.append(account);
        }
    }
    QStringList hashtags;
    for (const model::Status &status : m_statuses) {
        for (const QString &hashtag : hashtagsOf(status)) {
            if (hashtag.startsWith(words, Qt::CaseInsensitive) && !hashtags.contains(hashtag, Qt::CaseInsensitive)) {
                hashtags.append(hashtag);
                found.hashtags.append({ hashtag, {}, {}, {} });
            }
        }
        if (found.statuses.size() < kMostFound && asked == words && matches(plainText(status.content))) {
            found.statuses.append(status);
        }
    }
    return jsonReply(json::encode(found));
}

model::Relationship Recording::relationship(const QString &id) const
{
    model::Relationship relationship;
    relationship.id = id;
    relationship.following = m_followed.contains(id);
    return relationship;
}

Recording::Reply Recording::accountCall(const Request &request)
{
    const QString id = segment(request.url, 3);
    const QString what = segment(request.url, 4);
    if (id == u"verify_credentials") {
        return jsonReply(json::encode(m_accounts.value(m_ownId)));
    }
    if (id == u"relationships") {
        QList<model::Relationship> relationships;
        for (const QString &asked :
             QUrlQuery(request.url).allQueryItemValues(QStringLiteral("id[]"), QUrl::FullyDecoded)) {
            relationships.append(relationship(asked));
        }
        return jsonReply(json::encode(relationships));
    }
    if (!m_accounts.contains(id)) {
        return notFound();
    }
    if (what == u"statuses") {
        return timeline(request, [&id](const model::Status &status) { return status.account.id == id; });
    }
    if (what == u"follow" || what == u"unfollow") {
        if (what == u"follow") {
            m_followed.insert(id);
        } else {
            m_followed.remove(id);
        }
        return jsonReply(json::encode(relationship(id)));
    }
    return jsonReply(json::encode(m_accounts.value(id)));
}

model::Status *Recording::find(const QString &id)
{
    const auto found = std::find_if(m_statuses.begin(), m_statuses.end(),
                                    [&id](const model::Status &status) { return status.id == id; });
    return found == m_statuses.end() ? nullptr : &*found;
}

Recording::Reply Recording::statusCall(const Request &request)
{
    const QString id = segment(request.url, 3);
    const QString what = segment(request.url, 4);
    model::Status *status = find(id);
    if (!status) {
        return notFound();
    }
    if (what == u"context") {
        return jsonReply(json::encode(model::Context { {}, m_comments.value(id) }));
    }
    if (request.verb == api::Verb::Delete) {
        const QByteArray gone = json::encode(*status);
        m_statuses.erase(m_statuses.begin() + (status - m_statuses.data()));
        return jsonReply(gone);
    }
    if (what == u"favourite" || what == u"unfavourite") {
        const bool favourited = what == u"favourite";
        status->favouritesCount += int(favourited) - int(status->favourited.value_or(false));
        status->favourited = favourited;
    }
    return jsonReply(json::encode(*status));
}

Recording::Reply Recording::createStatus(const Request &request)
{
    const QString text = parameter(request, QStringLiteral("status"));
    const QJsonObject json { { QStringLiteral("by"), m_accounts.value(m_ownId).username },
                             { QStringLiteral("text"), text } };
    model::Status status = statusOf(json, SystemClock().now());
    for (const QString &id : parameters(request, QStringLiteral("media_ids"))) {
        status.mediaAttachments.append(m_uploads.value(id));
    }
    const QString parent = parameter(request, QStringLiteral("in_reply_to_id"));
    if (parent.isEmpty()) {
        m_statuses.prepend(status);
    } else {
        status.inReplyToId = parent;
        m_comments[parent].append(status);
        if (model::Status *above = find(parent)) {
            ++above->repliesCount;
        }
    }
    return jsonReply(json::encode(status));
}

Recording::Reply Recording::createMedia(const Request &request)
{
    QByteArray body = request.body;
    if (request.openBody) {
        const Result<std::unique_ptr<QIODevice>> device = request.openBody();
        if (!device) {
            return device.error();
        }
        body = (*device)->readAll();
    }
    if (request.progress) {
        request.progress(body.size(), body.size());
    }
    model::MediaAttachment media;
    media.id = nextId();
    media.type = QStringLiteral("image");
    media.url = baseUrl().toString() + QStringLiteral("/uploads/") + media.id;
    media.previewUrl = media.url;
    m_uploads.insert(media.id, media);
    m_uploadedBytes.insert(QUrl(media.url).path(), filePart(body));
    return jsonReply(json::encode(media));
}

Recording::Reply Recording::changeMedia(const Request &request)
{
    const auto media = m_uploads.find(segment(request.url, 3));
    if (media == m_uploads.end()) {
        return notFound();
    }
    media->description = parameter(request, QStringLiteral("description"));
    if (const int license = parameter(request, QStringLiteral("license")).toInt(); license > 0) {
        media->license = model::License { license, QStringLiteral("Licence %1").arg(license), {} };
    }
    return jsonReply(json::encode(*media));
}

} // namespace graminsta
