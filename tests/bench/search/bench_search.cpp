// SPDX-License-Identifier: GPL-3.0-or-later
// What a search by words costs at the database, while only the table of statuses grows: for a word that every ninth
// post has, for one that only the oldest has, for both together, and for a phrase. A figure a line, as .ci/bench reads
// them.
//
//   bench_search [the largest number of statuses; default 1000000]
#include <graminsta/sql/seed.h>
#include <rig/postgresserver.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <vector>

using namespace graminsta;

namespace
{

constexpr int kRounds = 300;
constexpr int kCandidates = 100; // what the first step of a search looks at
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

struct Question {
    const char *name;
    QStringList words;
    int atLeast; // found
};

const QList<Question> &questions()
{
    static const QList<Question> list {
        { "common", { QStringLiteral("sunset") }, 20 },
        { "rare", { QStringLiteral("zanzibar") }, 1 },
        { "both", { QStringLiteral("sunset"), QStringLiteral("zanzibar") }, 0 },
        { "phrase", { QStringLiteral("before everybody else") }, 20 },
    };
    return list;
}

// One size of the table: the times of its searches.
class Contestant
{
public:
    Contestant(std::unique_ptr<sql::SqlDatabase> database, int statuses)
        : m_database(std::move(database))
    {
        sql::SeedOptions options;
        options.accounts = 1000;
        options.statuses = statuses;
        must(m_database->migrate(kLong));
        must(sql::seed(*m_database, options));
        m_viewer = must(m_database->accounts().byUsername(QStringLiteral("user7"), kLong)).id;
        makeTheOldestRare();
        const double begin = double(std::time(nullptr));
        bool isMore = true;
        while (isMore) {
            must(m_database->unitOfWork().write(kLong, [&isMore](ports::WriteSet &writers) -> Result<> {
                isMore = GI_TRY(writers.search.indexBacklog(1000));
                return {};
            }));
        }
        std::fprintf(stderr, "the words of %d statuses in %.0f s\n", statuses, double(std::time(nullptr)) - begin);
    }

    void run(const Question &question)
    {
        ports::StatusSearch search;
        search.viewer = m_viewer;
        search.wanted = question.words;
        const auto begin = std::chrono::steady_clock::now();
        const ports::SearchStep step = must(m_database->search().statuses(search, kCandidates, kLong));
        const std::chrono::duration<double, std::micro> wall = std::chrono::steady_clock::now() - begin;
        if (step.found.size() < question.atLeast)
            qFatal("\"%s\" finds %lld", question.name, qlonglong(step.found.size()));
        m_wall[question.name].push_back(wall.count());
    }

    [[nodiscard]] double wall(const char *question, double quantile)
    {
        std::vector<double> &values = m_wall[question];
        std::sort(values.begin(), values.end());
        return values.at(size_t(double(values.size() - 1) * quantile));
    }

private:
    void makeTheOldestRare()
    {
        const entities::Page<StatusId> oldest =
            must(m_database->statuses().publicTimeline({}, entities::PageRequest { 0, 0, 1, 1 }, kLong));
        entities::Status status = must(m_database->statuses().byId(oldest.rows.first(), kLong));
        status.text += QStringLiteral(" Zanzibar");
        must(m_database->unitOfWork().write(
            kLong, [&status](ports::WriteSet &writers) { return writers.statuses.update(status); }));
    }

    const std::unique_ptr<sql::SqlDatabase> m_database;
    AccountId m_viewer;
    std::map<const char *, std::vector<double>> m_wall;
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
    // In turns: what else the machine does then hits all sizes alike.
    for (int round = 0; round < kRounds; ++round) {
        for (const auto &contestant : contestants) {
            for (const Question &question : questions())
                contestant->run(question);
        }
    }
    for (const Question &question : questions()) {
        const QString which = QStringLiteral("%1/%2").arg(name, QLatin1String(question.name));
        for (qsizetype index = 0; index < sizes.size(); ++index) {
            Contestant &contestant = *contestants[size_t(index)];
            const QString figure = QStringLiteral("%1/%2").arg(which).arg(sizes.at(index));
            printFigure(figure + QStringLiteral("/median"), contestant.wall(question.name, 0.5), "us");
            printFigure(figure + QStringLiteral("/p99"), contestant.wall(question.name, 0.99), "us");
        }
        printFigure(which + QStringLiteral("/growth"),
                    contestants.back()->wall(question.name, 0.5) / contestants.front()->wall(question.name, 0.5),
                    "ratio", 1.5);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int largest = argc > 1 ? QByteArray(argv[1]).toInt() : 1'000'000;
    QList<int> sizes;
    for (const int size : { 10'000, 100'000, 1'000'000 }) {
        if (size <= largest)
            sizes.append(size);
    }

    QTemporaryDir folder;
    int count = 0;
    measure(QStringLiteral("search/sqlite"), sizes,
            [&] { return sql::sqliteUrl(folder.filePath(QStringLiteral("%1.db").arg(++count))); });

    const Result<std::unique_ptr<rig::PostgresServer>> server = rig::PostgresServer::start();
    if (!server) {
        std::fprintf(stderr, "Without PostgreSQL: %s\n", qPrintable(describe(server.error())));
        return 0;
    }
    measure(QStringLiteral("search/postgres"), sizes, [&] { return must((*server)->createDatabase()); });
    return 0;
}
