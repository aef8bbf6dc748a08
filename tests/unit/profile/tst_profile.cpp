// SPDX-License-Identifier: GPL-3.0-or-later
#include "otherprofile.h"

#include <graminsta/profile/load.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using namespace graminsta::profile;

namespace
{

QProcessEnvironment variables(const QList<QPair<QString, QString>> &pairs)
{
    QProcessEnvironment environment;
    for (const auto &[name, value] : pairs)
        environment.insert(name, value);
    return environment;
}

QString complaintOf(const Result<Profile> &result)
{
    return result ? QStringLiteral("(loaded)") : result.error().safe;
}

} // namespace

class tst_Profile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isStageOneWithoutFileAndVariables();
    void readsEveryKeyFromItsFile();
    void readsEveryKeyFromItsVariable();
    void prefersTheVariableToTheFile();
    void readsSizesAndTimesWithUnits_data();
    void readsSizesAndTimesWithUnits();
    void readsListsFromVariables();
    void putsSecretsInFromFiles();
    void saysWhatIsWrongInAFile_data();
    void saysWhatIsWrongInAFile();
    void saysWhatIsWrongInAVariable_data();
    void saysWhatIsWrongInAVariable();
    void saysAllThatIsWrongAtOnce();
    void namesAFileThatIsNotThere();
    void keepsPasswordsOutOfMessages();
    void warnsOfVariablesThatMeanNothing();
    void writesWhatItReads();
    void masksPasswords_data();
    void masksPasswords();
    void describesEveryKey();
    void takesListenAddressesApart_data();
    void takesListenAddressesApart();
    void shipsProfilesThatLoad_data();
    void shipsProfilesThatLoad();

private:
    // Writes the profile "test.toml" and gives its path.
    QString file(const QByteArray &toml)
    {
        const QString path = m_folder.filePath(QStringLiteral("test.toml"));
        QFile out(path);
        const bool written = out.open(QIODevice::WriteOnly) && out.write(toml) == toml.size();
        return written ? path : QString();
    }
    Result<Profile> loadText(const QByteArray &toml) { return load(file(toml), {}); }

    QTemporaryDir m_folder;
};

void tst_Profile::isStageOneWithoutFileAndVariables()
{
    const Result<Profile> loaded = load({}, {});
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->stage, QStringLiteral("stage-1"));
    QCOMPARE(loaded->server.listen, QStringLiteral("127.0.0.1:0"));
    QCOMPARE(loaded->database.url, QString());
    QCOMPARE(loaded->registrations.mode, RegistrationMode::Closed);
    QCOMPARE(loaded->access.reading, ReadingAccess::Public);
    QCOMPARE(loaded->limits.enabled, true);
    QCOMPARE(loaded->limits.maxMediaAttachments, 20);
    QCOMPARE(loaded->limits.maxCharacters, 2200);
    QCOMPARE(loaded->limits.description, 1500);
    QCOMPARE(loaded->limits.imageSize, 26'214'400);
}

void tst_Profile::readsEveryKeyFromItsFile()
{
    const Result<Profile> loaded = loadText(kOtherProfile);
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->instance.title, QStringLiteral("Our \"photos\" \\ and more"));
    QCOMPARE(loaded->registrations.mode, RegistrationMode::Approval);
    QCOMPARE(loaded->limits.requestTime, std::chrono::milliseconds(500));
    // The text holds each key once and in order, so that what was read can be compared as a whole.
    QCOMPARE(toToml(*loaded), QString::fromUtf8(kOtherProfile));
    const QList<KeyDescription> keys = describeKeys();
    for (const KeyDescription &key : keys) {
        const QString line = key.key.section(QLatin1Char('.'), -1) + QStringLiteral(" = ") + key.defaultValue;
        QVERIFY2(!QString::fromUtf8(kOtherProfile).contains(line + QLatin1Char('\n')), qPrintable(line));
    }
}

void tst_Profile::readsEveryKeyFromItsVariable()
{
    QProcessEnvironment environment;
    QString section;
    for (const QString &line : QString::fromUtf8(kOtherProfile).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1Char('['))) {
            section = line.mid(1, line.size() - 2).toUpper() + QLatin1Char('_');
            continue;
        }
        QString value = line.section(QStringLiteral(" = "), 1);
        if (value.startsWith(QLatin1Char('"')))
            value = value.mid(1, value.size() - 2)
                        .replace(QStringLiteral("\\\""), QStringLiteral("\""))
                        .replace(QStringLiteral("\\\\"), QStringLiteral("\\"));
        environment.insert(QStringLiteral("GRAMINSTA_") + section + line.section(QStringLiteral(" = "), 0, 0).toUpper(),
                           value);
    }
    const Result<Profile> loaded = load({}, environment);
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(toToml(*loaded), QString::fromUtf8(kOtherProfile));
}

void tst_Profile::prefersTheVariableToTheFile()
{
    const QString path = file("[registrations]\nmode = \"closed\"\n[limits]\nenabled = true\n");
    const Result<Profile> loaded =
        load(path,
             variables({ { QStringLiteral("GRAMINSTA_REGISTRATIONS_MODE"), QStringLiteral("open") },
                         { QStringLiteral("GRAMINSTA_LIMITS_ENABLED"), QStringLiteral("false") } }));
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->registrations.mode, RegistrationMode::Open);
    QCOMPARE(loaded->limits.enabled, false);
}

void tst_Profile::readsSizesAndTimesWithUnits_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<qint64>("milliseconds");
    const qint64 size = Profile().limits.imageSize;
    const qint64 time = Profile().limits.requestTime.count();
    QTest::newRow("decimal size") << QByteArray("image_size = \"25 MB\"") << qint64(25'000'000) << time;
    QTest::newRow("binary size") << QByteArray("image_size = \"2MiB\"") << qint64(2'097'152) << time;
    QTest::newRow("fraction") << QByteArray("image_size = \"1.5 gb\"") << qint64(0) << time;
    QTest::newRow("fraction of MB") << QByteArray("image_size = \"1.5 mb\"") << qint64(1'500'000) << time;
    QTest::newRow("bytes") << QByteArray("image_size = 100000") << qint64(100'000) << time;
    QTest::newRow("seconds as a number") << QByteArray("request_time = 7") << size << qint64(7'000);
    QTest::newRow("seconds as a fraction") << QByteArray("request_time = 0.25") << size << qint64(250);
    QTest::newRow("minutes") << QByteArray("request_time = \"2 min\"") << size << qint64(120'000);
    QTest::newRow("hours") << QByteArray("request_time = \"1 h\"") << size << qint64(3'600'000);
}

void tst_Profile::readsSizesAndTimesWithUnits()
{
    QFETCH(QByteArray, line);
    QFETCH(qint64, bytes);
    QFETCH(qint64, milliseconds);
    const Result<Profile> loaded = loadText("[limits]\n" + line + "\n");
    if (bytes == 0) { // out of range
        QVERIFY(!loaded);
        return;
    }
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->limits.imageSize, bytes);
    QCOMPARE(loaded->limits.requestTime.count(), milliseconds);
}

void tst_Profile::readsListsFromVariables()
{
    const QString rules = QStringLiteral("GRAMINSTA_INSTANCE_RULES");
    Result<Profile> loaded = load({}, variables({ { rules, QStringLiteral("Be kind, Be brief") } }));
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->instance.rules, QStringList({ QStringLiteral("Be kind"), QStringLiteral("Be brief") }));

    loaded = load({}, variables({ { rules, QStringLiteral("[\"Be kind, be brief\"]") } }));
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->instance.rules, QStringList { QStringLiteral("Be kind, be brief") });

    loaded = load({}, variables({ { rules, QString() } }));
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->instance.rules, QStringList());
}

void tst_Profile::putsSecretsInFromFiles()
{
    QFile secret(m_folder.filePath(QStringLiteral("password")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("pa${file:/x}ss\r\n");
    secret.close();
    const QString url = QStringLiteral("postgresql://me:${file:%1}@db/photos").arg(secret.fileName());
    const Result<Profile> loaded = load({}, variables({ { QStringLiteral("GRAMINSTA_DATABASE_URL"), url } }));
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->database.url, QStringLiteral("postgresql://me:pa${file:/x}ss@db/photos"));
}

void tst_Profile::saysWhatIsWrongInAFile_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *name, const char *toml, const char *complaint) {
        QTest::newRow(name) << QByteArray(toml) << QString::fromUtf8(complaint);
    };
    row("misspelt key", "[server]\n\nlisen = \"x\"",
        "test.toml:3: there is no key server.lisen; did you mean server.listen?");
    row("key of another section", "[instance]\nmax_characters = 5",
        "test.toml:2: there is no key instance.max_characters; did you mean limits.max_characters?");
    row("key without its section", "listen = \"x\"",
        "test.toml:1: there is no key listen; did you mean server.listen?");
    row("misspelt section", "[databse]\nurl = \"\"",
        "test.toml:1: there is no section [databse]; did you mean [database]?");
    row("section as a key", "server = 5", "test.toml:1: there is no key server; did you mean stage?");
    row("no TOML", "[server\nlisten = 5", "test.toml:1: ");
    row("number for a text", "[instance]\ntitle = 5", "test.toml:2: instance.title must be a text in quotes, not 5");
    row("table for a text", "[instance.title]\na = 5",
        "test.toml:1: instance.title must be a text in quotes, not a section");
    row("text for a number", "[server]\nworkers = \"four\"",
        "test.toml:2: server.workers must be a whole number from 1 to 256, not \"four\"");
    row("number out of range", "[server]\nworkers = 0",
        "test.toml:2: server.workers must be a whole number from 1 to 256, not 0");
    row("text for truth", "[limits]\nenabled = \"no\"",
        "test.toml:2: limits.enabled must be true or false, not \"no\"");
    row("text for a list", "[instance]\nlanguages = \"en\"",
        "test.toml:2: instance.languages must be a list of texts, such as [\"one\", \"two\"], not \"en\"");
    row("list of numbers", "[instance]\nlanguages = [1]",
        "test.toml:2: instance.languages must be a list of texts, such as [\"one\", \"two\"], not [ 1 ]");
    row("unknown choice", "[registrations]\nmode = \"free\"",
        "test.toml:2: registrations.mode must be one of \"open\", \"approval\", \"invite\", \"closed\", not \"free\"");
    row("unknown format", "[log]\nformat = \"xml\"",
        "test.toml:2: log.format must be one of \"text\", \"json\", not \"xml\"");
    row("size without a unit", "[limits]\nimage_size = \"25\"",
        "test.toml:2: limits.image_size must be a size such as \"25 MiB\", or a number of bytes, from 65536 to "
        "1073741824, not \"25\"");
    row("time of an unknown unit", "[limits]\nrequest_time = \"5 days\"",
        "test.toml:2: limits.request_time must be a time such as \"500 ms\" or \"2 min\", or a number of seconds, from "
        "0.1 to 3600, not \"5 days\"");
    row("no port", "[server]\nlisten = \"127.0.0.1\"",
        "test.toml:2: server.listen must be an address and a port, such as \"127.0.0.1:8080\", not \"127.0.0.1\"");
    row("public address with a path", "[server]\npublic_url = \"https://a.example/b\"",
        "test.toml:2: server.public_url must be a web address without a path, such as \"https://photos.example\", not "
        "\"https://a.example/b\"");
    row("unknown database", "[database]\nurl = \"mysql://x\"",
        "test.toml:2: database.url must be empty, \"sqlite:///path/to/file\" or "
        "\"postgresql://user:password@host:port/database\"");
    row("empty title", "[instance]\ntitle = \" \"",
        "test.toml:2: instance.title must be a text that is not empty, not \" \"");
    row("secret without its end", "[database]\nurl = \"${file:/x\"",
        "test.toml:2: database.url has ${file: without its }");
    row("secret that is not there", "[database]\nurl = \"${file:/nowhere/at/all}\"",
        "test.toml:2: database.url names the file /nowhere/at/all, which cannot be read: No such file or directory");
}

void tst_Profile::saysWhatIsWrongInAFile()
{
    QFETCH(QByteArray, toml);
    QFETCH(QString, complaint);
    const Result<Profile> loaded = loadText(toml);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().fault, Fault::Invalid);
    if (complaint.endsWith(QStringLiteral(": "))) // the rest is the parser's own words
        QVERIFY2(loaded.error().safe.startsWith(complaint), qPrintable(loaded.error().safe));
    else
        QCOMPARE(loaded.error().safe, complaint);
}

void tst_Profile::saysWhatIsWrongInAVariable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *name, const char *value, const char *complaint) {
        const QString variable = QStringLiteral("GRAMINSTA_") + QLatin1String(name);
        QTest::newRow(name) << variable << QString::fromUtf8(value) << variable + QString::fromUtf8(complaint);
    };
    row("SERVER_WORKERS", "many", " must be a whole number from 1 to 256, not \"many\"");
    row("LIMITS_ENABLED", "maybe", " must be true or false, not \"maybe\"");
    row("REGISTRATIONS_MODE", "Open", " must be one of \"open\", \"approval\", \"invite\", \"closed\", not \"Open\"");
    row("INSTANCE_RULES", "[\"Be", " must be a list of texts, such as [\"one\", \"two\"], not \"[\\\"Be\"");
}

void tst_Profile::saysWhatIsWrongInAVariable()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, complaint);
    const Result<Profile> loaded = load({}, variables({ { name, value } }));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().safe, complaint);
}

void tst_Profile::saysAllThatIsWrongAtOnce()
{
    const Result<Profile> loaded =
        load(file("[server]\nworkers = 0\nport = 80\n"),
             variables({ { QStringLiteral("GRAMINSTA_LOG_FORMAT"), QStringLiteral("xml") } }));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().safe.count(QLatin1Char('\n')), 2);
}

void tst_Profile::namesAFileThatIsNotThere()
{
    const Result<Profile> loaded = load(QStringLiteral("/nowhere/profile.toml"), {});
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().fault, Fault::NotFound);
    QCOMPARE(loaded.error().safe,
             QStringLiteral("the profile /nowhere/profile.toml cannot be read: No such file or directory"));
}

void tst_Profile::keepsPasswordsOutOfMessages()
{
    const Result<Profile> loaded = loadText("[database]\nurl = \"mysql://me:hunter2@db/x\"");
    QVERIFY(!loaded);
    QVERIFY2(!loaded.error().safe.contains(QStringLiteral("hunter2")), qPrintable(loaded.error().safe));
}

void tst_Profile::warnsOfVariablesThatMeanNothing()
{
    QTest::ignoreMessage(QtWarningMsg, "the variable GRAMINSTA_SERVER_LISEN means nothing here");
    QVERIFY(load({},
                 variables({ { QStringLiteral("GRAMINSTA_SERVER_LISEN"), QStringLiteral("x") },
                             { QStringLiteral("GRAMINSTA_PHOTOS"), QStringLiteral("/photos") },
                             { QStringLiteral("HOME"), QStringLiteral("/") } })));
}

void tst_Profile::writesWhatItReads()
{
    Profile odd;
    odd.instance.title = QStringLiteral("tab\there, line\nbreak, \"quotes\", ünïcode \x7f");
    odd.limits.imageSize = 1'234'567;
    odd.limits.requestTime = std::chrono::milliseconds(90'001);
    const QString written = toToml(odd);
    const Result<Profile> loaded = loadText(written.toUtf8());
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->instance.title, odd.instance.title);
    QCOMPARE(toToml(*loaded), written);
}

void tst_Profile::masksPasswords_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const char *url, const char *shown) {
        QTest::newRow(name) << QString::fromUtf8(url) << QString::fromUtf8(shown);
    };
    row("password", "postgresql://me:secret@db:5432/photos", "postgresql://me:***@db:5432/photos");
    row("with slashes and at", "postgresql://me:se/c@r:et@db/photos", "postgresql://me:***@db/photos");
    row("in the query", "postgresql://db/photos?password=secret&sslmode=require",
        "postgresql://db/photos?password=***&sslmode=require");
    row("none", "postgresql://me@db:5432/photos", "postgresql://me@db:5432/photos");
    row("file", "sqlite:///srv/a:b.db", "sqlite:///srv/a:b.db");
}

void tst_Profile::masksPasswords()
{
    QFETCH(QString, url);
    QFETCH(QString, shown);
    Profile profile;
    profile.database.url = url;
    QVERIFY2(toToml(profile).contains(QStringLiteral("url = \"%1\"\n").arg(shown)), qPrintable(toToml(profile)));
}

void tst_Profile::describesEveryKey()
{
    const QList<KeyDescription> keys = describeKeys();
    QCOMPARE(keys.size(), toToml(Profile()).count(QStringLiteral(" = ")));
    for (const KeyDescription &key : keys) {
        QVERIFY2(key.text.endsWith(QLatin1Char('.')) && !key.type.isEmpty() && !key.defaultValue.isEmpty(),
                 qPrintable(key.key));
        QVERIFY2(key.variable.startsWith(QStringLiteral("GRAMINSTA_")), qPrintable(key.key));
    }
}

void tst_Profile::takesListenAddressesApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    const auto row = [](const char *text, const char *host, int port) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(host) << port;
    };
    row("127.0.0.1:0", "127.0.0.1", 0);
    row("[::1]:8080", "::1", 8080);
    row("localhost:65535", "localhost", 65535);
    row("127.0.0.1", "", -1);
    row("127.0.0.1:65536", "", -1);
    row("127.0.0.1:-1", "", -1);
    row("::1:80", "", -1);
    row("[]:80", "", -1);
    row(":80", "", -1);
}

void tst_Profile::takesListenAddressesApart()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    const std::optional<ListenAddress> address = parseListenAddress(text);
    QCOMPARE(address.has_value(), port >= 0);
    if (address) {
        QCOMPARE(address->host, host);
        QCOMPARE(int(address->port), port);
    }
}

void tst_Profile::shipsProfilesThatLoad_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(GRAMINSTA_PROFILES));
    for (const QString &name : folder.entryList({ QStringLiteral("*.toml") }))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void tst_Profile::shipsProfilesThatLoad()
{
    QFETCH(QString, path);
    const Result<Profile> loaded = load(path, {});
    QVERIFY2(loaded, qPrintable(complaintOf(loaded)));
    QCOMPARE(loaded->stage + QStringLiteral(".toml"), QFileInfo(path).fileName());
}

QTEST_GUILESS_MAIN(tst_Profile)
#include "tst_profile.moc"
