// SPDX-License-Identifier: GPL-3.0-or-later
#include "blobcheck.h"

#include "blobs.h"
#include "textcolumns.h"

#include <QHash>

namespace graminsta::sql
{

using ports::MediaArea;

namespace
{

// What is kept in memory at once; of a larger place, the rows are read several times.
constexpr qint64 kNamesAtOnce = 500'000;
constexpr int kRepairedAtOnce = 1000;

const QByteArray kNumber = "SELECT count(*) FROM blobs";
const QByteArray kMedia = "SELECT original_key, variants, published FROM media WHERE counted = 1";
const QByteArray kProfiles = "SELECT avatar_key, header_key FROM accounts WHERE avatar_key <> '' OR header_key <> ''";
const QByteArray kArchives = "SELECT archive_key FROM account_exports WHERE archive_key <> ''"
                             " UNION ALL SELECT archive_key FROM account_imports WHERE archive_key <> ''";
const QByteArray kBlobs = "SELECT area, name, refs FROM blobs";

const QByteArray kMake = "INSERT INTO blobs (area, name, refs, epoch, keep_until, removing_at)"
                         " VALUES (?1, ?2, 0, 0, 0, 0) ON CONFLICT DO NOTHING";
const QByteArray kLock = "SELECT refs FROM blobs WHERE area = ?1 AND name = ?2 {for update}";
const QByteArray kSet = "UPDATE blobs SET refs = ?3 WHERE area = ?1 AND name = ?2";
const QByteArray kOriginals = "SELECT count(*) FROM media WHERE counted = 1 AND original_key = ?1";
const QByteArray kArchivesOf = "SELECT (SELECT count(*) FROM account_exports WHERE archive_key = ?1)"
                               " + (SELECT count(*) FROM account_imports WHERE archive_key = ?1)";
// The name stands between blanks in its line.
const QByteArray kPictures = "SELECT count(*) FROM media WHERE counted = 1 AND published >= ?2 AND variants LIKE ?1";
const QByteArray kPortraits = "SELECT (SELECT count(*) FROM accounts WHERE avatar_key = ?1)"
                              " + (SELECT count(*) FROM accounts WHERE header_key = ?1)";

struct Miscount {
    MediaArea area = MediaArea::Public;
    QString name;
    qint64 stored = 0;
    qint64 counted = 0;
};

QString areaName(MediaArea area)
{
    switch (area) {
    case MediaArea::Public:
        return QStringLiteral("public");
    case MediaArea::Private:
        return QStringLiteral("private");
    case MediaArea::Restricted:
        break;
    }
    return QStringLiteral("restricted");
}

class Facts
{
public:
    Facts(int part, int parts)
        : m_part(part)
        , m_parts(parts)
    {
    }

    void add(MediaArea area, const QString &name)
    {
        if (!name.isEmpty() && isOurs(name))
            ++m_counts[{ int(area), name }];
    }
    [[nodiscard]] qint64 take(MediaArea area, const QString &name) { return m_counts.take({ int(area), name }); }
    [[nodiscard]] bool isOurs(const QString &name) const { return int(qHash(name, 0) % size_t(m_parts)) == m_part; }
    [[nodiscard]] const QHash<std::pair<int, QString>, qint64> &left() const { return m_counts; }

private:
    const int m_part;
    const int m_parts;
    QHash<std::pair<int, QString>, qint64> m_counts;
};

Result<QList<Miscount>> miscounts(Connection &connection, int part, int parts, const Deadline &deadline)
{
    Facts facts(part, parts);
    GI_TRY(connection.run(kMedia, Bindings(), deadline, [&facts](const Row &row) {
        facts.add(MediaArea::Private, row.text(0));
        for (const QString &name : pictureNames(unpackVariants(row.utf8(1)))) {
            facts.add(MediaArea::Restricted, name);
            if (row.flag(2))
                facts.add(MediaArea::Public, name);
        }
    }));
    GI_TRY(connection.run(kProfiles, Bindings(), deadline, [&facts](const Row &row) {
        facts.add(MediaArea::Public, row.text(0));
        facts.add(MediaArea::Public, row.text(1));
    }));
    GI_TRY(connection.run(kArchives, Bindings(), deadline,
                          [&facts](const Row &row) { facts.add(MediaArea::Private, row.text(0)); }));
    QList<Miscount> found;
    GI_TRY(connection.run(kBlobs, Bindings(), deadline, [&](const Row &row) {
        const Miscount blob { row.enumerator<MediaArea>(0), row.text(1), row.integer(2), 0 };
        if (!facts.isOurs(blob.name))
            return;
        const qint64 counted = facts.take(blob.area, blob.name);
        if (counted != blob.stored)
            found.append({ blob.area, blob.name, blob.stored, counted });
    }));
    for (auto fact = facts.left().cbegin(); fact != facts.left().cend(); ++fact)
        found.append({ MediaArea(fact.key().first), fact.key().second, 0, fact.value() });
    return found;
}

// Of one moment, whatever servers write meanwhile.
template<typename Work>
Result<> inTransaction(Connection &connection, const QByteArray &begin, const Deadline &deadline, const Work &work)
{
    GI_TRY(connection.runScript(begin, deadline));
    Result<> worked = work();
    if (worked)
        return connection.runScript("COMMIT", deadline);
    if (connection.isInTransaction())
        GI_TRY(connection.runScript("ROLLBACK", deadline));
    return worked;
}

Result<QList<Miscount>> allMiscounts(Connection &connection, qsizetype limit, const Deadline &deadline)
{
    QList<Miscount> found;
    const QByteArray begin =
        connection.dialect() == Dialect::Sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    GI_TRY(inTransaction(connection, begin, deadline, [&]() -> Result<> {
        qint64 number = 0;
        GI_TRY(connection.run(kNumber, Bindings(), deadline, [&number](const Row &row) { number = row.integer(0); }));
        const int parts = int(1 + number / kNamesAtOnce);
        for (int part = 0; part < parts && found.size() < limit; ++part)
            found += GI_TRY(miscounts(connection, part, parts, deadline));
        return {};
    }));
    if (found.size() > limit)
        found.resize(limit);
    return found;
}

// Under its lock: whoever changes what names it waits for that before they commit.
Result<qint64> factsOf(Connection &connection, const Miscount &blob, const Deadline &deadline)
{
    qint64 counted = 0;
    const auto add = [&counted](const Row &row) { counted += row.integer(0); };
    if (blob.area == MediaArea::Private) {
        GI_TRY(connection.run(kOriginals, Bindings(blob.name), deadline, add));
        GI_TRY(connection.run(kArchivesOf, Bindings(blob.name), deadline, add));
        return counted;
    }
    const bool isPublic = blob.area == MediaArea::Public;
    const QString line = QLatin1String("% ") + blob.name + QLatin1String(" %");
    GI_TRY(connection.run(kPictures, Bindings(line, isPublic), deadline, add));
    if (isPublic)
        GI_TRY(connection.run(kPortraits, Bindings(blob.name), deadline, add));
    return counted;
}

} // namespace

Result<> findMiscounted(Connection &connection, int maxLines, const Deadline &deadline, QStringList &damage)
{
    for (const Miscount &one : GI_TRY(allMiscounts(connection, maxLines, deadline)))
        damage.append(QStringLiteral("uses of the %1 file %2 are %3, the facts say %4")
                          .arg(areaName(one.area), one.name)
                          .arg(one.stored)
                          .arg(one.counted));
    return {};
}

Result<> repairCounts(Connection &connection, const Deadline &deadline, QStringList &repaired)
{
    const QByteArray begin = connection.dialect() == Dialect::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN";
    QList<Miscount> wrong;
    do {
        wrong = GI_TRY(allMiscounts(connection, kRepairedAtOnce, deadline));
        for (const Miscount &one : std::as_const(wrong)) {
            GI_TRY(inTransaction(connection, begin, deadline, [&]() -> Result<> {
                qint64 stored = 0;
                GI_TRY(connection.run(kMake, Bindings(one.area, one.name), deadline));
                GI_TRY(connection.run(kLock, Bindings(one.area, one.name), deadline,
                                      [&stored](const Row &row) { stored = row.integer(0); }));
                const qint64 counted = GI_TRY(factsOf(connection, one, deadline));
                if (counted == stored)
                    return {};
                GI_TRY(connection.run(kSet, Bindings(one.area, one.name, counted), deadline));
                repaired.append(QStringLiteral("uses of the %1 file %2 were %3, and are %4 now")
                                    .arg(areaName(one.area), one.name)
                                    .arg(stored)
                                    .arg(counted));
                return {};
            }));
        }
    } while (wrong.size() == kRepairedAtOnce);
    return {};
}

} // namespace graminsta::sql
