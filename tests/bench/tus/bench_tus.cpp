// SPDX-License-Identifier: GPL-3.0-or-later
// A file in pieces (tus) against the same bytes in one multipart request, to the same server in the same run, each
// until its attachment is there; and what memory the server has taken for it. One JSON object a line.
//
// Both have the same work behind them: the picture in the file is small, its bytes are many. Pieces are put on the disk
// one by one before they are answered, the multipart body only with the whole.
#include <rig/httpclient.h>
#include <rig/photo.h>
#include <rig/testserver.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

using namespace graminsta;
using rig::HttpBody;
using rig::HttpReply;

namespace
{

constexpr int kRounds = 9;
constexpr qint64 kFileBytes = 24 << 20;
constexpr qint64 kPieceBytes = 5 << 20;
constexpr double kLeastRatio = 0.5;
constexpr double kMostMegabytes = 64;

bool g_failed = false;

void report(const QString &name, double value, const QString &unit, std::optional<double> limit = {},
            const char *better = "higher")
{
    const QJsonObject line { { QStringLiteral("name"), name },
                             { QStringLiteral("value"), value },
                             { QStringLiteral("unit"), unit },
                             { QStringLiteral("better"), QLatin1String(better) },
                             { QStringLiteral("limit"), limit ? QJsonValue(*limit) : QJsonValue() } };
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    if (limit)
        g_failed = g_failed || (QLatin1String(better) == QLatin1String("higher") ? value < *limit : value > *limit);
}

[[noreturn]] void giveUp(const QByteArray &reason)
{
    std::fprintf(stderr, "bench_tus: %s\n", reason.constData());
    std::exit(1);
}

void expect(const HttpReply &reply, int status)
{
    if (reply.status != status && !(status == 200 && reply.status == 202))
        giveUp(reply.summary());
}

// A JPEG whose content nobody has sent yet, with as much behind its end as makes it large.
QByteArray freshFile(int number)
{
    QByteArray file = rig::makePhoto(number);
    const qsizetype begin = file.size();
    file.resize(kFileBytes);
    QRandomGenerator random(static_cast<quint32>(number));
    for (qsizetype i = begin; i < file.size(); ++i)
        file[i] = char(random.generate());
    return file;
}

double byMultipart(rig::HttpClient &http, const QByteArray &file)
{
    QElapsedTimer timer;
    timer.start();
    expect(http.post("/api/v2/media", HttpBody::multipart({ { "file", file, "photo.jpg", "image/jpeg" } })), 200);
    return double(timer.nsecsElapsed()) / 1e6;
}

double byPieces(rig::HttpClient &http, const QByteArray &file)
{
    QElapsedTimer timer;
    timer.start();
    const HttpReply created = http.post(
        "/files/", {}, { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", QByteArray::number(file.size()) } });
    expect(created, 201);
    const QByteArray path = created.header("location");
    for (qint64 offset = 0; offset < file.size(); offset += kPieceBytes)
        expect(http.send("PATCH", path, { "application/offset+octet-stream", file.mid(offset, kPieceBytes) },
                         { { "Tus-Resumable", "1.0.0" }, { "Upload-Offset", QByteArray::number(offset) } }),
               204);
    expect(http.post("/api/v2/media", HttpBody::form({ { "upload", path } })), 200);
    return double(timer.nsecsElapsed()) / 1e6;
}

double medianOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double megabytes(qint64 process, const char *field)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

QByteArray signIn(rig::TestServer &server)
{
    const Result<QByteArray> made =
        server.run({ QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"),
                     QStringLiteral("ann"), QStringLiteral("--password-stdin") },
                   "correct horse battery\n");
    if (!made)
        giveUp(describe(made.error()).toUtf8());
    rig::HttpClient guest(server.url());
    const HttpReply app = guest.post("/api/v1/apps",
                                     HttpBody::form({ { "client_name", "bench" },
                                                      { "redirect_uris", "urn:ietf:wg:oauth:2.0:oob" },
                                                      { "scopes", "read write" } }));
    const HttpReply token = guest.post("/oauth/token",
                                       HttpBody::form({ { "grant_type", "password" },
                                                        { "client_id", app.text("client_id").toUtf8() },
                                                        { "client_secret", app.text("client_secret").toUtf8() },
                                                        { "username", "ann" },
                                                        { "password", "correct horse battery" },
                                                        { "scope", "read write" } }));
    expect(token, 200);
    return token.text("access_token").toUtf8();
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    rig::TestServer server;
    const Result<> started = server.start();
    if (!started)
        giveUp(describe(started.error()).toUtf8());
    rig::HttpClient http(server.url(), signIn(server));
    (void)byMultipart(http, freshFile(1000)); // once, so that all is in place
    (void)byPieces(http, freshFile(1001));
    const double before = megabytes(server.processId(), "VmRSS:");
    std::vector<double> multipart;
    std::vector<double> pieces;
    for (int round = 0; round < kRounds; ++round) {
        multipart.push_back(byMultipart(http, freshFile(2 * round)));
        pieces.push_back(byPieces(http, freshFile(2 * round + 1)));
    }
    const double megabytesSent = double(kFileBytes) / (1 << 20);
    report(QStringLiteral("tus.multipart"), megabytesSent * 1000 / medianOf(multipart), QStringLiteral("MB/s"));
    report(QStringLiteral("tus.pieces"), megabytesSent * 1000 / medianOf(pieces), QStringLiteral("MB/s"));
    report(QStringLiteral("tus.against_multipart"), medianOf(multipart) / medianOf(pieces), QStringLiteral("ratio"),
           kLeastRatio);
    report(QStringLiteral("tus.memory_growth"), megabytes(server.processId(), "VmHWM:") - before, QStringLiteral("MB"),
           kMostMegabytes, "lower");
    return g_failed ? 1 : 0;
}
