// SPDX-License-Identifier: GPL-3.0-or-later
// A little push service and the client behind it: takes what the server pushes to it, on a thread of its own, and reads
// it with the client's keys (RFC 8291). For tests.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace graminsta::rig
{

struct Pushed {
    QByteArray path;
    QHash<QByteArray, QByteArray> headers; // names in lower case
    QByteArray body;
};

class PushReceiver
{
public:
    PushReceiver();
    ~PushReceiver();

    // Where a subscription of that name lives.
    [[nodiscard]] QByteArray endpoint(const QByteArray &name) const;
    // The client's keys as it sends them: base64url.
    [[nodiscard]] QByteArray publicKey() const;
    [[nodiscard]] QByteArray authSecret() const;

    // The statuses of the next answers, with more header lines; 201 after them.
    void answerWith(const QByteArray &statusAndHeaders);
    // The next that was pushed; nothing if nothing comes in that time.
    [[nodiscard]] std::optional<Pushed> next(int ms = 10'000);
    // What it says; empty if it cannot be read.
    [[nodiscard]] QJsonObject read(const Pushed &pushed) const;

    PushReceiver(const PushReceiver &) = delete;
    PushReceiver &operator=(const PushReceiver &) = delete;

private:
    class Keys;

    void serve();
    void answer(int connection);

    const std::unique_ptr<Keys> m_keys;
    int m_listening = -1;
    int m_port = 0;
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::deque<Pushed> m_pushed; // protected by m_mutex
    std::deque<QByteArray> m_answers; // protected by m_mutex
    std::thread m_thread;
};

} // namespace graminsta::rig
