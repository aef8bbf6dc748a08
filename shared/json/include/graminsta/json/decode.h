// SPDX-License-Identifier: GPL-3.0-or-later
// The entities of the API from JSON as real servers send it: nulls and missing fields get their defaults, ids may be
// numbers, Pixelfed's dialect is understood, HTML stays as it is. Only what makes an entity useless without it is
// demanded; the error then names it in `detail`. Thread-safe: functions of their arguments.
#pragma once

#include <graminsta/core/result.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>
#include <graminsta/model/oauth.h>

#include <QJsonArray>
#include <QJsonObject>

namespace graminsta::json
{

// Longer lists are cut here, and longer texts: no server may fill our memory.
inline constexpr qsizetype kMaxListItems = 500;
inline constexpr qsizetype kMaxTextLength = 256 * 1024;

// The document's outermost object or array. Fault::Internal with a safe text if it is something else.
[[nodiscard]] Result<QJsonObject> parseObject(const QByteArray &document);
[[nodiscard]] Result<QJsonArray> parseArray(const QByteArray &document);

[[nodiscard]] Result<model::Account> decodeAccount(const QJsonObject &object); // needs: id
[[nodiscard]] Result<model::Status> decodeStatus(const QJsonObject &object); // needs: id, account
[[nodiscard]] Result<model::License> decodeLicense(const QJsonObject &from);
[[nodiscard]] Result<model::MediaAttachment> decodeMedia(const QJsonObject &object); // needs: id
[[nodiscard]] Result<model::Relationship> decodeRelationship(const QJsonObject &object); // needs: id
[[nodiscard]] Result<model::Notification> decodeNotification(const QJsonObject &object); // needs: id, account
[[nodiscard]] Result<model::Tag> decodeTag(const QJsonObject &object); // needs: name
[[nodiscard]] Result<model::Context> decodeContext(const QJsonObject &object);
[[nodiscard]] Result<model::Search> decodeSearch(const QJsonObject &object);
[[nodiscard]] Result<model::Application>
decodeApplication(const QJsonObject &object); // needs: client_id, client_secret
[[nodiscard]] Result<model::Token> decodeToken(const QJsonObject &object); // needs: access_token
[[nodiscard]] Result<model::Instance> decodeInstanceV1(const QJsonObject &object); // needs: uri or version
[[nodiscard]] Result<model::Instance> decodeInstanceV2(const QJsonObject &object); // needs: domain

// An entry that cannot be read is left out: one odd status must not cost a page.
[[nodiscard]] QList<model::Account> decodeAccounts(const QJsonArray &array);
[[nodiscard]] QList<model::Status> decodeStatuses(const QJsonArray &array);
[[nodiscard]] QList<model::Relationship> decodeRelationships(const QJsonArray &array);
[[nodiscard]] QList<model::Notification> decodeNotifications(const QJsonArray &array);

// The error body of the API and of OAuth (RFC 6749 section 5.2); empty where the document is neither.
struct ErrorBody {
    QString error;
    QString description;
};
[[nodiscard]] ErrorBody decodeError(const QByteArray &document);

} // namespace graminsta::json
