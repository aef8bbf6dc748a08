// SPDX-License-Identifier: GPL-3.0-or-later
// One transaction: facts and counters together, or nothing. What the writers say of events (ports/events.h) is
// published when it is durable, before write() returns. Thread-safe.
#pragma once

#include <graminsta/core/deadline.h>
#include <graminsta/core/result.h>

#include <functional>

namespace graminsta::ports
{

class AccountWriter;
class BlobWriter;
class CollectionWriter;
class FilterWriter;
class FollowWriter;
class JobWriter;
class MarkerWriter;
class MediaWriter;
class ModerationWriter;
class NotificationWriter;
class OAuthWriter;
class RelationWriter;
class RemovalWriter;
class ReportWriter;
class ScheduledStatusWriter;
class SearchWriter;
class StatusWriter;
class TagWriter;
class TransferWriter;
class TwoFactorWriter;
class UploadWriter;

// The writers of one transaction; they see what it has written so far.
struct WriteSet {
    AccountWriter &accounts;
    FollowWriter &follows;
    MediaWriter &media;
    NotificationWriter &notifications;
    OAuthWriter &oauth;
    StatusWriter &statuses;
    MarkerWriter &markers;
    RelationWriter &relations;
    ReportWriter &reports;
    FilterWriter &filters;
    ScheduledStatusWriter &scheduled;
    SearchWriter &search;
    TagWriter &tags;
    ModerationWriter &moderation;
    RemovalWriter &removal;
    TwoFactorWriter &twoFactor;
    TransferWriter &transfers;
    UploadWriter &uploads;
    JobWriter &jobs;
    BlobWriter &blobs;
    CollectionWriter &collections;
};

class UnitOfWork
{
public:
    virtual ~UnitOfWork() = default;

    using Work = std::function<Result<>(WriteSet &)>;

    // Runs `work` in a transaction and returns when it is durable. If `work` fails, nothing is kept and its error is
    // returned. `work` may run on another thread (the caller waits) and may run again after a conflict: it must change
    // nothing but through the writers, and overwrite, not append to, what it gives back by reference. Keep it short: no
    // waiting for anything else inside. Fault::Timeout if its turn does not come before the deadline: nothing is kept.
    [[nodiscard]] virtual Result<> write(const Deadline &deadline, const Work &work) = 0;
};

} // namespace graminsta::ports
