// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/encode.h>

#include "entitywriter.h"

namespace graminsta::json
{

namespace
{

constexpr qsizetype kAccountBytes = 2048;

// https://docs.joinmastodon.org/entities/Admin_Account/
void write(JsonWriter &out, const model::AdminAccount &account)
{
    out.beginObject();
    out.field("id", account.id);
    out.field("username", account.username);
    out.nullField("domain");
    out.field("created_at", account.createdAt);
    out.field("email", account.email);
    // Addresses are not kept.
    out.nullField("ip");
    out.emptyArrayField("ips");
    out.field("locale", account.locale);
    out.fieldOrNull("invite_request", account.inviteRequest);
    out.key("role");
    write(out, account.role);
    out.field("confirmed", true);
    out.field("approved", account.approved);
    out.field("disabled", account.disabled);
    out.field("silenced", account.silenced);
    out.field("suspended", account.suspended);
    out.field("sensitized", account.sensitized);
    out.key("account");
    write(out, account.account);
    out.fieldOrNull("created_by_application_id", account.createdByApplicationId);
    out.fieldOrNull("invited_by_account_id", account.invitedByAccountId);
    out.endObject();
}

void write(JsonWriter &out, const std::optional<model::AdminAccount> &account)
{
    if (account)
        write(out, *account);
    else
        out.null();
}

// https://docs.joinmastodon.org/entities/Admin_Report/
void write(JsonWriter &out, const model::AdminReport &report)
{
    out.beginObject();
    out.field("id", report.id);
    out.field("action_taken", report.actionTakenAt.has_value());
    out.field("action_taken_at", report.actionTakenAt);
    out.field("category", report.category);
    out.field("comment", report.comment);
    out.field("forwarded", false);
    out.field("created_at", report.createdAt);
    out.field("updated_at", report.updatedAt);
    out.key("account");
    write(out, report.account);
    out.key("target_account");
    write(out, report.targetAccount);
    out.key("assigned_account");
    write(out, report.assignedAccount);
    out.key("action_taken_by_account");
    write(out, report.actionTakenByAccount);
    out.key("statuses");
    json::write(out, report.statuses);
    out.key("rules");
    json::write(out, report.rules);
    out.endObject();
}

void write(JsonWriter &out, const model::JobCount &count)
{
    out.beginObject();
    out.field("kind", count.kind);
    out.field("waiting", count.waiting);
    out.field("given_up", count.givenUp);
    out.endObject();
}

void write(JsonWriter &out, const model::DeadJob &job)
{
    out.beginObject();
    out.field("id", job.id);
    out.field("kind", job.kind);
    out.field("created_at", job.createdAt);
    out.field("attempts", job.attempts);
    out.field("error", job.error);
    out.endObject();
}

void write(JsonWriter &out, const model::JobOverview &overview)
{
    out.beginObject();
    out.key("kinds");
    out.beginArray();
    for (const model::JobCount &count : overview.kinds) {
        out.element();
        write(out, count);
    }
    out.endArray();
    out.key("given_up");
    out.beginArray();
    for (const model::DeadJob &job : overview.givenUp) {
        out.element();
        write(out, job);
    }
    out.endArray();
    out.endObject();
}

void write(JsonWriter &out, const model::AuditEntry &entry)
{
    out.beginObject();
    out.field("id", entry.id);
    out.field("created_at", entry.createdAt);
    out.field("action", entry.action);
    out.key("actor");
    out.beginObject();
    out.fieldOrNull("id", entry.actorId);
    out.field("name", entry.actor);
    out.endObject();
    out.key("target");
    out.beginObject();
    out.field("type", entry.targetType);
    out.field("id", entry.targetId);
    out.field("name", entry.target);
    out.endObject();
    out.field("reason", entry.reason);
    out.endObject();
}

void write(JsonWriter &out, const model::Invite &invite)
{
    out.beginObject();
    out.field("id", invite.id);
    out.field("code", invite.code);
    out.fieldOrNull("account_id", invite.accountId);
    out.field("max_uses", invite.maxUses);
    out.field("uses", invite.uses);
    out.field("expires_at", invite.expiresAt);
    out.field("created_at", invite.createdAt);
    out.endObject();
}

void write(JsonWriter &out, const model::Strike &strike)
{
    out.beginObject();
    out.field("id", strike.id);
    out.field("action", strike.action);
    out.field("text", strike.text);
    out.field("created_at", strike.createdAt);
    out.endObject();
}

void write(JsonWriter &out, const model::SignedInApplication &application)
{
    out.beginObject();
    out.field("id", application.id);
    out.key("application");
    out.beginObject();
    out.field("name", application.application.name);
    out.fieldOrNull("website", application.application.website);
    out.endObject();
    out.key("scopes");
    json::write(out, application.scopes);
    out.field("created_at", application.createdAt);
    out.field("current", application.current);
    out.endObject();
}

void write(JsonWriter &out, const model::TwoFactorState &state)
{
    out.beginObject();
    out.field("enabled", state.enabled);
    out.field("recovery_codes_left", state.recoveryCodesLeft);
    out.endObject();
}

void write(JsonWriter &out, const model::TwoFactorBegun &begun)
{
    out.beginObject();
    out.field("secret", begun.secret);
    out.field("uri", begun.uri);
    out.endObject();
}

template<typename T> QByteArray document(const T &entity)
{
    JsonWriter out(kAccountBytes);
    write(out, entity);
    return out.take();
}

template<typename T> QByteArray list(const QList<T> &entities)
{
    JsonWriter out(kAccountBytes * (entities.size() + 1));
    out.beginArray();
    for (const T &entity : entities) {
        out.element();
        write(out, entity);
    }
    out.endArray();
    return out.take();
}

} // namespace

QByteArray encode(const model::AdminAccount &account)
{
    return document(account);
}

QByteArray encode(const QList<model::AdminAccount> &accounts)
{
    return list(accounts);
}

QByteArray encode(const model::AdminReport &report)
{
    return document(report);
}

QByteArray encode(const QList<model::AdminReport> &reports)
{
    return list(reports);
}

QByteArray encode(const QList<model::AuditEntry> &entries)
{
    return list(entries);
}

QByteArray encode(const model::JobOverview &overview)
{
    return document(overview);
}

QByteArray encode(const model::Invite &invite)
{
    return document(invite);
}

QByteArray encode(const QList<model::Invite> &invites)
{
    return list(invites);
}

QByteArray encode(const QList<model::Strike> &strikes)
{
    return list(strikes);
}

QByteArray encode(const QList<model::SignedInApplication> &applications)
{
    return list(applications);
}

QByteArray encode(const model::TwoFactorState &state)
{
    return document(state);
}

QByteArray encode(const model::TwoFactorBegun &begun)
{
    return document(begun);
}

QByteArray encodeRecoveryCodes(const QStringList &codes)
{
    JsonWriter out;
    out.beginObject();
    out.key("recovery_codes");
    write(out, codes);
    out.endObject();
    return out.take();
}

} // namespace graminsta::json
