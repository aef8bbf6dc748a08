// SPDX-License-Identifier: GPL-3.0-or-later
// What posting and editing have in common: limits, tags, mentions, and who is told. Plain functions, thread-safe.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/domain/settings.h>
#include <graminsta/entities/status.h>
#include <graminsta/ports/accounts.h>
#include <graminsta/ports/media.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

// "Validation failed: " and the message. Fault::Unprocessable.
[[nodiscard]] Error invalidStatus(const QString &message);

// Whether a status may be as it is: neither empty nor above the limits. Fault::Unprocessable naming what is wrong.
[[nodiscard]] Result<> checkStatus(const entities::Status &status, const ContentLimits &limits);

// The tags of a text, as many as are kept.
[[nodiscard]] QStringList tagsIn(const QString &text);
// The accounts that a text names, as many as are kept. At most one query.
[[nodiscard]] Result<QList<entities::Mention>> mentionsIn(const QString &text, const ports::AccountReader &accounts,
                                                          const Deadline &deadline);

// Why media could not be attached, by what attach() and its like have refused it with: where it is that one is not
// ready, Fault::Unprocessable with what its owner can do about it; else the refusal. For the same transaction.
[[nodiscard]] Error whyNotAttached(const Error &refusal, const ports::MediaReader &media, AccountId owner,
                                   const QList<MediaId> &ids, const Deadline &deadline);

// Tells each of `accounts`, but for the author, that the status names or answers them.
[[nodiscard]] Result<> tellOfMention(ports::WriteSet &writers, IdGenerator &ids, const entities::Status &status,
                                     const QList<AccountId> &accounts, Timestamp now);

} // namespace graminsta::domain
