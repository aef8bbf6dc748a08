// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a deployment decides. A value: composition reads it once, and hands each part only what it needs.
// The defaults are those of stage 1, one person on one computer.
#pragma once

#include <graminsta/core/logging.h>

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace graminsta::profile
{

// What a process does: everything; requests, and the jobs that have nothing to do with pictures; jobs alone.
enum class ServerRole { All, Api, Worker };

struct ServerSettings {
    ServerRole role = ServerRole::All;
    QString listen = QStringLiteral("127.0.0.1:0");
    QString publicUrl; // "https://photos.example", no slash at the end; empty: made from the address that was bound
    int loops = 1;
    int workers = 4;
    int mediaWorkers = 1;
    QStringList trustedProxies; // addresses and subnets
};

struct DatabaseSettings {
    QString url; // empty: a SQLite file in the data folder
    int readers = 4;
};

struct JobSettings {
    int threads = 2;
};

struct InstanceSettings {
    QString title = QStringLiteral("Graminsta");
    QString description = QStringLiteral("A place for photos.");
    QString contactEmail;
    QString sourceUrl; // empty: nobody has said
    QStringList rules;
    QStringList languages { QStringLiteral("en") };
};

enum class RegistrationMode { Open, Approval, Invite, Closed };

struct RegistrationSettings {
    RegistrationMode mode = RegistrationMode::Closed;
};

// Who may read public posts, profiles and timelines; the words are Mastodon's.
enum class ReadingAccess { Public, Authenticated };

struct AccessSettings {
    ReadingAccess reading = ReadingAccess::Public;
};

struct LimitSettings {
    bool enabled = true; // rate limits; the throttle on wrong passwords stays
    // In five minutes, of one token, one account and one address.
    int requestsOfToken = 300;
    int requestsOfAccount = 1500;
    int requestsOfAddress = 300;
    int signInsOfAddress = 25;
    // In half an hour.
    int uploads = 300;
    int deletions = 30;
    int signUpsOfAddress = 5;
    qint64 imageSize = 25 << 20;
    qint64 imagePixels = 40'000'000;
    qint64 videoSize = 100 << 20; // 0: no videos
    std::chrono::milliseconds videoDuration { 300'000 };
    qint64 accountMedia = 0; // 0: no limit
    qint64 archiveSize = qint64(4) << 30;
    std::chrono::milliseconds looseMedia { 86'400'000 };
    int unfinishedUploads = 100; // of an account
    qint64 unfinishedBytes = qint64 { 2 } << 30; // of all of these
    std::chrono::milliseconds uploadLife { std::chrono::hours { 24 } };
    int maxMediaAttachments = 20;
    int maxCharacters = 2200;
    int description = 1500;
    std::chrono::milliseconds requestTime { 10'000 };
    std::chrono::milliseconds mediaRequestTime { 60'000 };
    int maxConnections = 10'000;
    int maxConnectionsPerAddress = 0; // 0: no limit
    int maxStreams = 5000;
    int maxStreamsPerAccount = 20;
};

struct PushSettings {
    bool allowPrivateEndpoints = false;
};

struct LogSettings {
    LogFormat format = LogFormat::Text;
    bool access = true;
};

struct Profile {
    QString stage = QStringLiteral("stage-1"); // a name for people, in logs and in `doctor`
    ServerSettings server;
    DatabaseSettings database;
    JobSettings jobs;
    InstanceSettings instance;
    RegistrationSettings registrations;
    AccessSettings access;
    LimitSettings limits;
    PushSettings push;
    LogSettings log;
};

// An address to listen on, taken apart.
struct ListenAddress {
    QString host; // without the brackets of IPv6
    quint16 port = 0; // 0: any free one
};

// "127.0.0.1:8080", "[::1]:8080". Nothing if the text is not of that form.
[[nodiscard]] std::optional<ListenAddress> parseListenAddress(const QString &text);

} // namespace graminsta::profile
