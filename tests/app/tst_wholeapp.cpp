// SPDX-License-Identifier: GPL-3.0-or-later
// The app as a person uses it, by its own widgets, with nothing recorded: the bundled server, a real PostgreSQL, and
// another real server to sign in at. Only the browser is played by the test.
#include <desktop/compose/thumbnail.h>
#include <desktop/feed/feedview.h>
#include <desktop/feed/statuslistmodel.h>
#include <desktop/settings/serversection.h>
#include <desktop/shell/desktopapp.h>
#include <desktop/signin/connectaccount.h>
#include <desktop/signin/signincontroller.h>
#include <desktop/widgets/page.h>

#include <graminsta/client/networktransport.h>
#include <rig/authorization.h>
#include <rig/awaiting.h>
#include <rig/photo.h>
#include <rig/postgresserver.h>
#include <rig/testserver.h>

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace graminsta;

namespace
{

// A server that starts, and large photos on a busy machine.
constexpr int kPatience = 60'000;
const QString kPassword = QStringLiteral("correct horse battery");

template<typename Widget> Widget *named(QWidget *in, const QString &text)
{
    for (Widget *widget : in->findChildren<Widget *>()) {
        if (widget->text() == text) {
            return widget;
        }
    }
    return nullptr;
}

bool says(QWidget *in, const QString &text)
{
    const QList<QLabel *> labels = in->findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(),
                       [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

// Rather than an icon on a plain ground.
bool showsAPhoto(QWidget *widget)
{
    const QImage image = widget->grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            colours.insert(image.pixel(x, y));
        }
    }
    return colours.size() > 500;
}

QString sharedPhoto(const QString &name)
{
    const QString folder = qEnvironmentVariable("GRAMINSTA_PHOTOS");
    const QString file = QDir(folder).filePath(name);
    return !folder.isEmpty() && QFileInfo::exists(file) ? file : QString();
}

// The app in a window that is shown, on a data folder.
class Desktop
{
public:
    explicit Desktop(const QString &folder)
        : m_app({ *openAppPaths(folder), {}, Credentials::Where::FileOnly })
    {
        m_app.window().resize(1000, 800);
        m_app.window().show();
        m_app.start();
    }

    [[nodiscard]] DesktopApp &app() { return m_app; }
    [[nodiscard]] bool isReady() { return m_app.sessions().state() == SessionController::State::Ready; }
    [[nodiscard]] QWidget *page() { return m_app.window().currentPage(); }
    QWidget *goTo(Navigator::Place place)
    {
        m_app.window().goTo(place);
        return page();
    }
    void click(const QString &button)
    {
        auto *found = named<QPushButton>(page(), button);
        QVERIFY2(found, qPrintable(QStringLiteral("There is no button \"%1\"").arg(button)));
        QTRY_VERIFY_WITH_TIMEOUT(found->isEnabled(), kPatience);
        found->click();
    }
    // Of the home timeline, the newest first.
    [[nodiscard]] QStringList captions()
    {
        QStringList captions;
        for (int row = 0; row < feed()->rowCount(); ++row) {
            captions.append(feed()->at(row).caption);
        }
        return captions;
    }
    // Precondition: there is one.
    [[nodiscard]] const StatusRow &newest() { return feed()->at(0); }

private:
    [[nodiscard]] const StatusListModel *feed()
    {
        auto *view = goTo(Navigator::Place::Home)->findChild<FeedView *>();
        return view ? qobject_cast<const StatusListModel *>(view->model()) : nullptr;
    }

    DesktopApp m_app;
};

// A person's answer to the authorize page, given on a thread of its own as a browser would, redirect and all.
class Browser
{
public:
    explicit Browser(rig::Visitor visitor)
        : m_visitor(std::move(visitor))
    {
    }
    ~Browser() { join(); }

    bool open(const QUrl &page)
    {
        m_thread = std::thread([this, page] {
            rig::HttpClient server(page.adjusted(QUrl::RemovePath | QUrl::RemoveQuery));
            m_last =
                rig::visitAuthorizePage(server, page.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority), m_visitor);
            const QUrl back = QUrl::fromEncoded(m_last.header("location"));
            if (back.isValid() && !back.isEmpty()) {
                rig::HttpClient app(back.adjusted(QUrl::RemovePath | QUrl::RemoveQuery));
                m_last = app.get(back.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority));
            }
        });
        return true;
    }
    // The last page it shows.
    const rig::HttpReply &join()
    {
        if (m_thread.joinable()) {
            m_thread.join();
        }
        return m_last;
    }

private:
    rig::Visitor m_visitor;
    rig::HttpReply m_last;
    std::thread m_thread;
};

} // namespace

class tst_WholeApp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void postsPhotosThatAppearInTheFeed();
    void movesToPostgresAndBackByTheSettings();
    void signsInAtAnotherServerByTheBrowser();
    void signsInAtAnotherServerByACode();

private:
    void post(Desktop &desktop, const QStringList &photos, const QString &caption);
    // With the photos that are in the draft already.
    void finish(Desktop &desktop, const QString &caption);
    void applyDatabase(Desktop &desktop, const QString &url);
    [[nodiscard]] static rig::Visitor newPerson(const rig::TestServer &server);

    QTemporaryDir m_folder;
};

void tst_WholeApp::initTestCase()
{
    if (!QFileInfo(rig::TestServer::program()).isExecutable()) {
        QSKIP("graminsta-server is not built");
    }
    // Where the app looks for its server when it is not beside it.
    qputenv("PATH", QFile::encodeName(QFileInfo(rig::TestServer::program()).path()) + ':' + qgetenv("PATH"));
}

void tst_WholeApp::post(Desktop &desktop, const QStringList &photos, const QString &caption)
{
    desktop.app().window().compose(photos);
    finish(desktop, caption);
}

void tst_WholeApp::finish(Desktop &desktop, const QString &caption)
{
    QWidget *page = desktop.page();
    for (auto *edit : page->findChildren<QPlainTextEdit *>()) {
        if (edit->accessibleName() == QStringLiteral("Caption")) {
            edit->setPlainText(caption);
        }
    }
    desktop.click(QStringLiteral("Post"));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.page() != page, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.captions().value(0), caption, kPatience);
}

void tst_WholeApp::postsPhotosThatAppearInTheFeed()
{
    QStringList photos;
    for (const QString &name : { QStringLiteral("camera/craft-beer.jpg"), QStringLiteral("formats/IMG_2682.heic"),
                                 QStringLiteral("formats/8bit-sRGB.avif"), QStringLiteral("formats/denali.webp"),
                                 QStringLiteral("formats/density_plot.png") }) {
        photos.append(sharedPhoto(name));
    }
    if (photos.contains(QString())) {
        QSKIP("The shared photos are not there; GRAMINSTA_PHOTOS names their folder");
    }
    Desktop desktop(m_folder.filePath(QStringLiteral("photos")));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.isReady(), kPatience);
    // Also of the files that Qt cannot read: then the server's picture is shown.
    desktop.app().window().compose(photos);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.page()->findChildren<Thumbnail *>().size(), photos.size(), kPatience);
    for (Thumbnail *thumbnail : desktop.page()->findChildren<Thumbnail *>()) {
        QTRY_VERIFY_WITH_TIMEOUT(showsAPhoto(thumbnail), kPatience);
    }
    finish(desktop, QStringLiteral("Every kind of file"));
    if (QTest::currentTestFailed()) {
        return;
    }
    QCOMPARE(desktop.newest().photos.size(), photos.size());
    QCOMPARE(desktop.newest().caption, QStringLiteral("Every kind of file"));
}

void tst_WholeApp::applyDatabase(Desktop &desktop, const QString &url)
{
    QWidget *settings = desktop.goTo(Navigator::Place::Settings);
    auto *section = settings->findChild<ServerSection *>();
    QVERIFY(section);
    auto *choice = named<QRadioButton>(section,
                                       url.isEmpty() ? QStringLiteral("In a file on this computer (SQLite, stage 1)")
                                                     : QStringLiteral("In a PostgreSQL database (stage 10)"));
    QVERIFY(choice);
    choice->click();
    section->findChild<QLineEdit *>()->setText(url);
    if (!url.isEmpty()) {
        desktop.click(QStringLiteral("Test connection"));
        QTRY_VERIFY_WITH_TIMEOUT(says(section, QStringLiteral("The database answers")), kPatience);
    }
    desktop.click(QStringLiteral("Apply"));
    QTRY_VERIFY_WITH_TIMEOUT(says(section, QStringLiteral("The server runs with this profile.")), kPatience);
    QVERIFY(desktop.isReady());
}

void tst_WholeApp::movesToPostgresAndBackByTheSettings()
{
    const Result<std::unique_ptr<rig::PostgresServer>> postgres = rig::PostgresServer::start();
    if (!postgres) {
        QSKIP("There is no PostgreSQL to start");
    }
    const Result<QString> url = (*postgres)->createDatabase();
    QVERIFY(url.has_value());
    const QString photo = m_folder.filePath(QStringLiteral("photo.jpg"));
    QFile file(photo);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(rig::makePhoto(1)) > 0 && file.flush());

    Desktop desktop(m_folder.filePath(QStringLiteral("profiles")));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.isReady(), kPatience);
    post(desktop, { photo }, QStringLiteral("Kept in SQLite"));

    applyDatabase(desktop, *url);
    QVERIFY(desktop.captions().isEmpty());
    post(desktop, { photo }, QStringLiteral("Kept in PostgreSQL"));

    applyDatabase(desktop, {});
    QTRY_COMPARE_WITH_TIMEOUT(desktop.captions(), QStringList { QStringLiteral("Kept in SQLite") }, kPatience);
    applyDatabase(desktop, *url);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.captions(), QStringList { QStringLiteral("Kept in PostgreSQL") }, kPatience);
}

rig::Visitor tst_WholeApp::newPerson(const rig::TestServer &server)
{
    const QString name = QStringLiteral("somebody");
    const Result<QByteArray> created = server.run(
        { QStringLiteral("user"), QStringLiteral("create"), QStringLiteral("--username"), name,
          QStringLiteral("--email"), QStringLiteral("somebody@example.org"), QStringLiteral("--password-stdin") },
        kPassword.toUtf8() + '\n');
    return created ? rig::Visitor { name, kPassword } : rig::Visitor {};
}

void tst_WholeApp::signsInAtAnotherServerByTheBrowser()
{
    rig::TestServer server;
    QVERIFY(server.start().has_value());
    const rig::Visitor person = newPerson(server);
    QVERIFY(!person.login.isEmpty());
    AccountStore accounts(m_folder.filePath(QStringLiteral("browser.json")));
    Credentials credentials(m_folder.filePath(QStringLiteral("browser-secrets")), Credentials::Where::FileOnly);
    const auto transport = std::make_shared<client::NetworkTransport>();
    Browser browser(person);
    SignInController signIn(accounts, credentials, transport,
                            [&browser](const QUrl &page) { return browser.open(page); });
    QSignalSpy signedIn(&signIn, &SignInController::signedIn);
    QSignalSpy failed(&signIn, &SignInController::failed);
    signIn.signIn(server.url().toString());
    QTRY_VERIFY_WITH_TIMEOUT(signedIn.count() + failed.count() > 0, kPatience);
    QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : qPrintable(failed.first().first().toString()));
    QCOMPARE(browser.join().status, 200); // the page that says one can go back to the app

    const AccountEntry entry = accounts.entries().last();
    QCOMPARE(entry.acct, person.login);
    const Result<ConnectedAccount> session = rig::await(connectElsewhere(entry, credentials, transport, {}));
    QVERIFY2(session.has_value(), session ? "" : qPrintable(describe(session.error())));
    QCOMPARE((*session)->account().username, person.login);

    // Signing out takes the token back at the server, too.
    QSignalSpy signedOut(&signIn, &SignInController::signedOut);
    signIn.signOut(entry);
    QTRY_COMPARE_WITH_TIMEOUT(signedOut.count(), 1, kPatience);
    QVERIFY(!rig::await(connectElsewhere(entry, credentials, transport, {})).has_value());
}

void tst_WholeApp::signsInAtAnotherServerByACode()
{
    rig::TestServer server;
    QVERIFY(server.start().has_value());
    const rig::Visitor person = newPerson(server);
    AccountStore accounts(m_folder.filePath(QStringLiteral("code.json")));
    Credentials credentials(m_folder.filePath(QStringLiteral("code-secrets")), Credentials::Where::FileOnly);
    Browser browser(person);
    SignInController signIn(accounts, credentials, std::make_shared<client::NetworkTransport>(),
                            [&browser](const QUrl &page) { return browser.open(page); });
    QSignalSpy signedIn(&signIn, &SignInController::signedIn);
    signIn.signInByCode(server.url().toString());
    QTRY_COMPARE_WITH_TIMEOUT(signIn.state(), SignInController::State::WaitingForCode, kPatience);
    const QString code = rig::shownCode(browser.join());
    QVERIFY(!code.isEmpty());
    signIn.enterCode(code);
    QTRY_COMPARE_WITH_TIMEOUT(signedIn.count(), 1, kPatience);
    QCOMPARE(accounts.entries().last().acct, person.login);
}

QTEST_MAIN(tst_WholeApp)
#include "tst_wholeapp.moc"
