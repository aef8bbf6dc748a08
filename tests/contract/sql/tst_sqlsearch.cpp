// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of the search by words, on both databases: what a word is, who finds what, how much is looked at, and
// that the words follow the texts.
#include "testdatabase.h"

#include <graminsta/sql/querycounter.h>
#include <graminsta/sql/seed.h>

using namespace graminsta;
using namespace graminsta::test;
using entities::Status;
using entities::Visibility;
using ports::SearchStep;
using ports::StatusSearch;

namespace
{

constexpr int kMany = 1000;

struct Case {
    const char *text;
    QList<const char *> finds;
    QList<const char *> misses;
};

const QList<Case> &cases()
{
    static const QList<Case> list {
        { "Un Café au lait", { "café", "CAFE", "cafe\xCC\x81", "Au  Lait" }, { "caf", "cafes" } },
        { "Die Straße nach Köln", { "straße", "STRASSE", "koln" }, { "strase" } },
        { "Ο Οδυσσέας", { "οδυσσεας", "ΟΔΥΣΣΕΑΣ" }, {} },
        { "Ёлка зимой", { "елка", "ёлка" }, { "зима" } },
        { "東京タワーの写真", { "東", "東京", "タワー", "写真", "京タワ" }, { "京東", "東写", "東京の" } },
        { "オレンジ ﾀﾜｰ", { "タワー" }, {} },
        { "서울의 사진을 찍다", { "사진", "사진을", "서울" }, { "울서" } },
        { "ภาพถ่ายทะเล", { "ทะเล", "ภาพ" }, { "เลทะ" } },
        { "हिन्दी तस्वीर", { "हिन्दी" }, { "हन्द" } },
        { "A sunset 🌅📷 today", { "🌅", "📷", "sunset 🌅" }, { "🌄" } },
        { "Don't use foo_bar or e-mail: #BlueHour by @alice, 24.11.",
          { "don't", "don’t", "foo_bar", "foo", "#bluehour", "bluehour", "@alice", "24.11" },
          { "dont", "bar foo", "mail-e" } },
        { "soft\u00adhyphen", { "softhyphen" }, { "soft" } },
        { "tenth ten", { "ten" }, { "tent" } },
        { "'; DROP TABLE statuses; -- \"x\" AND NEAR(", { "'; DROP", "\"x\" AND NEAR(", "table' statuses" }, { "or" } },
    };
    return list;
}

} // namespace

class tst_SqlSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWordsAlike_data() { addDatabaseRows(); }
    void knowsWordsAlike();
    void findsNothingByWhatIsNoWord_data() { addDatabaseRows(); }
    void findsNothingByWhatIsNoWord();
    void showsEverybodyTheirs_data() { addDatabaseRows(); }
    void showsEverybodyTheirs();
    void holdsToEveryCondition_data() { addDatabaseRows(); }
    void holdsToEveryCondition();
    void stepsThroughCandidatesNewestFirst_data() { addDatabaseRows(); }
    void stepsThroughCandidatesNewestFirst();
    void followsEditsAndDescriptions_data() { addDatabaseRows(); }
    void followsEditsAndDescriptions();
    void worksOffTheBacklog_data() { addDatabaseRows(); }
    void worksOffTheBacklog();
    void tellsOfWordsThatAreNotThoseOfTheTexts_data() { addDatabaseRows(); }
    void tellsOfWordsThatAreNotThoseOfTheTexts();
    void listsTagsThatBeginSo_data() { addDatabaseRows(); }
    void listsTagsThatBeginSo();
    void ranksAccountsByFollowsFirst_data() { addDatabaseRows(); }
    void ranksAccountsByFollowsFirst();

private:
    static QList<StatusId> find(const TestDatabase &database, const StatusSearch &search, int candidates = kMany)
    {
        return must(database->search().statuses(search, candidates, kSoon)).found;
    }
    static StatusSearch words(AccountId viewer, const QString &text)
    {
        StatusSearch search;
        search.viewer = viewer;
        search.wanted = { text };
        return search;
    }
};

void tst_SqlSearch::knowsWordsAlike()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    for (const Case &one : cases()) {
        const Status status = database.post(database.draft(author, QString::fromUtf8(one.text)));
        for (const char *query : one.finds)
            QVERIFY2(find(database, words(author, QString::fromUtf8(query))).contains(status.id), query);
        for (const char *query : one.misses)
            QVERIFY2(!find(database, words(author, QString::fromUtf8(query))).contains(status.id), query);
        StatusSearch but = words(author, QString::fromUtf8(one.finds.first()));
        but.unwanted = { QString::fromUtf8(one.finds.last()) };
        QVERIFY2(!find(database, but).contains(status.id), one.text);
    }
}

void tst_SqlSearch::findsNothingByWhatIsNoWord()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const Status status = database.post(database.draft(author, QStringLiteral("... --- ... lamp")));
    const QString none = QStringLiteral("%*'\"()&|!:<>");
    QVERIFY(find(database, words(author, none)).isEmpty());
    StatusSearch beside = words(author, none);
    beside.wanted.append(QStringLiteral("lamp"));
    QCOMPARE(find(database, beside), QList<StatusId> { status.id });
    StatusSearch search = words(author, QStringLiteral("word"));
    search.unwanted = { QStringLiteral("-") };
    QVERIFY(find(database, search).isEmpty());
}

void tst_SqlSearch::showsEverybodyTheirs()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const AccountId follower = database.addAccount(QStringLiteral("follower")).id;
    const AccountId asker = database.addAccount(QStringLiteral("asker")).id;
    database.follow(follower, author);
    database.follow(asker, author, ports::FollowState::Requested);
    QList<StatusId> ids;
    for (const Visibility visibility :
         { Visibility::Public, Visibility::Unlisted, Visibility::Private, Visibility::Direct }) {
        Status status = database.draft(author, QStringLiteral("lighthouse"));
        status.visibility = visibility;
        ids.prepend(database.post(status).id);
    }
    database.reblog(follower, ids.last());
    const auto seenBy = [&](AccountId viewer) { return find(database, words(viewer, QStringLiteral("lighthouse"))); };
    QCOMPARE(seenBy(author), ids);
    QCOMPARE(seenBy(follower), ids.mid(1));
    QCOMPARE(seenBy(asker), ids.mid(3));
    QCOMPARE(seenBy({}), ids.mid(3));
    StatusSearch open = words(author, QStringLiteral("lighthouse"));
    open.onlyPublic = true;
    QCOMPARE(find(database, open), ids.mid(3));
}

void tst_SqlSearch::holdsToEveryCondition()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const AccountId bob = database.addAccount(QStringLiteral("bob")).id;
    const AccountId viewer = database.addAccount(QStringLiteral("viewer")).id;
    Status plain = database.draft(ann, QStringLiteral("harbour at dawn"));
    plain.language = QStringLiteral("en");
    plain = database.post(plain);
    Status rich = database.draft(bob, QStringLiteral("dawn, harbour https://example.org/x"));
    rich.sensitive = true;
    rich.mediaCount = 1;
    rich.inReplyToId = plain.id;
    rich.inReplyToAccountId = ann;
    rich = database.post(rich);
    database.post(database.draft(ann, QStringLiteral("harbour")));

    const StatusSearch both = [&] {
        StatusSearch search = words(viewer, QStringLiteral("dawn"));
        search.wanted.append(QStringLiteral("harbour"));
        return search;
    }();
    QCOMPARE(find(database, both), (QList<StatusId> { rich.id, plain.id }));
    const auto only = [&](StatusId expected, const std::function<void(StatusSearch &)> &change) {
        StatusSearch search = both;
        change(search);
        return find(database, search) == QList<StatusId> { expected };
    };
    QVERIFY(only(plain.id, [&](StatusSearch &search) { search.author = ann; }));
    QVERIFY(only(rich.id, [&](StatusSearch &search) { search.notAuthors = { ann, viewer }; }));
    for (const bool value : { true, false }) {
        const StatusId expected = value ? rich.id : plain.id;
        QVERIFY(only(expected, [&](StatusSearch &search) { search.hasMedia = value; }));
        QVERIFY(only(expected, [&](StatusSearch &search) { search.hasLink = value; }));
        QVERIFY(only(expected, [&](StatusSearch &search) { search.isSensitive = value; }));
        QVERIFY(only(expected, [&](StatusSearch &search) { search.isComment = value; }));
    }
    QVERIFY(only(plain.id, [](StatusSearch &search) { search.language = QStringLiteral("en"); }));
    QVERIFY(only(plain.id, [&](StatusSearch &search) { search.below = rich.id.number(); }));
    QVERIFY(only(rich.id, [&](StatusSearch &search) { search.above = plain.id.number(); }));
    QVERIFY(only(rich.id, [](StatusSearch &search) { search.unwanted = { QStringLiteral("at") }; }));
    QVERIFY(only(rich.id, [](StatusSearch &search) { search.unwanted = { QStringLiteral("harbour at") }; }));
    QVERIFY(only(rich.id, [](StatusSearch &search) { search.wanted.append(QStringLiteral("dawn harbour")); }));

    StatusSearch library = both;
    library.onlyLibrary = true;
    QVERIFY(find(database, library).isEmpty());
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.addFavourite(database.newId<FavouriteId>(), viewer, plain.id, {}));
        return {};
    });
    QCOMPARE(find(database, library), QList<StatusId> { plain.id });
    database.reblog(viewer, rich.id);
    QCOMPARE(find(database, library), (QList<StatusId> { rich.id, plain.id }));
}

void tst_SqlSearch::stepsThroughCandidatesNewestFirst()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId ann = database.addAccount(QStringLiteral("ann")).id;
    const AccountId bob = database.addAccount(QStringLiteral("bob")).id;
    QList<StatusId> newestFirst;
    for (int index = 0; index < 25; ++index)
        newestFirst.prepend(database.post(database.draft(ann, QStringLiteral("common number%1").arg(index))).id);
    database.post(database.draft(bob, QStringLiteral("common number3")));

    for (const bool byWord : { true, false }) {
        StatusSearch search = words(ann, QStringLiteral("common"));
        search.author = ann;
        if (!byWord)
            search.wanted.clear();
        QList<StatusId> found;
        for (int steps = 0; steps < 10; ++steps) {
            const qint64 before = sql::queriesByThisThread();
            const SearchStep step = must(database->search().statuses(search, 10, kSoon));
            QVERIFY(sql::queriesByThisThread() - before <= 4);
            QVERIFY(step.found.size() <= 10);
            found += step.found;
            if (step.oldest == 0)
                break;
            search.below = step.oldest;
        }
        QCOMPARE(found, newestFirst);
    }
    // The rarest word tells where to look: one step is enough.
    StatusSearch rare = words(ann, QStringLiteral("common"));
    rare.wanted.append(QStringLiteral("number3"));
    QCOMPARE(find(database, rare, 3).size(), 2);
    rare.author = bob;
    QCOMPARE(find(database, rare, 2).size(), 1);
}

void tst_SqlSearch::followsEditsAndDescriptions()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    entities::MediaAttachment photo;
    photo.id = database.newId<MediaId>();
    photo.accountId = author;
    photo.state = entities::MediaState::Ready;
    photo.description = QStringLiteral("A heron in the reeds");
    Status status = database.draft(author, QStringLiteral("morning walk"));
    status.spoilerText = QStringLiteral("birds");
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.insert(status));
        GI_TRY(writers.media.insert(photo));
        GI_TRY(writers.media.attach(author, status.id, { photo.id }));
        return writers.search.index(status.id);
    });
    const auto isFoundBy = [&](const char *text) {
        return find(database, words(author, QString::fromUtf8(text))) == QList<StatusId> { status.id };
    };
    QVERIFY(isFoundBy("walk") && isFoundBy("birds") && isFoundBy("the reeds"));
    // A phrase does not reach from one text into the other.
    QVERIFY(!isFoundBy("walk birds") && !isFoundBy("birds a heron"));

    status.text = QStringLiteral("evening walk");
    photo.description = QStringLiteral("An egret in the reeds");
    database.write([&](ports::WriteSet &writers) -> Result<> {
        GI_TRY(writers.statuses.update(status));
        GI_TRY(writers.media.describe(photo));
        return writers.search.index(status.id);
    });
    QVERIFY(isFoundBy("evening walk") && isFoundBy("egret") && !isFoundBy("morning") && !isFoundBy("heron"));
    QCOMPARE(must(database->integrityCheck(kSoon)).filter(QStringLiteral("words of status")), QStringList());

    database.write([&](ports::WriteSet &writers) { return writers.statuses.remove(status.id); });
    QVERIFY(!isFoundBy("evening"));
}

void tst_SqlSearch::worksOffTheBacklog()
{
    TestDatabase database;
    if (!database.open())
        return;
    sql::SeedOptions options;
    options.accounts = 5;
    options.statuses = 50;
    options.followsPerAccount = 2;
    must(sql::seed(*database, options));
    const AccountId viewer = must(database->accounts().byUsername(QStringLiteral("user1"), kSoon)).id;
    QVERIFY(find(database, words(viewer, QStringLiteral("morning"))).isEmpty());
    // What waits is no damage.
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());

    const auto step = [&] {
        bool isMore = false;
        database.write([&](ports::WriteSet &writers) -> Result<> {
            isMore = GI_TRY(writers.search.indexBacklog(20));
            return {};
        });
        return isMore;
    };
    QVERIFY(step());
    StatusSearch all = words(viewer, QStringLiteral("morning"));
    const QList<StatusId> newest = find(database, all);
    QVERIFY(!newest.isEmpty());
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
    // A restart between two steps loses nothing; two at once do nothing twice.
    QVERIFY(step());
    QVERIFY(!step());
    QVERIFY(!step());
    QVERIFY(find(database, all).size() > newest.size());
    QCOMPARE(find(database, all).mid(0, newest.size()), newest);
    QCOMPARE(must(database->integrityCheck(kSoon)), QStringList());
}

void tst_SqlSearch::tellsOfWordsThatAreNotThoseOfTheTexts()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    Status status = database.post(database.draft(author, QStringLiteral("before")));
    database.post(database.draft(author, QStringLiteral("another")));
    status.text = QStringLiteral("after");
    database.write([&](ports::WriteSet &writers) { return writers.statuses.update(status); });
    const QStringList damage = must(database->integrityCheck(kSoon));
    QCOMPARE(damage.size(), 1);
    QVERIFY2(damage.first().contains(status.id.toString()), qPrintable(damage.first()));
}

void tst_SqlSearch::listsTagsThatBeginSo()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId author = database.addAccount(QStringLiteral("author")).id;
    const auto post = [&](const char *tag, Visibility visibility) {
        Status status = database.draft(author);
        status.tags = { QString::fromUtf8(tag) };
        status.visibility = visibility;
        database.post(status);
    };
    for (int often = 0; often < 3; ++often)
        post("sea", Visibility::Public);
    post("seaside", Visibility::Public);
    post("seasecret", Visibility::Direct);
    post("se", Visibility::Public);
    post("sez", Visibility::Public);
    const auto beginning = [&](const char *prefix, int limit) {
        return must(database->tags().beginningWith(QString::fromUtf8(prefix), limit, kSoon));
    };
    QCOMPARE(beginning("sea", 10), (QStringList { QStringLiteral("sea"), QStringLiteral("seaside") }));
    QCOMPARE(beginning("sea", 1), QStringList { QStringLiteral("sea") });
    QCOMPARE(beginning("x", 10), QStringList());
}

void tst_SqlSearch::ranksAccountsByFollowsFirst()
{
    TestDatabase database;
    if (!database.open())
        return;
    const AccountId viewer = database.addAccount(QStringLiteral("viewer")).id;
    const AccountId exact = database.addAccount(QStringLiteral("mara")).id;
    const AccountId famous = database.addAccount(QStringLiteral("marabel")).id;
    const AccountId followed = database.addAccount(QStringLiteral("maran")).id;
    const AccountId asked = database.addAccount(QStringLiteral("marat")).id;
    database.write([&](ports::WriteSet &writers) { return writers.accounts.changeCounters(famous, { 9, 0, 0 }); });
    database.follow(viewer, followed);
    database.follow(viewer, asked, ports::FollowState::Requested);
    const auto found = [&](AccountId who, bool onlyFollowed, int offset) {
        QList<AccountId> ids;
        for (const entities::Account &account :
             must(database->accounts().search({ QStringLiteral("MARA"), who, onlyFollowed, offset, 10 }, kSoon)))
            ids.append(account.id);
        return ids;
    };
    QCOMPARE(found(viewer, false, 0), (QList<AccountId> { exact, followed, famous, asked }));
    QCOMPARE(found(viewer, false, 2), (QList<AccountId> { famous, asked }));
    QCOMPARE(found(viewer, true, 0), QList<AccountId> { followed });
    QCOMPARE(found({}, false, 0), (QList<AccountId> { exact, famous, followed, asked }));
    QCOMPARE(found({}, true, 0), QList<AccountId>());
}

QTEST_GUILESS_MAIN(tst_SqlSearch)
#include "tst_sqlsearch.moc"
