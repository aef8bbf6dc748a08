// SPDX-License-Identifier: GPL-3.0-or-later
// The section of the settings for archives of the account, on recorded answers.
#include <desktop/core/navigator.h>
#include <desktop/core/sessioncontroller.h>
#include <desktop/offline/recordedarchives.h>
#include <desktop/settings/archivesection.h>
#include <desktop/settings/archivewords.h>
#include <desktop/settings/exportcontroller.h>
#include <desktop/settings/importcontroller.h>

#include <graminsta/client/recordedtransport.h>
#include <graminsta/json/archives.h>

#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace graminsta;
using api::Verb;
using client::HttpReply;
using client::HttpRequest;

namespace
{

constexpr int kPatience = 20'000;
const QString kExports = QStringLiteral("/api/graminsta/v1/account/exports");
const QString kImports = QStringLiteral("/api/graminsta/v1/account/imports");

model::AccountImport workingImport()
{
    model::AccountImport import;
    import.id = QStringLiteral("9");
    import.state = QStringLiteral("working");
    import.step = QStringLiteral("statuses");
    import.position = 20;
    import.createdAt = SystemClock().now();
    return import;
}

model::AccountImport doneImport()
{
    model::AccountImport import = workingImport();
    import.state = QStringLiteral("done");
    import.finishedAt = SystemClock().now();
    import.counts = { { QStringLiteral("statuses"), 1, 0, 1 }, { QStringLiteral("following"), 0, 2, 0 } };
    import.problems = { { QStringLiteral("statuses.jsonl line 12"), QStringLiteral("It is dated 2090") } };
    return import;
}

// The section in sight, for an account at a server that `graminstaVersion` says it is.
class Desk
{
public:
    explicit Desk(const QString &graminstaVersion = QStringLiteral("0.1.0"))
        : m_transport(std::make_shared<client::RecordedTransport>())
        , m_store(m_folder.filePath(QStringLiteral("accounts.json")))
        , m_sessions(m_store, [this, graminstaVersion](AccountEntry, client::CancelToken) {
            return connected(graminstaVersion);
        })
    {
        m_archives.answerOn(*m_transport);
        // Asked for after an import.
        m_transport->onJson(Verb::Get, QStringLiteral("/api/v1/accounts/verify_credentials"),
                            R"({"id":"1","username":"anna","acct":"anna"})");
    }
    // Apart from the constructor, so that a test can say before what is answered.
    void open()
    {
        m_section = std::make_unique<ArchiveSection>(m_sessions, m_navigator, nullptr);
        m_host.resize(700, 700);
        m_section->setParent(&m_host);
        m_host.show();
        m_sessions.start();
        QTRY_COMPARE(m_sessions.state(), SessionController::State::Ready);
    }

    [[nodiscard]] client::RecordedTransport &transport() { return *m_transport; }
    [[nodiscard]] ArchiveSection &section() { return *m_section; }
    [[nodiscard]] ExportController *exports() { return m_section->findChild<ExportController *>(); }
    [[nodiscard]] ImportController *imports() { return m_section->findChild<ImportController *>(); }
    [[nodiscard]] QPushButton *button(const QString &text)
    {
        for (QPushButton *button : m_section->findChildren<QPushButton *>()) {
            if (button->text() == text && button->isVisible()) {
                return button;
            }
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &text)
    {
        const QList<QLabel *> labels = m_section->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    // A file chosen in the dialog that is open.
    void pick(const QString &file)
    {
        auto *dialog = m_section->findChild<QFileDialog *>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        dialog->reject();
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString archiveFile() const
    {
        QFile file(path(QStringLiteral("old.zip")));
        return file.open(QIODevice::WriteOnly) && file.write("PK and so on") > 0 ? file.fileName() : QString();
    }

private:
    QCoro::Task<Result<SessionController::SessionPtr>> connected(QString graminstaVersion)
    {
        model::Account account;
        account.id = QStringLiteral("1");
        account.username = QStringLiteral("anna");
        account.acct = account.username;
        model::Instance instance;
        instance.graminstaVersion = std::move(graminstaVersion);
        client::ClientOptions options;
        options.retry.attempts = 2;
        options.retry.firstPause = std::chrono::milliseconds(1);
        const client::Client client(QUrl(QStringLiteral("https://photos.example")), "secret", m_transport, options);
        co_return std::make_shared<AccountSession>(client, account, instance);
    }

    QTemporaryDir m_folder;
    std::shared_ptr<client::RecordedTransport> m_transport;
    RecordedArchives m_archives;
    AccountStore m_store;
    Navigator m_navigator;
    SessionController m_sessions;
    QWidget m_host;
    std::unique_ptr<ArchiveSection> m_section;
};

} // namespace

class tst_Archives : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAbsentWhereThereAreNoArchives();
    void makesAnArchiveAndSavesIt();
    void leavesNothingWhenSavingIsCancelled();
    void deletesAnArchive();
    void saysWhyNoArchiveIsMade();
    void asksAgainForAListThatDidNotCome();
    void saysBeforehandWhatWillHappen();
    void refusesAFileThatIsNoArchive();
    void goesBackToTheChoiceWhenTheServerRefuses();
    void importsAndSaysWhatHasBecomeOfIt();
    void findsAnImportThatIsUnderWay();
    void findsWhatHasArrivedThoughTheAnswerWasLost();
    void stopsAnImport();
    void looksAgainAfterTheServerWasAway();
    void saysWhatWasTakenInInWords();
    void canBeUsedWithoutAMouseAndWithoutEyes();
    void keepsTheKeyboardWhereTheButtonWas();
};

void tst_Archives::isAbsentWhereThereAreNoArchives()
{
    Desk mastodon { QString() };
    mastodon.open();
    QVERIFY(!mastodon.section().isVisible());
    QVERIFY(!mastodon.exports());
    Desk graminsta;
    graminsta.open();
    QVERIFY(graminsta.section().isVisible());
}

void tst_Archives::makesAnArchiveAndSavesIt()
{
    Desk desk;
    desk.open();
    QTRY_COMPARE(desk.exports()->archives().size(), 1);
    QTRY_VERIFY(desk.button(QStringLiteral("Make an archive"))->isEnabled());
    desk.button(QStringLiteral("Make an archive"))->click();
    QTRY_VERIFY(desk.says(QStringLiteral("It is being made")));
    QVERIFY(!desk.button(QStringLiteral("Make an archive"))->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(isDone(desk.exports()->archives().first()), kPatience);
    QVERIFY(desk.says(QStringLiteral("48.3 MB · 61 posts, 84 photos and videos · kept until ")));
    QCOMPARE(desk.exports()->archives().size(), 2);

    desk.button(QStringLiteral("Save as…"))->click();
    const QString file = desk.path(QStringLiteral("mine.zip"));
    desk.pick(file);
    QTRY_VERIFY_WITH_TIMEOUT(desk.says(QStringLiteral("Saved as ") + file), kPatience);
    QCOMPARE(QFileInfo(file).size(), desk.exports()->archives().first().bytes);
}

void tst_Archives::leavesNothingWhenSavingIsCancelled()
{
    Desk desk;
    desk.open();
    QTRY_COMPARE(desk.exports()->archives().size(), 1);
    desk.transport().setDelay(std::chrono::hours(1));
    const QString file = desk.path(QStringLiteral("mine.zip"));
    desk.exports()->save(desk.exports()->archives().first().id, file);
    QVERIFY(desk.says(QStringLiteral("Saving: ")));
    QVERIFY(!desk.button(QStringLiteral("Save as…")));
    desk.button(QStringLiteral("Cancel"))->click();
    QTRY_VERIFY(desk.button(QStringLiteral("Save as…")));
    QVERIFY(QDir(QFileInfo(file).path()).entryList({ QStringLiteral("mine*") }, QDir::Files).isEmpty());
    QVERIFY(!desk.says(QStringLiteral("Cancelled")));
}

void tst_Archives::deletesAnArchive()
{
    Desk desk;
    desk.open();
    QTRY_VERIFY(desk.button(QStringLiteral("Delete")));
    desk.button(QStringLiteral("Delete"))->click();
    QTRY_VERIFY(desk.exports()->archives().isEmpty());
    QVERIFY(!desk.button(QStringLiteral("Delete")));
}

void tst_Archives::saysWhyNoArchiveIsMade()
{
    Desk desk;
    desk.open();
    desk.transport().onJson(Verb::Post, kExports,
                            R"({"error":"Validation failed: At most 3 archives of an account are made in 24 hours"})",
                            422);
    QTRY_VERIFY(desk.button(QStringLiteral("Make an archive"))->isEnabled());
    desk.button(QStringLiteral("Make an archive"))->click();
    QTRY_VERIFY(desk.says(QStringLiteral("At most 3 archives of an account are made in 24 hours.")));
    QVERIFY(!desk.says(QStringLiteral("Validation")));
    QTRY_VERIFY(desk.button(QStringLiteral("Make an archive"))->isEnabled());
}

void tst_Archives::asksAgainForAListThatDidNotCome()
{
    Desk desk;
    desk.transport().onJson(Verb::Get, kExports, R"({"error":"x"})", 503);
    desk.open();
    QTRY_VERIFY(desk.says(QStringLiteral("is not available just now")));
    QVERIFY(!desk.button(QStringLiteral("Make an archive"))->isEnabled());
    desk.transport().onJson(Verb::Get, kExports, "[]");
    desk.button(QStringLiteral("Try again"))->click();
    QTRY_VERIFY(desk.button(QStringLiteral("Make an archive"))->isEnabled());
    QVERIFY(!desk.says(QStringLiteral("is not available just now")));
    QVERIFY(!desk.button(QStringLiteral("Try again")));
}

void tst_Archives::saysBeforehandWhatWillHappen()
{
    Desk desk;
    int sent = 0;
    desk.transport().on(Verb::Post, kImports, [&](const HttpRequest &) -> Result<HttpReply> {
        ++sent;
        return HttpReply { 500, {}, {} };
    });
    desk.open();
    desk.button(QStringLiteral("Import an archive…"))->click();
    desk.pick(desk.archiveFile());
    QVERIFY(desk.says(QStringLiteral("Import “old.zip” (12 bytes) into @anna?")));
    QVERIFY(desk.says(QStringLiteral("Its posts are added to @anna")));
    QVERIFY(desk.says(QStringLiteral("Not taken over: followers and shared posts")));
    desk.button(QStringLiteral("Cancel"))->click();
    QVERIFY(desk.button(QStringLiteral("Import an archive…")));
    QCOMPARE(sent, 0);
}

void tst_Archives::refusesAFileThatIsNoArchive()
{
    Desk desk;
    desk.open();
    QFile file(desk.path(QStringLiteral("cat.jpg")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\xff\xd8\xff");
    file.close();
    desk.imports()->choose(file.fileName());
    QVERIFY(desk.says(QStringLiteral("“cat.jpg” is no archive of an account")));
    desk.imports()->choose(desk.path(QStringLiteral("nothing.zip")));
    QVERIFY(desk.says(QStringLiteral("“nothing.zip” cannot be read")));
    QVERIFY(desk.button(QStringLiteral("Import an archive…")));
}

void tst_Archives::goesBackToTheChoiceWhenTheServerRefuses()
{
    Desk desk;
    desk.transport().onJson(Verb::Post, kImports, R"({"error":"Validation failed: This is no ZIP file"})", 422);
    desk.open();
    desk.imports()->choose(desk.archiveFile());
    desk.button(QStringLiteral("Import"))->click();
    QVERIFY(desk.says(QStringLiteral("Sending “old.zip”")));
    QTRY_VERIFY(desk.says(QStringLiteral("This is no ZIP file.")));
    QVERIFY(desk.button(QStringLiteral("Import")));
    QVERIFY(desk.button(QStringLiteral("Cancel")));
}

void tst_Archives::importsAndSaysWhatHasBecomeOfIt()
{
    Desk desk;
    desk.open();
    desk.imports()->choose(desk.archiveFile());
    desk.button(QStringLiteral("Import"))->click();
    QTRY_VERIFY(desk.says(QStringLiteral("An archive is being taken in")));
    QTRY_VERIFY_WITH_TIMEOUT(desk.says(QStringLiteral("Taking in the posts: ")), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(desk.says(QStringLiteral("The archive has been taken in")), kPatience);
    QVERIFY(desk.says(QStringLiteral("Taken in: 58 posts, 34 follows, 212 likes and 1 block.")));
    QVERIFY(desk.says(QStringLiteral("Not possible here: 1 post.")));
    desk.button(QStringLiteral("What was left out, and why"))->click();
    auto *reasons = desk.section().findChild<QPlainTextEdit *>();
    QVERIFY(reasons->isVisible());
    QVERIFY(
        reasons->toPlainText().contains(QStringLiteral("Follows, line 7: kenji (id 112233) is not on this server")));
    desk.button(QStringLiteral("Done"))->click();
    QVERIFY(desk.button(QStringLiteral("Import an archive…")));
    // It stays away, although the server still knows it.
    desk.imports()->load();
    QTest::qWait(50);
    QCOMPARE(desk.imports()->state(), ImportController::State::Idle);
}

void tst_Archives::findsAnImportThatIsUnderWay()
{
    Desk desk;
    model::AccountImport dry = workingImport();
    dry.id = QStringLiteral("10");
    dry.dryRun = true;
    desk.transport().onJson(Verb::Get, kImports, json::encode(QList { dry, workingImport() }));
    desk.transport().onJson(Verb::Get, kImports + QStringLiteral("/9"), json::encode(workingImport()));
    desk.open();
    QTRY_VERIFY(desk.says(QStringLiteral("Taking in the posts: 20 so far")));
    desk.transport().onJson(Verb::Get, kImports + QStringLiteral("/9"), json::encode(doneImport()));
    QTRY_VERIFY_WITH_TIMEOUT(desk.says(QStringLiteral("Taken in: 1 post.")), kPatience);
}

void tst_Archives::findsWhatHasArrivedThoughTheAnswerWasLost()
{
    Desk desk;
    desk.open();
    desk.transport().on(Verb::Post, kImports, [](const HttpRequest &) -> Result<HttpReply> {
        return makeError(Fault::Unavailable, QStringLiteral("The connection was lost."));
    });
    desk.imports()->choose(desk.archiveFile());
    desk.imports()->start();
    QTRY_VERIFY(desk.says(QStringLiteral("The connection was lost.")));
    QCOMPARE(desk.imports()->state(), ImportController::State::Chosen);
    desk.transport().onJson(Verb::Get, kImports, json::encode(QList { workingImport() }));
    desk.transport().onJson(Verb::Get, kImports + QStringLiteral("/9"), json::encode(doneImport()));
    desk.imports()->start();
    QTRY_COMPARE(desk.imports()->state(), ImportController::State::Over);
}

void tst_Archives::stopsAnImport()
{
    Desk desk;
    desk.open();
    desk.imports()->choose(desk.archiveFile());
    desk.imports()->start();
    QTRY_COMPARE(desk.imports()->state(), ImportController::State::TakingIn);
    desk.button(QStringLiteral("Stop"))->click();
    QTRY_VERIFY(desk.says(QStringLiteral("It was stopped. What was taken in before that stays.")));
    QVERIFY(desk.button(QStringLiteral("Import an archive…")));
}

void tst_Archives::looksAgainAfterTheServerWasAway()
{
    Desk desk;
    desk.transport().onJson(Verb::Get, kImports, json::encode(QList { workingImport() }));
    desk.transport().onJson(Verb::Get, kImports + QStringLiteral("/9"), R"({"error":"x"})", 503);
    desk.open();
    QTRY_VERIFY_WITH_TIMEOUT(desk.button(QStringLiteral("Look again")), kPatience);
    QVERIFY(desk.says(QStringLiteral("is not available just now")));
    desk.transport().onJson(Verb::Get, kImports + QStringLiteral("/9"), json::encode(doneImport()));
    desk.button(QStringLiteral("Look again"))->click();
    QTRY_COMPARE(desk.imports()->state(), ImportController::State::Over);
}

void tst_Archives::saysWhatWasTakenInInWords()
{
    model::AccountImport import = doneImport();
    QCOMPARE(importSummary(import).value(0),
             QStringLiteral("Taken in: 1 post. The photos and videos of the posts came with them."));
    QVERIFY(importSummary(import).value(1).startsWith(QStringLiteral("Left out: 2 follows.")));
    QCOMPARE(importSummary(import).value(2), QStringLiteral("Not possible here: 1 post."));
    QCOMPARE(importProblems(import), QStringLiteral("Posts, line 12: It is dated 2090"));
    import.counts.clear();
    QCOMPARE(importSummary(import), QStringList { QStringLiteral("There was nothing new in it.") });
    import.state = QStringLiteral("failed");
    import.error = QStringLiteral("media/1.jpg is damaged");
    QCOMPARE(importSummary(import),
             QStringList { QStringLiteral("The archive could not be taken in. media/1.jpg is damaged.") });
}

void tst_Archives::canBeUsedWithoutAMouseAndWithoutEyes()
{
    Desk desk;
    desk.open();
    QTRY_VERIFY(desk.button(QStringLiteral("Save as…")));
    QVERIFY(
        desk.button(QStringLiteral("Save as…"))->accessibleName().startsWith(QStringLiteral("Save the archive of")));
    QVERIFY(
        desk.button(QStringLiteral("Delete"))->accessibleName().startsWith(QStringLiteral("Delete the archive of")));
    for (const QPushButton *button : desk.section().findChildren<QPushButton *>()) {
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QVERIFY(!button->text().isEmpty() || button->isHidden());
    }
    desk.button(QStringLiteral("Make an archive"))->setFocus();
    QTRY_VERIFY(desk.button(QStringLiteral("Make an archive"))->isEnabled());
    QTest::keyClick(desk.button(QStringLiteral("Make an archive")), Qt::Key_Space);
    QTRY_VERIFY(desk.says(QStringLiteral("It is being made")));
    for (const QProgressBar *bar : desk.section().findChildren<QProgressBar *>()) {
        QVERIFY(!bar->isVisible() || !bar->accessibleName().isEmpty());
    }
}

void tst_Archives::keepsTheKeyboardWhereTheButtonWas()
{
    Desk desk;
    desk.open();
    QTRY_VERIFY(desk.button(QStringLiteral("Save as…")));
    desk.button(QStringLiteral("Import an archive…"))->setFocus();
    desk.imports()->choose(desk.archiveFile());
    QVERIFY(desk.button(QStringLiteral("Import"))->hasFocus());
    QTest::keyClick(desk.button(QStringLiteral("Import")), Qt::Key_Space);
    QVERIFY(desk.button(QStringLiteral("Cancel"))->hasFocus());
    QTRY_COMPARE(desk.imports()->state(), ImportController::State::TakingIn);
    QVERIFY(desk.button(QStringLiteral("Stop"))->hasFocus());
    desk.button(QStringLiteral("Save as…"))->setFocus();
    desk.transport().setDelay(std::chrono::hours(1));
    desk.exports()->save(desk.exports()->archives().first().id, desk.path(QStringLiteral("mine.zip")));
    QVERIFY(desk.button(QStringLiteral("Cancel"))->hasFocus());
    desk.exports()->cancelSaving();
    QTRY_VERIFY(desk.button(QStringLiteral("Save as…")));
    QVERIFY(desk.button(QStringLiteral("Save as…"))->hasFocus());
}

QTEST_MAIN(tst_Archives)
#include "tst_archives.moc"
