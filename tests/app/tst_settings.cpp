// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/core/accountstore.h>
#include <desktop/core/credentials.h>
#include <desktop/settings/serverprofile.h>
#include <desktop/settings/settingspage.h>
#include <desktop/shell/desktopapp.h>

#include <rig/awaiting.h>

#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;

namespace
{

template<typename Widget> Widget *named(QWidget *in, const QString &text)
{
    for (Widget *widget : in->findChildren<Widget *>()) {
        if (widget->text() == text) {
            return widget;
        }
    }
    return nullptr;
}

} // namespace

class tst_Settings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAndReadsTheProfile();
    void checksTheAddressOfTheDatabase();
    void appliesAProfileAndGoesBack();
    void keepsSecretsForTheirOwnerOnly();
    void keepsAccountsAndLosesNoneToABrokenFile();
};

void tst_Settings::writesAndReadsTheProfile()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("server.toml"));
    QVERIFY(readServerProfile(file).isOnThisComputer());
    const ServerProfile profile { QStringLiteral("postgresql://me:p\"a\\ss@db.example.org:5432/photos") };
    QVERIFY(writeServerProfile(file, profile).has_value());
    QCOMPARE(readServerProfile(file).databaseUrl, profile.databaseUrl);
    // It holds a password.
    QVERIFY(!(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)));
    QVERIFY(writeServerProfile(file, {}).has_value());
    QVERIFY(!QFile::exists(file));
}

void tst_Settings::checksTheAddressOfTheDatabase()
{
    QVERIFY(checkDatabaseUrl(QStringLiteral("postgresql://a:b@h:5432/name")).has_value());
    QVERIFY(checkDatabaseUrl(QStringLiteral("postgresql:///name?host=/run/postgresql")).has_value());
    QVERIFY(!checkDatabaseUrl(QStringLiteral("mysql://a@h/name")).has_value());
    QVERIFY(!checkDatabaseUrl(QStringLiteral("postgresql://host")).has_value());
    QVERIFY(!checkDatabaseUrl(QStringLiteral("host")).has_value());
}

void tst_Settings::appliesAProfileAndGoesBack()
{
    QTemporaryDir folder;
    const Result<AppPaths> paths = openAppPaths(folder.path());
    QVERIFY(paths.has_value());
    QList<QString> connected;
    // Only SQLite connects here.
    const auto connect = [&connected, file = paths->serverProfile()](
                             AccountEntry entry,
                             client::CancelToken) -> QCoro::Task<Result<SessionController::SessionPtr>> {
        connected += entry.id;
        const bool here = readServerProfile(file).isOnThisComputer();
        co_return makeError(Fault::Unavailable, here ? QStringLiteral("SQLite") : QStringLiteral("No such host"));
    };
    DesktopApp app({ *paths, {}, Credentials::Where::FileOnly }, nullptr,
                   std::make_unique<NetworkMediaSource>(paths->mediaCache()), connect);
    app.window().show();
    app.window().goTo(Navigator::Place::Settings);
    QWidget *page = app.window().currentPage();
    auto *postgres = named<QRadioButton>(page, QStringLiteral("In a PostgreSQL database (stage 10)"));
    QVERIFY(postgres);
    postgres->click();
    auto *apply = named<QPushButton>(page, QStringLiteral("Apply"));
    QVERIFY(!apply->isEnabled());
    for (QLineEdit *line : page->findChildren<QLineEdit *>()) {
        if (line->accessibleName() == u"Address of the database") {
            line->setText(QStringLiteral("postgresql://me@nowhere.invalid/photos"));
        }
    }
    QVERIFY(apply->isEnabled());
    apply->click();
    QCOMPARE(readServerProfile(paths->serverProfile()).databaseUrl,
             QStringLiteral("postgresql://me@nowhere.invalid/photos"));
    auto *back = named<QPushButton>(page, QStringLiteral("Back to what worked"));
    QTRY_VERIFY(back->isVisible());
    back->click();
    QVERIFY(readServerProfile(paths->serverProfile()).isOnThisComputer());
    QVERIFY(connected.size() >= 2);
}

void tst_Settings::keepsSecretsForTheirOwnerOnly()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("secrets"));
    Credentials credentials(file, Credentials::Where::FileOnly);
    QVERIFY(rig::await(credentials.write(QStringLiteral("a"), QStringLiteral("one"))).has_value());
    QVERIFY(rig::await(credentials.write(QStringLiteral("b"), QStringLiteral("two"))).has_value());
    QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QCOMPARE(rig::await(credentials.read(QStringLiteral("a"))).value(), QStringLiteral("one"));
    QVERIFY(rig::await(credentials.remove(QStringLiteral("a"))).has_value());
    QCOMPARE(rig::await(credentials.read(QStringLiteral("a"))).error().fault, Fault::NotFound);
    QCOMPARE(rig::await(credentials.read(QStringLiteral("b"))).value(), QStringLiteral("two"));
}

void tst_Settings::keepsAccountsAndLosesNoneToABrokenFile()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("accounts.json"));
    const AccountEntry other { QStringLiteral("me@a.example"), AccountEntry::Kind::Elsewhere,
                               QUrl(QStringLiteral("https://a.example")), QStringLiteral("me"), QStringLiteral("Me") };
    {
        AccountStore store(file);
        QCOMPARE(store.current().kind, AccountEntry::Kind::ThisComputer);
        QVERIFY(store.put(other).has_value());
        QVERIFY(store.setCurrent(other.id).has_value());
    }
    {
        AccountStore store(file);
        QCOMPARE(store.current(), other);
        QVERIFY(store.remove(other.id).has_value());
        QCOMPARE(store.current().id, thisComputerId());
        QVERIFY(!store.remove(thisComputerId()).has_value());
    }
    QFile broken(file);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{ not json");
    broken.close();
    AccountStore store(file);
    QCOMPARE(store.entries().size(), 1);
    QVERIFY(QFile::exists(file + QStringLiteral(".unreadable")));
}

QTEST_MAIN(tst_Settings)
#include "tst_settings.moc"
