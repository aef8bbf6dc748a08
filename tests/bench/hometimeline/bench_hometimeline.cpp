// SPDX-License-Identifier: GPL-3.0-or-later
// What a page of 20 of the home timeline costs at the database, while only the table of statuses grows: its ids, and
// what it takes to show them (statuses, accounts, media, the viewer's flags). A figure a line, as .ci/bench reads them.
//
//   bench_hometimeline [the largest number of statuses; default 1000000]
#include <graminsta/sql/querycounter.h>
#include <graminsta/sql/seed.h>
#include <rig/postgresserver.h>

#include <QCoreApplication>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <numeric>
#include <vector>

using namespace graminsta;
using entities::Page;
using entities::PageRequest;
using entities::Status;

namespace
{

constexpr int kAccounts = 1000;
constexpr int kRounds = 40;
constexpr int kPagesPerRound = 50;
const Deadline kLong = Deadline::after(std::chrono::hours { 10 });

template<typename T> T must(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(describe(result.error())));
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

void printFigure(const QString &name, double value, const char *unit, double limit = 0)
{
    const QString end = limit > 0 ? QStringLiteral(", \"limit\": %1").arg(limit) : QString();
    std::printf("{\"name\": \"%s\", \"value\": %.3f, \"unit\": \"%s\"%s}\n", qPrintable(name), value, unit,
                qPrintable(end));
    std::fflush(stdout);
}

double threadCpuUs()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

// Everything that is shown.
Page<StatusId> readPage(const sql::SqlDatabase &database, AccountId viewer, qint64 maxId)
{
    const Page<StatusId> page = must(database.statuses().home(viewer, PageRequest { maxId, 0, 0, 20 }, kLong));
    const QList<Status> statuses = must(database.statuses().byIds(page.rows, kLong));
    QSet<AccountId> seen;
    QList<AccountId> authors;
    for (const Status &status : statuses) {
        if (!seen.contains(status.accountId))
            authors.append(status.accountId);
        seen.insert(status.accountId);
    }
    must(database.accounts().byIds(authors, kLong));
    must(database.media().byStatuses(page.rows, kLong));
    must(database.statuses().flags(viewer, page.rows, kLong));
    return page;
}

// Later: the second page. Deep: at half the age of the timeline, where all have posted since.
enum class Kind { First, Later, Deep };
constexpr std::array<const char *, 3> kKindNames { "first", "later", "deep" };

// One size of the table: the times of its pages.
class Contestant
{
public:
    Contestant(std::unique_ptr<sql::SqlDatabase> database, int statuses)
        : m_database(std::move(database))
    {
        sql::SeedOptions options;
        options.accounts = kAccounts;
        options.statuses = statuses;
        must(m_database->migrate(kLong));
        const double begin = double(std::time(nullptr));
        must(sql::seed(*m_database, options));
        std::fprintf(stderr, "%d statuses made in %.0f s\n", statuses, double(std::time(nullptr)) - begin);
        for (int index = 1; index <= kAccounts; ++index) {
            const AccountId id = must(m_database->accounts().byUsername(QStringLiteral("user%1").arg(index), kLong)).id;
            // The same number of follows for each viewer: the sparse ones would make the median another question.
            if (must(m_database->accounts().byId(id, kLong)).followingCount == options.followsPerAccount)
                m_viewers.append(id);
        }
    }

    void runRound(QRandomGenerator &random, Kind kind)
    {
        for (int count = 0; count < kPagesPerRound; ++count) {
            const AccountId viewer = m_viewers.at(random.bounded(int(m_viewers.size())));
            const qint64 maxId = cursorOf(kind, viewer);
            const double cpu = threadCpuUs();
            const auto begin = std::chrono::steady_clock::now();
            const Page<StatusId> page = readPage(*m_database, viewer, maxId);
            const std::chrono::duration<double, std::micro> wall = std::chrono::steady_clock::now() - begin;
            Figures &figures = of(kind);
            figures.wall.push_back(wall.count());
            figures.cpu.push_back(threadCpuUs() - cpu);
            figures.rows.push_back(double(page.rows.size()));
        }
    }

    [[nodiscard]] double wall(Kind kind, double quantile) { return at(of(kind).wall, quantile); }
    [[nodiscard]] double cpu(Kind kind) { return at(of(kind).cpu, 0.5); }
    [[nodiscard]] double rows(Kind kind)
    {
        const std::vector<double> &rows = of(kind).rows;
        return std::accumulate(rows.begin(), rows.end(), 0.0) / double(rows.size());
    }

private:
    struct Figures {
        std::vector<double> wall;
        std::vector<double> cpu;
        std::vector<double> rows;
    };

    [[nodiscard]] Figures &of(Kind kind) { return m_figures.at(size_t(kind)); }
    [[nodiscard]] qint64 cursorOf(Kind kind, AccountId viewer) const
    {
        if (kind == Kind::First)
            return 0;
        const entities::PageBounds first = readPage(*m_database, viewer, 0).bounds;
        if (kind == Kind::Later)
            return first.oldest;
        const PageRequest oldest { 0, 0, 1, 1 };
        return std::midpoint(must(m_database->statuses().home(viewer, oldest, kLong)).bounds.oldest, first.newest);
    }
    static double at(std::vector<double> &values, double quantile)
    {
        std::sort(values.begin(), values.end());
        return values.at(size_t(double(values.size() - 1) * quantile));
    }

    const std::unique_ptr<sql::SqlDatabase> m_database;
    QList<AccountId> m_viewers;
    std::array<Figures, kKindNames.size()> m_figures;
};

// What PostgreSQL does by itself within minutes of such an import (autovacuum), but at a time of its own choice.
void tidy(const QString &url)
{
    if (url.startsWith(QLatin1String("postgres"))
        && QProcess::execute(
               QStringLiteral("vacuumdb"),
               { QStringLiteral("--quiet"), QStringLiteral("--analyze"), QStringLiteral("--dbname"), url })
            != 0)
        qFatal("vacuumdb failed");
}

void measure(const QString &name, const QList<int> &sizes, const std::function<QString()> &newUrl)
{
    std::vector<std::unique_ptr<Contestant>> contestants;
    for (const int size : sizes) {
        sql::SqlOptions options;
        options.url = newUrl();
        contestants.push_back(std::make_unique<Contestant>(must(sql::SqlDatabase::open(options, kLong)), size));
        tidy(options.url);
    }
    // In turns: what else the machine does then hits all sizes alike. The first round only warms up.
    for (const Kind kind : { Kind::First, Kind::Later, Kind::Deep }) {
        QRandomGenerator random(7);
        for (int round = 0; round < kRounds; ++round) {
            for (const auto &contestant : contestants)
                contestant->runRound(random, kind);
        }
        const QString which = name + QLatin1Char('/') + QLatin1String(kKindNames.at(size_t(kind)));
        for (qsizetype index = 0; index < sizes.size(); ++index) {
            Contestant &contestant = *contestants[size_t(index)];
            const QString figure = QStringLiteral("%1/%2").arg(which).arg(sizes.at(index));
            printFigure(figure + QStringLiteral("/median"), contestant.wall(kind, 0.5), "us");
            printFigure(figure + QStringLiteral("/p99"), contestant.wall(kind, 0.99), "us");
            printFigure(figure + QStringLiteral("/cpu"), contestant.cpu(kind), "us");
            printFigure(figure + QStringLiteral("/page"), contestant.rows(kind), "posts");
        }
        printFigure(which + QStringLiteral("/growth"),
                    contestants.back()->wall(kind, 0.5) / contestants.front()->wall(kind, 0.5), "ratio",
                    kind == Kind::Deep ? 0 : 1.3);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int largest = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    QList<int> sizes;
    for (const int size : { 1'000, 100'000, 1'000'000 }) {
        if (size <= largest)
            sizes.append(size);
    }

    QTemporaryDir folder;
    int count = 0;
    measure(QStringLiteral("home/sqlite"), sizes,
            [&] { return sql::sqliteUrl(folder.filePath(QStringLiteral("%1.db").arg(++count))); });

    const Result<std::unique_ptr<rig::PostgresServer>> server = rig::PostgresServer::start();
    if (!server) {
        std::fprintf(stderr, "Without PostgreSQL: %s\n", qPrintable(describe(server.error())));
        return 0;
    }
    measure(QStringLiteral("home/postgres"), sizes, [&] { return must((*server)->createDatabase()); });
    return 0;
}
