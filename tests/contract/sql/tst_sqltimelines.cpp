// SPDX-License-Identifier: GPL-3.0-or-later
// The public, tag and account timelines on both databases, against their plain definition.
#include "testdatabase.h"

#include <QRandomGenerator>

using namespace graminsta;
using namespace graminsta::test;
using entities::Page;
using entities::PageRequest;
using entities::Status;
using entities::Visibility;

class tst_SqlTimelines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalTheirDefinitions_data() { addDatabaseRows(); }
    void equalTheirDefinitions();
};

namespace
{

using Predicate = std::function<bool(const Status &)>;

QList<qint64> expectedPage(const QList<Status> &statuses, const Predicate &belongs, const PageRequest &page)
{
    QList<qint64> within;
    for (auto status = statuses.crbegin(); status != statuses.crend(); ++status) {
        const qint64 id = status->id.number();
        if (belongs(*status) && (page.maxId == 0 || id < page.maxId) && id > std::max(page.sinceId, page.minId))
            within.append(id);
    }
    return page.minId > 0 ? within.last(std::min<qsizetype>(page.limit, within.size())) : within.mid(0, page.limit);
}

QList<qint64> numbersOf(const Page<StatusId> &page)
{
    QList<qint64> numbers;
    for (const StatusId id : page.rows)
        numbers.append(id.number());
    return numbers;
}

class RandomWorld
{
public:
    explicit RandomWorld(TestDatabase &database)
    {
        for (int index = 0; index < 4; ++index)
            accounts.append(database.addAccount(QStringLiteral("account%1").arg(index)).id);
        database.write([&](ports::WriteSet &writers) -> Result<> {
            for (int index = 0; index < 300; ++index)
                GI_TRY(writers.statuses.insert(add(database)));
            return {};
        });
    }

    [[nodiscard]] QStringList someTags()
    {
        QStringList tags;
        for (const QString &tag : { QStringLiteral("red"), QStringLiteral("green"), QStringLiteral("blue"),
                                    QStringLiteral("\"odd\\{tag},\u00e9") }) {
            if (random.bounded(3) == 0)
                tags.append(tag);
        }
        return tags;
    }
    [[nodiscard]] PageRequest somePage()
    {
        const auto cursor = [this] {
            return random.bounded(3) == 0 ? statuses.at(random.bounded(int(statuses.size()))).id.number() : 0;
        };
        return { cursor(), cursor(), cursor(), 1 + random.bounded(12) };
    }

    QRandomGenerator random { 5 };
    QList<AccountId> accounts;
    QList<Status> statuses; // oldest first

private:
    // Of something that its author has not reblogged.
    void makeReblog(Status &status)
    {
        const Status &original = statuses.at(random.bounded(int(statuses.size())));
        const bool isFree = std::none_of(statuses.cbegin(), statuses.cend(), [&](const Status &other) {
            return other.reblogOfId == original.id && other.accountId == status.accountId;
        });
        if (original.isReblog() || !isFree)
            return;
        status.reblogOfId = original.id;
        status.mediaCount = 0;
        status.tags.clear();
    }
    [[nodiscard]] Status add(TestDatabase &database)
    {
        Status status = database.draft(accounts.at(random.bounded(int(accounts.size()))));
        status.visibility = static_cast<Visibility>(random.bounded(4));
        status.mediaCount = random.bounded(3);
        status.tags = someTags();
        if (!statuses.isEmpty() && random.bounded(4) == 0)
            status.inReplyToId = statuses.at(random.bounded(int(statuses.size()))).id;
        else if (!statuses.isEmpty() && random.bounded(4) == 0)
            makeReblog(status);
        statuses.append(status);
        return status;
    }
};

bool holdsAll(const QStringList &tags, const QStringList &wanted)
{
    return std::all_of(wanted.begin(), wanted.end(), [&tags](const QString &tag) { return tags.contains(tag); });
}

bool holdsAny(const QStringList &tags, const QStringList &wanted)
{
    return std::any_of(wanted.begin(), wanted.end(), [&tags](const QString &tag) { return tags.contains(tag); });
}

} // namespace

void tst_SqlTimelines::equalTheirDefinitions()
{
    TestDatabase database;
    if (!database.open())
        return;
    RandomWorld world(database);
    const ports::StatusReader &reader = database->statuses();
    for (int round = 0; round < 300; ++round) {
        const PageRequest page = world.somePage();
        const bool onlyMedia = world.random.bounded(2) == 0;
        const auto hasMedia = [&](const Status &status) { return !onlyMedia || status.mediaCount > 0; };

        const Predicate inPublic = [&](const Status &status) {
            return status.visibility == Visibility::Public && status.inReplyToId.isNull() && !status.isReblog()
                && hasMedia(status);
        };
        QCOMPARE(numbersOf(must(reader.publicTimeline({ onlyMedia }, page, kSoon))),
                 expectedPage(world.statuses, inPublic, page));

        const QString tag = QStringLiteral("red");
        const ports::TagFilter filter { onlyMedia, world.someTags(), world.someTags(), world.someTags() };
        const Predicate inTag = [&](const Status &status) {
            return status.visibility == Visibility::Public && hasMedia(status)
                && holdsAny(status.tags, QStringList { tag } + filter.any) && holdsAll(status.tags, filter.all)
                && !holdsAny(status.tags, filter.none);
        };
        QCOMPARE(numbersOf(must(reader.tagTimeline(tag, filter, page, kSoon))),
                 expectedPage(world.statuses, inTag, page));

        const AccountId account = world.accounts.at(world.random.bounded(4));
        const ports::AccountTimelineFilter ofAccount { onlyMedia, world.random.bounded(2) == 0,
                                                       world.random.bounded(2) == 0, world.someTags().value(0),
                                                       static_cast<Visibility>(world.random.bounded(4)) };
        const Predicate inAccount = [&](const Status &status) {
            return status.accountId == account && hasMedia(status) && status.visibility <= ofAccount.upTo
                && (!ofAccount.excludeReplies || status.inReplyToId.isNull())
                && (!ofAccount.excludeReblogs || !status.isReblog())
                && (ofAccount.tagged.isEmpty() || status.tags.contains(ofAccount.tagged));
        };
        QCOMPARE(numbersOf(must(reader.accountTimeline(account, ofAccount, page, kSoon))),
                 expectedPage(world.statuses, inAccount, page));
    }
}

QTEST_GUILESS_MAIN(tst_SqlTimelines)
#include "tst_sqltimelines.moc"
