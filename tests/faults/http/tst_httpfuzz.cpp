// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of requests that are nearly right, always the same ones for a seed (GRAMINSTA_FUZZ_SEED).
#include "httprig.h"

#include <QRandomGenerator>
#include <QTest>

using namespace graminsta;
using namespace graminsta::tests;
using namespace std::chrono_literals;

namespace
{

class Mutator
{
public:
    explicit Mutator(quint32 seed)
        : m_random(seed)
    {
    }

    int below(int bound) { return static_cast<int>(m_random.bounded(bound)); }

    QByteArray request()
    {
        QByteArray bytes = pick(kVerbs) + ' ' + pick(kTargets) + " HTTP/" + pick(kVersions) + "\r\n";
        if (below(5) != 0)
            bytes += "Host: a\r\n";
        for (int i = below(6); i > 0; --i)
            bytes += pick(kHeaders) + (below(10) == 0 ? "\n" : "\r\n");
        bytes += "\r\n" + pick(kBodies);
        for (int i = below(2) * below(6); i > 0; --i)
            mutate(bytes);
        return bytes;
    }

private:
    static const QList<QByteArray> kVerbs;
    static const QList<QByteArray> kTargets;
    static const QList<QByteArray> kVersions;
    static const QList<QByteArray> kHeaders;
    static const QList<QByteArray> kBodies;

    const QByteArray &pick(const QList<QByteArray> &list) { return list[below(static_cast<int>(list.size()))]; }

    void mutate(QByteArray &bytes)
    {
        if (bytes.isEmpty())
            return;
        const qsizetype at = below(static_cast<int>(bytes.size()));
        switch (below(4)) {
        case 0:
            bytes[at] = static_cast<char>(below(256));
            return;
        case 1:
            bytes.insert(at, QByteArray(1 + below(40), static_cast<char>(below(256))));
            return;
        case 2:
            bytes.remove(at, 1 + below(30));
            return;
        default:
            bytes.insert(at, bytes.left(below(static_cast<int>(bytes.size()))));
        }
    }

    QRandomGenerator m_random;
};

const QList<QByteArray> Mutator::kVerbs {
    "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "FOO", "TRACE", ""
};
const QList<QByteArray> Mutator::kTargets { "/healthz",
                                            "/api/v1/instance",
                                            "/api/v1/statuses",
                                            "/api/v1/statuses/%41",
                                            "/api/v2/media",
                                            "/nope",
                                            "/",
                                            "*",
                                            "/api/v1/apps?a[]=1&b%5B%5D=2&c=%ff",
                                            "/api/v1/timelines/tag/%",
                                            "/media/x",
                                            "/oauth/token/",
                                            "/api/v1/accounts/update_credentials",
                                            "/" + QByteArray(9000, 'a') };
const QList<QByteArray> Mutator::kVersions { "1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.0", "2.0", "", " 1.1" };
const QList<QByteArray> Mutator::kHeaders { "Host: b",
                                            "Content-Length: 5",
                                            "Content-Length: 0",
                                            "Content-Length: -1",
                                            "Content-Length: 99999999999999999999",
                                            "Content-Length: 300",
                                            "Content-Length: 7\r\nContent-Length: 2",
                                            "Transfer-Encoding: chunked",
                                            "Connection: close",
                                            "Connection: keep-alive",
                                            "Connection: Upgrade\r\nUpgrade: websocket",
                                            "Expect: 100-continue",
                                            "X: " + QByteArray(2000, 'y'),
                                            "nocolon",
                                            ": empty",
                                            " folded",
                                            "Range: bytes=0-",
                                            "Content-Type: multipart/form-data; boundary=x",
                                            "Content-Type: application/json",
                                            "Authorization: Bearer account-1",
                                            "X-Bin: \x01\xff",
                                            "If-None-Match: *",
                                            "Content-Type: application/x-www-form-urlencoded",
                                            "Authorization: Bearer" };
const QList<QByteArray> Mutator::kBodies {
    "hello",
    "",
    "{\"a\":[{\"b\":{\"c\":[1,2,null]}}]}",
    "a[b][c][d]=1&a[]=&[=1&]=2&=&&&",
    "\r\n\r\n",
    QByteArray(5000, 'A'),
    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--x--\r\n",
    "--x\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--x--",
    "5\r\nhello\r\n0\r\n\r\n",
    QByteArray("[").repeated(2000)
};

} // namespace

class tst_HttpFuzz : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesNearlyRightRequests();
};

void tst_HttpFuzz::survivesNearlyRightRequests()
{
    const int connections = 1500 * faultScale();
    bool given = false;
    const int seed = qEnvironmentVariableIntValue("GRAMINSTA_FUZZ_SEED", &given);
    Mutator mutator(given ? static_cast<quint32>(seed) : 20'261'123U);
    http::ServerOptions options;
    options.limits.headerTime = 2s;
    options.limits.bodyIdleTime = 2s;
    HttpRig rig(options);
    int requests = 0;
    for (int i = 0; i < connections; ++i) {
        Wire wire = rig.connect();
        QVERIFY(wire.isConnected());
        for (int n = 1 + mutator.below(4); n > 0; --n) {
            const QByteArray bytes = mutator.request();
            ++requests;
            const qsizetype cut =
                mutator.below(3) == 0 ? mutator.below(static_cast<int>(bytes.size()) + 1) : bytes.size();
            wire.send(QByteArrayView(bytes).first(cut));
            if (cut < bytes.size()) {
                QTest::qSleep(1);
                wire.send(QByteArrayView(bytes).sliced(cut));
            }
        }
        if (mutator.below(2) == 0)
            (void)wire.receiveSome(65536, 3ms);
        if (mutator.below(3) == 0)
            wire.hangUp();
        if (i % 250 == 0)
            QVERIFY2(rig.servesOthers(), qPrintable(QString::number(i)));
    }
    QVERIFY(rig.servesOthers());
    QTRY_COMPARE_WITH_TIMEOUT(rig.server().counts().open, 0, 20'000);
    QCOMPARE(rig.server().counts().busy, 0);
    QTRY_COMPARE(rig.stagedFiles(), 0);
    qInfo("%d requests on %d connections", requests, connections);
}

QTEST_GUILESS_MAIN(tst_HttpFuzz)
#include "tst_httpfuzz.moc"
