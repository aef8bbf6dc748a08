// SPDX-License-Identifier: GPL-3.0-or-later
// What has happened, for those who tell others of it at once: streams and pushes. Only ids: whoever tells, looks up
// what there is by then, and for whom. The writers of a transaction note what they change, and UnitOfWork publishes it
// when it is durable, so that no use case can forget it.
#pragma once

#include <graminsta/core/ids.h>
#include <graminsta/entities/account.h>

#include <QList>

#include <variant>

namespace graminsta::ports
{

// A post, a comment or a reblog.
struct StatusCreated {
    StatusId id;
    friend bool operator==(const StatusCreated &, const StatusCreated &) = default;
};

struct StatusEdited {
    StatusId id;
    friend bool operator==(const StatusEdited &, const StatusEdited &) = default;
};

// With the reblogs of it, of which nothing else is said. What it was cannot be looked up any more.
struct StatusDeleted {
    StatusId id;
    AccountId author;
    entities::Visibility visibility = entities::Visibility::Public;
    friend bool operator==(const StatusDeleted &, const StatusDeleted &) = default;
};

struct NotificationCreated {
    NotificationId id;
    AccountId account; // who is told
    friend bool operator==(const NotificationCreated &, const NotificationCreated &) = default;
};

struct TokenRevoked {
    TokenId id;
    friend bool operator==(const TokenRevoked &, const TokenRevoked &) = default;
};

// Processed, or given up: whoever waits for it looks.
struct MediaSettled {
    MediaId id;
    friend bool operator==(const MediaSettled &, const MediaSettled &) = default;
};

using Event = std::variant<StatusCreated, StatusEdited, StatusDeleted, NotificationCreated, TokenRevoked, MediaSettled>;

// Where events go in. Thread-safe.
class EventPublisher
{
public:
    virtual ~EventPublisher() = default;

    // In their order. Neither waits nor fails: whoever cannot keep up misses some.
    virtual void publish(const QList<Event> &events) = 0;
};

// Where events come out. Called on any thread, by one at a time: must only take note and return.
class EventListener
{
public:
    virtual ~EventListener() = default;
    virtual void happened(const QList<Event> &events) = 0;
};

// Events of every server of the place that the adapter reaches. Thread-safe.
class EventSource
{
public:
    virtual ~EventSource() = default;
    // `listener` must be taken out before it goes; then no call to it is under way any more.
    virtual void add(EventListener *listener) = 0;
    virtual void remove(EventListener *listener) = 0;
};

} // namespace graminsta::ports
