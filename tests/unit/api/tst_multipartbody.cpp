// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/multipartbody.h>

#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using api::MultipartBody;

namespace
{

const QByteArray kBinary = QByteArrayLiteral("\x00\xff--B");

} // namespace

class TestMultipartBody : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void writesFieldsAndFilesAsTheRfcHasThem();
    void escapesNamesThatWouldBreakOut();
    void readsTheSameInAnySteps();
    void startsAgainAfterReset();
    void refusesAFileThatIsNotThere();
    void failsWhenAFileHasBecomeShorter();

private:
    [[nodiscard]] QString fileWith(const QByteArray &content);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMultipartBody::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString TestMultipartBody::fileWith(const QByteArray &content)
{
    const QString path = m_folder->filePath(QStringLiteral("file"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a test file");
    return path;
}

void TestMultipartBody::writesFieldsAndFilesAsTheRfcHasThem()
{
    MultipartBody body("B");
    body.addField(QStringLiteral("description"), QStringLiteral("Fog é"));
    QVERIFY(body.addFile(QStringLiteral("file"), fileWith(kBinary), QStringLiteral("fog.jpg"), "image/jpeg"));
    body.finish();
    const QByteArray expected = "--B\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nFog \xc3\xa9\r\n"
                                "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"fog.jpg\"\r\n"
                                "Content-Type: image/jpeg\r\n\r\n"
        + kBinary + "\r\n--B--\r\n";
    QCOMPARE(body.size(), expected.size());
    QCOMPARE(body.readAll(), expected);
    QCOMPARE(MultipartBody::contentType("B"), QByteArray("multipart/form-data; boundary=B"));
}

void TestMultipartBody::escapesNamesThatWouldBreakOut()
{
    MultipartBody body("B");
    QVERIFY(body.addFile(QStringLiteral("file"), fileWith("x"), QStringLiteral("a\"; x=\"\r\nEvil: 1\n.jpg"),
                         "image/jpeg"));
    body.finish();
    QVERIFY(body.readAll().contains("filename=\"a%22; x=%22%0D%0AEvil: 1%0A.jpg\"\r\n"));
}

void TestMultipartBody::readsTheSameInAnySteps()
{
    QByteArray content(100'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 31);
    const QString path = fileWith(content);
    QByteArray whole;
    for (const qint64 step : { 1'000'000, 16'384, 777, 7 }) {
        MultipartBody body("B");
        body.addField(QStringLiteral("a"), QStringLiteral("b"));
        QVERIFY(body.addFile(QStringLiteral("file"), path, QStringLiteral("f"), "image/jpeg"));
        body.finish();
        QByteArray read;
        while (!body.atEnd()) {
            const QByteArray piece = body.read(step);
            QVERIFY(!piece.isEmpty());
            read += piece;
        }
        QCOMPARE(read.size(), body.size());
        QVERIFY(read.contains(content));
        if (!whole.isEmpty())
            QCOMPARE(read, whole);
        whole = read;
    }
}

void TestMultipartBody::startsAgainAfterReset()
{
    MultipartBody body("B");
    QVERIFY(body.addFile(QStringLiteral("file"), fileWith("abc"), QStringLiteral("f"), "image/jpeg"));
    body.finish();
    const QByteArray first = body.readAll();
    QVERIFY(body.reset());
    QCOMPARE(body.readAll(), first);
}

void TestMultipartBody::refusesAFileThatIsNotThere()
{
    MultipartBody body("B");
    const Result<> added = body.addFile(QStringLiteral("file"), m_folder->filePath(QStringLiteral("none")),
                                        QStringLiteral("none.jpg"), "image/jpeg");
    QCOMPARE(added.error().fault, Fault::NotFound);
    QVERIFY(added.error().safe.contains(QStringLiteral("none.jpg")));
    QCOMPARE(body.size(), 0);
}

void TestMultipartBody::failsWhenAFileHasBecomeShorter()
{
    const QString path = fileWith(QByteArray(50'000, 'x'));
    MultipartBody body("B");
    QVERIFY(body.addFile(QStringLiteral("file"), path, QStringLiteral("f"), "image/jpeg"));
    body.finish();
    QVERIFY(QFile::resize(path, 10));
    qint64 got = 0;
    char buffer[4096];
    while ((got = body.read(buffer, sizeof buffer)) > 0) { }
    QCOMPARE(got, -1);
}

QTEST_GUILESS_MAIN(TestMultipartBody)
#include "tst_multipartbody.moc"
