// SPDX-License-Identifier: GPL-3.0-or-later
// Real photos: what is accepted, which way up it comes out, and that nothing private does.
#include "suites.h"

#include <QDir>
#include <QDirIterator>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Photos : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void initTestCase();
    void init();
    void acceptsOrRefusesWithAReason_data();
    void acceptsOrRefusesWithAReason();
    void turnsPhotosUpright_data();
    void turnsPhotosUpright();
    void removesPlaceAndOwnerFromEveryPicture_data();
    void removesPlaceAndOwnerFromEveryPicture();

private:
    void addRows(const QString &subfolder) const;
    [[nodiscard]] HttpReply upload(const QString &path);

    QDir m_photos;
    bool m_arePhotosThere = false;
    Person m_person;
};

void tst_Photos::initTestCase()
{
    m_photos.setPath(qEnvironmentVariable("GRAMINSTA_PHOTOS"));
    m_arePhotosThere =
        !qEnvironmentVariableIsEmpty("GRAMINSTA_PHOTOS") && m_photos.exists(QStringLiteral("orientation"));
    m_person = w.person();
}

// Test by test: a suite that is skipped as a whole takes those after it in this program along.
void tst_Photos::init()
{
    if (!m_arePhotosThere)
        QSKIP("no photos: set GRAMINSTA_PHOTOS to the folder of real photos");
}

void tst_Photos::addRows(const QString &subfolder) const
{
    if (!m_arePhotosThere) {
        QTest::newRow("none") << QString();
        return;
    }
    QDirIterator files(m_photos.filePath(subfolder), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.endsWith(QStringLiteral(".md")))
            QTest::newRow(qPrintable(m_photos.relativeFilePath(path))) << path;
    }
}

HttpReply tst_Photos::upload(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const rig::Part part { "file", file.readAll(), QFileInfo(path).fileName().toUtf8(), "application/octet-stream" };
    return w.client(m_person).post("/api/v1/media", HttpBody::multipart({ part }));
}

void tst_Photos::acceptsOrRefusesWithAReason_data()
{
    QTest::addColumn<QString>("path");
    addRows(QStringLiteral("formats"));
}

void tst_Photos::acceptsOrRefusesWithAReason()
{
    QFETCH(QString, path);
    const HttpReply reply = upload(path);
    const QString suffix = QFileInfo(path).suffix();
    if (suffix == QStringLiteral("jxl")) {
        QVERIFY2(reply.status == 422 || reply.status == 415, reply.summary());
        QVERIFY2(reply.text("error").size() > 10, reply.summary());
        return;
    }
    GI_STATUS(reply, 200);
    const HttpReply picture = w.client().get(reply.text("url").toUtf8());
    GI_STATUS(picture, 200);
    // Whatever came in, what goes out is of a type that every client can show.
    const QString kept =
        suffix == QStringLiteral("png") || suffix == QStringLiteral("webp") ? suffix : QStringLiteral("jpeg");
    QCOMPARE(picture.header("content-type"), "image/" + kept.toLatin1());
    QVERIFY(!QImage::fromData(picture.body).isNull());
    const HttpReply preview = w.client().get(reply.text("preview_url").toUtf8());
    QCOMPARE(preview.header("content-type"), QByteArray("image/jpeg"));
}

void tst_Photos::turnsPhotosUpright_data()
{
    QTest::addColumn<QString>("path");
    addRows(QStringLiteral("orientation"));
}

void tst_Photos::turnsPhotosUpright()
{
    QFETCH(QString, path);
    const HttpReply reply = upload(path);
    GI_STATUS(reply, 200);
    const QJsonValue original = reply.object()[QLatin1String("meta")][QLatin1String("original")];
    const bool landscape = QFileInfo(path).fileName().startsWith(QStringLiteral("Landscape"));
    QCOMPARE(original[QLatin1String("width")].toInt() > original[QLatin1String("height")].toInt(), landscape);
    for (const char *name : { "url", "preview_url" }) {
        const QImage image = QImage::fromData(w.client().get(reply.text(name).toUtf8()).body);
        QVERIFY(!image.isNull());
        QCOMPARE(image.width() > image.height(), landscape);
    }
}

void tst_Photos::removesPlaceAndOwnerFromEveryPicture_data()
{
    QTest::addColumn<QString>("path");
    for (const char *folder : { "metadata", "camera", "formats" })
        addRows(QString::fromLatin1(folder));
}

void tst_Photos::removesPlaceAndOwnerFromEveryPicture()
{
    QFETCH(QString, path);
    const QString exiftool = QStandardPaths::findExecutable(QStringLiteral("exiftool"));
    if (exiftool.isEmpty() && qEnvironmentVariableIsEmpty("CI"))
        QSKIP("exiftool is not installed");
    if (path.endsWith(QStringLiteral(".jxl")))
        return; // refused: see above
    const HttpReply reply = upload(path);
    GI_STATUS(reply, 200);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    // To its owner, the file as it came.
    const QByteArray id = reply.text("id").toUtf8();
    QCOMPARE(w.client(m_person).get("/api/graminsta/v1/media/" + id + "/original").body, file.readAll());
    for (const char *name : { "url", "preview_url" }) {
        const QByteArray picture = w.client().get(reply.text(name).toUtf8()).body;
        QProcess inspection;
        inspection.start(exiftool, { QStringLiteral("-G1"), QStringLiteral("-s"), QStringLiteral("-") });
        inspection.write(picture);
        inspection.closeWriteChannel();
        QVERIFY(inspection.waitForFinished());
        const QByteArrayList lines = inspection.readAllStandardOutput().split('\n');
        QVERIFY(lines.size() > 5);
        for (const QByteArray &line : lines) {
            // What a format says of its pixels, and what is computed from that, tells nothing about a person.
            static const QByteArrayList kHarmless { "[File]", "[System]", "[ExifTool]", "[JFIF]",
                                                    "[PNG]",  "[RIFF]",   "[Composite]" };
            const bool harmless = line.isEmpty()
                || std::any_of(kHarmless.begin(), kHarmless.end(),
                               [&line](const QByteArray &group) { return line.startsWith(group); });
            QVERIFY2(harmless, line);
            QVERIFY2(!line.contains("GPS") && !line.contains("Comment"), line);
        }
    }
}

SuitePointer makePhotosSuite(World &world)
{
    return std::make_unique<tst_Photos>(world);
}

} // namespace graminsta::api_test

#include "tst_photos.moc"
