// SPDX-License-Identifier: GPL-3.0-or-later
// The entities of the API as JSON text, with all the fields of Mastodon's documentation and null only where it allows
// null: strict clients crash on less. Thread-safe: functions of their arguments.
// https://docs.joinmastodon.org/entities/
#pragma once

#include <graminsta/model/admin.h>
#include <graminsta/model/entities.h>
#include <graminsta/model/instance.h>
#include <graminsta/model/oauth.h>
#include <graminsta/model/scheduledstatus.h>

#include <QByteArray>

namespace graminsta::json
{

// With `source` and `role` it is a CredentialAccount.
[[nodiscard]] QByteArray encode(const model::Account &account);
[[nodiscard]] QByteArray encode(const QList<model::Account> &accounts);
[[nodiscard]] QByteArray encode(const model::Status &status);
[[nodiscard]] QByteArray encode(const QList<model::Status> &statuses);
[[nodiscard]] QByteArray encode(const model::StatusSource &source);
[[nodiscard]] QByteArray encode(const QList<model::StatusEdit> &edits);
[[nodiscard]] QByteArray encode(const model::MediaAttachment &media);
[[nodiscard]] QByteArray encode(const model::Context &context);
[[nodiscard]] QByteArray encode(const model::Relationship &relationship);
[[nodiscard]] QByteArray encode(const QList<model::Relationship> &relationships);
[[nodiscard]] QByteArray encode(const model::Notification &notification);
[[nodiscard]] QByteArray encode(const QList<model::Notification> &notifications);
[[nodiscard]] QByteArray encode(const model::Tag &tag);
[[nodiscard]] QByteArray encode(const QList<model::Tag> &tags);
[[nodiscard]] QByteArray encode(const model::Search &search);
// An object with a member for each timeline.
[[nodiscard]] QByteArray encode(const QList<model::Marker> &markers);
[[nodiscard]] QByteArray encode(const model::Preferences &preferences);
[[nodiscard]] QByteArray encode(const model::Report &report);
[[nodiscard]] QByteArray encode(const QList<model::Suggestion> &suggestions);
[[nodiscard]] QByteArray encode(const model::ScheduledStatus &scheduled);
[[nodiscard]] QByteArray encode(const QList<model::ScheduledStatus> &scheduled);
[[nodiscard]] QByteArray encode(const model::Filter &filter);
[[nodiscard]] QByteArray encode(const QList<model::Filter> &filters);
[[nodiscard]] QByteArray encode(const model::FilterKeyword &keyword);
[[nodiscard]] QByteArray encode(const QList<model::FilterKeyword> &keywords);
[[nodiscard]] QByteArray encode(const model::FilterStatus &status);
[[nodiscard]] QByteArray encode(const QList<model::FilterStatus> &statuses);
[[nodiscard]] QByteArray encode(const model::FilterV1 &filter);
[[nodiscard]] QByteArray encode(const QList<model::FilterV1> &filters);

[[nodiscard]] QByteArray encode(const QList<model::Rule> &rules);

// What only moderators see, and what they have made.
[[nodiscard]] QByteArray encode(const model::AdminAccount &account);
[[nodiscard]] QByteArray encode(const QList<model::AdminAccount> &accounts);
[[nodiscard]] QByteArray encode(const model::AdminReport &report);
[[nodiscard]] QByteArray encode(const QList<model::AdminReport> &reports);
[[nodiscard]] QByteArray encode(const QList<model::AuditEntry> &entries);
[[nodiscard]] QByteArray encode(const model::JobOverview &overview);
[[nodiscard]] QByteArray encode(const model::Invite &invite);
[[nodiscard]] QByteArray encode(const QList<model::Invite> &invites);
[[nodiscard]] QByteArray encode(const QList<model::Strike> &strikes);
[[nodiscard]] QByteArray encode(const QList<model::SignedInApplication> &applications);
[[nodiscard]] QByteArray encode(const model::TwoFactorState &state);
[[nodiscard]] QByteArray encode(const model::TwoFactorBegun &begun);
[[nodiscard]] QByteArray encodeRecoveryCodes(const QStringList &codes);

// With a client id and secret it is a CredentialApplication.
[[nodiscard]] QByteArray encode(const model::Application &application);
[[nodiscard]] QByteArray encode(const model::Token &token);
// RFC 8414, for /.well-known/oauth-authorization-server. `baseUrl` has no slash at its end.
[[nodiscard]] QByteArray encodeAuthorizationServer(const QString &baseUrl, const QStringList &scopes);

// GET /api/v1/instance and /api/v2/instance. Clients want a contact account: give one.
[[nodiscard]] QByteArray encodeInstanceV1(const model::Instance &instance);
[[nodiscard]] QByteArray encodeInstanceV2(const model::Instance &instance);
// https://nodeinfo.diaspora.software/protocol.html: the document, and the links at /.well-known/nodeinfo.
[[nodiscard]] QByteArray encodeNodeInfo(const model::Instance &instance);
[[nodiscard]] QByteArray encodeNodeInfoLinks(const QString &baseUrl);

// {"error":…,"error_description":…}; the description is left out where it is empty.
[[nodiscard]] QByteArray encodeError(const QString &error, const QString &description = {});
// {}
[[nodiscard]] QByteArray encodeEmpty();
// []
[[nodiscard]] QByteArray encodeEmptyList();
// {"count":…}
[[nodiscard]] QByteArray encodeCount(int count);

} // namespace graminsta::json
