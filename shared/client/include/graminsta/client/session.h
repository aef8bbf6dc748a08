// SPDX-License-Identifier: GPL-3.0-or-later
// One account at one server, as the resources of the client see it: where, as whom, by what transport. Immutable and
// shared, so that a request under way keeps what it needs when its Client has gone.
#pragma once

#include <graminsta/client/transport.h>

namespace graminsta::client
{

struct RetryPolicy {
    int attempts = 4; // in all
    std::chrono::milliseconds firstPause { 400 }; // doubled each time, with jitter
    std::chrono::milliseconds longestPause { 8'000 };
};

struct ClientOptions {
    std::chrono::milliseconds idleTime { 20'000 };
    std::chrono::milliseconds requestTime { 30'000 }; // with all its retries
    std::chrono::milliseconds uploadTime { 15 * 60'000 }; // one file with all its retries
    std::chrono::milliseconds processingTime { 2 * 60'000 }; // until an uploaded file is ready
    std::chrono::milliseconds videoProcessingTime { 40 * 60'000 }; // the same of a video: others may be before it
    // An archive on its way, or until one is made or taken in: of many gigabytes over a slow line.
    std::chrono::milliseconds archiveTime { 24 * 3'600'000 };
    // With no byte moving while the server looks through an archive that it has got.
    std::chrono::milliseconds archiveIdleTime { 5 * 60'000 };
    // At servers that take files in pieces: from which size on they go so, and how large a piece is. Proxies commonly
    // refuse bodies above 8 or 10 MB.
    qint64 piecesFrom = 8 << 20;
    qint64 pieceBytes = 5 << 20;
    RetryPolicy retry;
};

struct Session {
    QUrl baseUrl; // "https://example.org", no path
    QByteArray token; // empty: nobody is signed in
    std::shared_ptr<Transport> transport;
    ClientOptions options;
};

using SessionPtr = std::shared_ptr<const Session>;

} // namespace graminsta::client
