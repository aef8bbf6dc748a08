// SPDX-License-Identifier: GPL-3.0-or-later
#include "migrations.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

// Outside any namespace, as Q_INIT_RESOURCE demands: a static library's resources are dropped unless something names
// them.
static void loadMigrations()
{
    Q_INIT_RESOURCE(graminsta_migrations);
}

namespace graminsta::sql
{

Result<QList<Migration>> builtInMigrations()
{
    loadMigrations();
    QList<Migration> migrations;
    const QDir folder(QStringLiteral(":/graminsta/migrations"));
    const QStringList names = folder.entryList({ QStringLiteral("*.sql") }, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        Migration migration { name.section(QLatin1Char('_'), 0, 0).toInt(), name.chopped(4), {}, {} };
        const int before = migrations.isEmpty() ? 0 : migrations.last().version;
        if (migration.version <= before || !file.open(QIODevice::ReadOnly))
            return makeError(Fault::Internal, QStringLiteral("The program's migrations are incomplete"), name);
        migration.text = file.readAll();
        migration.checksum = QCryptographicHash::hash(migration.text, QCryptographicHash::Sha256).toHex();
        migrations.append(migration);
    }
    if (migrations.isEmpty())
        return makeError(Fault::Internal, QStringLiteral("The program was built without its migrations"));
    return migrations;
}

QList<QByteArray> statementsOf(const QByteArray &text)
{
    QList<QByteArray> statements;
    QByteArray statement;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype comment = line.indexOf("--");
        const QByteArray code = (comment < 0 ? line : line.first(comment)).trimmed();
        if (code.isEmpty())
            continue;
        statement += code + '\n';
        if (code.endsWith(';'))
            statements.append(std::exchange(statement, {}));
    }
    if (!statement.isEmpty())
        statements.append(statement);
    return statements;
}

} // namespace graminsta::sql
