// SPDX-License-Identifier: GPL-3.0-or-later
#include "key.h"

#include <QUrl>

#include <algorithm>
#include <numeric>
#include <vector>

namespace graminsta::profile
{

namespace
{

QString listenProblem(const QString &text)
{
    return parseListenAddress(text) ? QString() : QStringLiteral("an address and a port, such as \"127.0.0.1:8080\"");
}

QString publicUrlProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    const bool bare = url.path().isEmpty() && !url.hasQuery() && !url.hasFragment() && url.userInfo().isEmpty();
    if (text.isEmpty() || (url.isValid() && web && bare && !url.host().isEmpty()))
        return {};
    return QStringLiteral("a web address without a path, such as \"https://photos.example\"");
}

QString sourceUrlProblem(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (text.isEmpty() || (url.isValid() && web && !url.host().isEmpty()))
        return {};
    return QStringLiteral("a web address, such as \"https://code.example/photos\"");
}

QString databaseUrlProblem(const QString &text)
{
    const bool known = text.isEmpty() || text.startsWith(QLatin1String("sqlite:///"))
        || text.startsWith(QLatin1String("postgresql://")) || text.startsWith(QLatin1String("postgres://"));
    if (known)
        return {};
    return QStringLiteral("empty, \"sqlite:///path/to/file\" or \"postgresql://user:password@host:port/database\"");
}

QString emptyProblem(const QString &text)
{
    return text.trimmed().isEmpty() ? QStringLiteral("a text that is not empty") : QString();
}

constexpr Range kThreads { 1, 256 };
constexpr Range kRequests { 1, 1'000'000 };
constexpr Range kTime { 100, 3'600'000 };
constexpr qint64 kMaxConnections = 1'000'000;

constexpr Key kKeys[] = {
    { "",
      "stage",
      "A name for this deployment, shown in logs.",
      [](Profile &p) -> Slot { return &p.stage; },
      {},
      emptyProblem },

    { "server", "role",
      "What this process does: all, requests (api), or jobs such as the processing of pictures (worker).",
      [](Profile &p) -> Slot { return &p.server.role; } },
    { "server",
      "listen",
      "The address and port to serve on; port 0 takes any free one.",
      [](Profile &p) -> Slot { return &p.server.listen; },
      {},
      listenProblem },
    { "server",
      "public_url",
      "The base of every link that leaves the server; empty: the address that was bound.",
      [](Profile &p) -> Slot { return &p.server.publicUrl; },
      {},
      publicUrlProblem },
    { "server", "loops", "Threads that read from and write to connections.",
      [](Profile &p) -> Slot { return &p.server.loops; }, kThreads },
    { "server", "workers", "Threads that answer requests, each with a database connection of its own.",
      [](Profile &p) -> Slot { return &p.server.workers; }, kThreads },
    { "server", "media_workers", "Pictures that are decoded and scaled at the same time.",
      [](Profile &p) -> Slot { return &p.server.mediaWorkers; }, kThreads },
    { "server", "trusted_proxies", "Addresses and subnets whose X-Forwarded-For is believed.",
      [](Profile &p) -> Slot { return &p.server.trustedProxies; } },

    { "database",
      "url",
      "Where the database is; empty: a SQLite file in the data folder.",
      [](Profile &p) -> Slot { return &p.database.url; },
      {},
      databaseUrlProblem,
      true },
    { "database", "readers", "Connections that read at the same time.",
      [](Profile &p) -> Slot { return &p.database.readers; }, kThreads },

    { "jobs", "threads", "Threads that do what is left to do after the answers, as deleting in parts.",
      [](Profile &p) -> Slot { return &p.jobs.threads; }, kThreads },

    { "instance",
      "title",
      "The name of the place.",
      [](Profile &p) -> Slot { return &p.instance.title; },
      {},
      emptyProblem },
    { "instance", "description", "One sentence about it.", [](Profile &p) -> Slot { return &p.instance.description; } },
    { "instance", "contact_email", "Who to write to.", [](Profile &p) -> Slot { return &p.instance.contactEmail; } },
    { "instance",
      "source_url",
      "Where the source code of this server can be had; empty: clients are told the server's own address.",
      [](Profile &p) -> Slot { return &p.instance.sourceUrl; },
      {},
      sourceUrlProblem },
    { "instance", "rules", "What people agree to when they sign up, a text a rule.",
      [](Profile &p) -> Slot { return &p.instance.rules; } },
    { "instance", "languages", "The languages that are spoken here, as BCP 47 tags.",
      [](Profile &p) -> Slot { return &p.instance.languages; } },

    { "registrations", "mode", "Who may make an account by themselves.",
      [](Profile &p) -> Slot { return &p.registrations.mode; } },

    { "access", "reading", "Who may read public posts, profiles and timelines: everybody, or only who is signed in.",
      [](Profile &p) -> Slot { return &p.access.reading; } },

    { "limits", "enabled", "Rate limits. Without them only wrong passwords are slowed down: for tests alone.",
      [](Profile &p) -> Slot { return &p.limits.enabled; } },
    { "limits", "requests_of_token", "Requests to the API with one token in five minutes.",
      [](Profile &p) -> Slot { return &p.limits.requestsOfToken; }, kRequests },
    { "limits", "requests_of_account", "The same of one account, with all its tokens.",
      [](Profile &p) -> Slot { return &p.limits.requestsOfAccount; }, kRequests },
    { "limits", "requests_of_address",
      "The same of one address, without a token or with a wrong one; of IPv6 a /64 network.",
      [](Profile &p) -> Slot { return &p.limits.requestsOfAddress; }, kRequests },
    { "limits", "sign_ins_of_address", "Attempts to sign in, and tokens asked for, from one address in five minutes.",
      [](Profile &p) -> Slot { return &p.limits.signInsOfAddress; }, kRequests },
    { "limits", "uploads", "Photos that one token may bring in half an hour; a carousel has up to 20.",
      [](Profile &p) -> Slot { return &p.limits.uploads; }, kRequests },
    { "limits", "deletions", "Statuses that one token may delete in half an hour.",
      [](Profile &p) -> Slot { return &p.limits.deletions; }, kRequests },
    { "limits", "sign_ups_of_address", "New accounts from one address in half an hour.",
      [](Profile &p) -> Slot { return &p.limits.signUpsOfAddress; }, kRequests },
    { "limits",
      "image_size",
      "The largest photo file.",
      [](Profile &p) -> Slot { return Bytes { &p.limits.imageSize }; },
      { 64 << 10, qint64(1) << 30 } },
    { "limits",
      "image_pixels",
      "The most pixels of a photo, width times height.",
      [](Profile &p) -> Slot { return &p.limits.imagePixels; },
      { 1'000'000, 500'000'000 } },
    { "limits",
      "video_size",
      "The largest video file; 0: videos are not taken.",
      [](Profile &p) -> Slot { return Bytes { &p.limits.videoSize }; },
      { 0, qint64(2) << 30 } },
    { "limits", "video_duration", "The longest video.", [](Profile &p) -> Slot { return &p.limits.videoDuration; },
      kTime },
    { "limits",
      "account_media",
      "How much all the photos of an account may take, as they were uploaded; 0: no limit.",
      [](Profile &p) -> Slot { return Bytes { &p.limits.accountMedia }; },
      { 0, qint64(1) << 50 } },
    { "limits",
      "archive_size",
      "The largest archive of an account that may be sent here; on the command line there is no limit.",
      [](Profile &p) -> Slot { return Bytes { &p.limits.archiveSize }; },
      { 1 << 20, qint64(1) << 40 } },
    { "limits",
      "loose_media",
      "How long a photo that belongs to no post is kept, for its owner to post it.",
      [](Profile &p) -> Slot { return &p.limits.looseMedia; },
      { 60'000, 2'592'000'000 } },
    { "limits",
      "unfinished_uploads",
      "How many uploads in pieces (tus) an account may have that are no photos yet.",
      [](Profile &p) -> Slot { return &p.limits.unfinishedUploads; },
      { 1, 10'000 } },
    { "limits",
      "unfinished_bytes",
      "How much these may take together.",
      [](Profile &p) -> Slot { return Bytes { &p.limits.unfinishedBytes }; },
      { 64 << 10, qint64(1) << 40 } },
    { "limits",
      "upload_life",
      "When an upload that has not become a photo is removed, counted from its beginning.",
      [](Profile &p) -> Slot { return &p.limits.uploadLife; },
      { 1000, qint64(30) * 24 * 3600 * 1000 } },
    { "limits",
      "max_media_attachments",
      "The most photos in one status.",
      [](Profile &p) -> Slot { return &p.limits.maxMediaAttachments; },
      { 1, 100 } },
    { "limits",
      "max_characters",
      "The longest caption.",
      [](Profile &p) -> Slot { return &p.limits.maxCharacters; },
      { 1, 100'000 } },
    { "limits",
      "description",
      "The longest description of a photo (alt text).",
      [](Profile &p) -> Slot { return &p.limits.description; },
      { 1, 10'000 } },
    { "limits", "request_time", "When a request that is not answered is given up.",
      [](Profile &p) -> Slot { return &p.limits.requestTime; }, kTime },
    { "limits", "media_request_time", "The same for requests that bring photos.",
      [](Profile &p) -> Slot { return &p.limits.mediaRequestTime; }, kTime },
    { "limits",
      "max_connections",
      "The most open connections.",
      [](Profile &p) -> Slot { return &p.limits.maxConnections; },
      { 1, kMaxConnections } },
    { "limits",
      "max_connections_per_address",
      "The most from one client address; 0: no limit of its own.",
      [](Profile &p) -> Slot { return &p.limits.maxConnectionsPerAddress; },
      { 0, kMaxConnections } },
    { "limits",
      "max_streams",
      "The most of them that may be streams, which stay open to tell clients what happens; 0: none.",
      [](Profile &p) -> Slot { return &p.limits.maxStreams; },
      { 0, kMaxConnections } },
    { "limits",
      "max_streams_per_account",
      "The most streams of one account, with all its tokens.",
      [](Profile &p) -> Slot { return &p.limits.maxStreamsPerAccount; },
      { 1, 10'000 } },

    { "push", "allow_private_endpoints",
      "Whether pushes may go to private addresses, and without TLS: for tests alone.",
      [](Profile &p) -> Slot { return &p.push.allowPrivateEndpoints; } },

    { "log", "format", "Lines for people, or JSON objects for machines.",
      [](Profile &p) -> Slot { return &p.log.format; } },
    { "log", "access", "Whether each request is logged.", [](Profile &p) -> Slot { return &p.log.access; } },
};

// Levenshtein's distance: how many letters have to be put in, left out or changed.
int editDistance(const QString &a, const QString &b)
{
    std::vector<int> row(size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0]++;
        for (size_t j = 1; j < row.size(); ++j) {
            const int changed = diagonal + (a[i] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({ row[j] + 1, row[j - 1] + 1, changed });
        }
    }
    return row.back();
}

QString nearest(const QString &name, const QStringList &candidates)
{
    return *std::min_element(candidates.begin(), candidates.end(), [&](const QString &a, const QString &b) {
        return editDistance(name, a) < editDistance(name, b);
    });
}

} // namespace

QString Key::path() const
{
    return *section ? QLatin1String(section) + QLatin1Char('.') + QLatin1String(name) : QString(QLatin1String(name));
}

QString Key::variable() const
{
    return QStringLiteral("GRAMINSTA_") + path().replace(QLatin1Char('.'), QLatin1Char('_')).toUpper();
}

std::span<const Key> keys()
{
    return kKeys;
}

const Key *findKey(const QString &section, const QString &name)
{
    const auto found = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const Key &key) {
        return section == QLatin1String(key.section) && name == QLatin1String(key.name);
    });
    return found == std::end(kKeys) ? nullptr : found;
}

QString nearestKey(const QString &path)
{
    QStringList paths;
    for (const Key &key : kKeys) {
        // The right name in the wrong section is the commonest slip, and far away by letters.
        if (path.section(QLatin1Char('.'), -1) == QLatin1String(key.name))
            return key.path();
        paths.append(key.path());
    }
    return nearest(path, paths);
}

QString nearestSection(const QString &section)
{
    QStringList sections;
    for (const Key &key : kKeys) {
        if (*key.section)
            sections.append(QLatin1String(key.section));
    }
    return QStringLiteral("[%1]").arg(nearest(section, sections));
}

} // namespace graminsta::profile
