// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/settings/archivewords.h>

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>

namespace graminsta
{

namespace
{

// A part of an archive, by its name in the API.
struct Part {
    QLatin1String name;
    QString one;
    QString many;
    QString all; // as a heading, or after "the"
};

const QList<Part> &parts()
{
    static const QList<Part> kParts {
        { QLatin1String("profile"), QStringLiteral("profile"), QStringLiteral("profiles"), QStringLiteral("profile") },
        { QLatin1String("statuses"), QStringLiteral("post"), QStringLiteral("posts"), QStringLiteral("posts") },
        { QLatin1String("scheduled_statuses"), QStringLiteral("scheduled post"), QStringLiteral("scheduled posts"),
          QStringLiteral("scheduled posts") },
        { QLatin1String("following"), QStringLiteral("follow"), QStringLiteral("follows"), QStringLiteral("follows") },
        { QLatin1String("favourites"), QStringLiteral("like"), QStringLiteral("likes"), QStringLiteral("likes") },
        { QLatin1String("bookmarks"), QStringLiteral("bookmark"), QStringLiteral("bookmarks"),
          QStringLiteral("bookmarks") },
        { QLatin1String("followed_tags"), QStringLiteral("followed hashtag"), QStringLiteral("followed hashtags"),
          QStringLiteral("followed hashtags") },
        { QLatin1String("blocks"), QStringLiteral("block"), QStringLiteral("blocks"), QStringLiteral("blocks") },
        { QLatin1String("mutes"), QStringLiteral("mute"), QStringLiteral("mutes"), QStringLiteral("mutes") },
        { QLatin1String("notes"), QStringLiteral("note on somebody"), QStringLiteral("notes on people"),
          QStringLiteral("notes on people") },
        { QLatin1String("filters"), QStringLiteral("filter"), QStringLiteral("filters"), QStringLiteral("filters") },
    };
    return kParts;
}

QDateTime toLocal(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(toUnixMs(time)).toLocalTime();
}

QString dayOf(Timestamp time)
{
    return QLocale().toString(toLocal(time).date(), QStringLiteral("d MMM yyyy"));
}

QString exactly(qint64 count, const QString &one, const QString &many)
{
    return QLocale().toString(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

QString inOneSentence(const QStringList &things)
{
    return things.size() < 2
        ? things.join(QString())
        : things.mid(0, things.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + things.last();
}

// "12 posts, 3 follows and 1 block"; empty if there is none.
QString countsInWords(const model::AccountImport &import, qint64 model::ImportCounts::*which)
{
    QStringList words;
    for (const Part &part : parts()) {
        const auto counts = std::find_if(import.counts.cbegin(), import.counts.cend(),
                                         [&part](const model::ImportCounts &one) { return one.part == part.name; });
        if (counts == import.counts.cend() || (*counts).*which == 0) {
            continue;
        }
        words.append(part.name == QLatin1String("profile") ? QStringLiteral("the profile")
                                                           : exactly((*counts).*which, part.one, part.many));
    }
    return inOneSentence(words);
}

bool hasImported(const model::AccountImport &import, QLatin1String part)
{
    return std::any_of(import.counts.cbegin(), import.counts.cend(), [part](const model::ImportCounts &counts) {
        return counts.part == part && counts.imported > 0;
    });
}

} // namespace

QString archiveMessage(const Error &error)
{
    const QString prefix = QStringLiteral("Validation failed: ");
    QString message = messageOf(error);
    if (message.startsWith(prefix)) {
        message.remove(0, prefix.size());
    }
    return message.endsWith(QLatin1Char('.')) ? message : message + QLatin1Char('.');
}

QString archiveTitle(const model::AccountExport &made)
{
    return QStringLiteral("Archive of %1")
        .arg(QLocale().toString(toLocal(made.finishedAt.value_or(made.createdAt)),
                                QStringLiteral("d MMMM yyyy, HH:mm")));
}

QString archiveDetail(const model::AccountExport &made)
{
    if (isUnderWay(made)) {
        return QStringLiteral("It is being made. You may go on meanwhile, or close the app.");
    }
    if (!isDone(made)) {
        return QStringLiteral("It could not be made. %1").arg(archiveMessage(makeError(Fault::Internal, made.error)));
    }
    QString detail =
        QStringLiteral("%1 · %2, %3")
            .arg(fileSize(made.bytes), exactly(made.statusesCount, QStringLiteral("post"), QStringLiteral("posts")),
                 exactly(made.mediaCount, QStringLiteral("photo or video"), QStringLiteral("photos and videos")));
    if (made.expiresAt) {
        detail += QStringLiteral(" · kept until %1").arg(dayOf(*made.expiresAt));
    }
    return detail;
}

QString bytesOf(qint64 done, qint64 total)
{
    return QStringLiteral("%1 of %2").arg(fileSize(done), fileSize(total));
}

int progressOf(qint64 done, qint64 total)
{
    return total > 0 ? static_cast<int>(static_cast<double>(done) / static_cast<double>(total) * kProgressSteps) : 0;
}

QString lowered(const QString &title)
{
    return title.left(1).toLower() + title.mid(1);
}

QString importForecast(const QString &acct)
{
    const std::array<QString, 5> sentences {
        QStringLiteral("Its posts are added to @%1 with their photos and their old dates. Nobody is notified.")
            .arg(acct),
        QStringLiteral("Nothing comes twice, and what is here stays as it is. Only what your profile lacks is filled "
                       "in; if the archive's account is locked, yours becomes so."),
        QStringLiteral("Follows are asked for again. They, blocks, mutes, notes, likes and bookmarks come along where "
                       "the same people and posts are on this server; filters, followed hashtags and scheduled posts "
                       "come along, too."),
        QStringLiteral("Not taken over: followers and shared posts. Comments on other people's posts come as comments "
                       "to nothing."),
        QStringLiteral("Photos count towards what this server keeps for you.")
    };
    QString text;
    for (const QString &sentence : sentences) {
        text += QStringLiteral("• %1\n").arg(sentence);
    }
    return text.trimmed();
}

QString importStep(const model::AccountImport &import)
{
    if (import.step == u"verifying") {
        return QStringLiteral("Checking the archive: %1 so far")
            .arg(exactly(import.position, QStringLiteral("file"), QStringLiteral("files")));
    }
    for (const Part &part : parts()) {
        if (import.step == part.name) {
            return QStringLiteral("Taking in the %1: %2 so far").arg(part.all, QLocale().toString(import.position));
        }
    }
    return QStringLiteral("The server takes it in…");
}

QStringList importSummary(const model::AccountImport &import)
{
    const QString imported = countsInWords(import, &model::ImportCounts::imported);
    const QString skipped = countsInWords(import, &model::ImportCounts::skipped);
    const QString failed = countsInWords(import, &model::ImportCounts::failed);
    QStringList lines;
    if (!isDone(import)) {
        lines += QStringLiteral("The archive could not be taken in. %1")
                     .arg(archiveMessage(makeError(Fault::Internal, import.error)));
        if (imported.isEmpty()) {
            return lines;
        }
    }
    lines += imported.isEmpty() ? QStringLiteral("There was nothing new in it.")
                                : QStringLiteral("Taken in: %1.").arg(imported);
    if (hasImported(import, QLatin1String("statuses"))) {
        lines.last() += QStringLiteral(" The photos and videos of the posts came with them.");
    }
    if (!skipped.isEmpty()) {
        lines +=
            QStringLiteral("Left out: %1. That is here already, or belongs to people or posts that are not on this "
                           "server.")
                .arg(skipped);
    }
    if (!failed.isEmpty()) {
        lines += QStringLiteral("Not possible here: %1.").arg(failed);
    }
    return lines;
}

QString importProblems(const model::AccountImport &import)
{
    QStringList lines;
    for (const model::ImportProblem &problem : import.problems.value_or(QList<model::ImportProblem>())) {
        QString entry = problem.entry;
        for (const Part &part : parts()) {
            if (const QString file = part.name + QStringLiteral(".jsonl "); entry.startsWith(file)) {
                entry = part.all.at(0).toUpper() + part.all.mid(1) + QStringLiteral(", ") + entry.mid(file.size());
            }
        }
        lines += entry.isEmpty() ? problem.reason : QStringLiteral("%1: %2").arg(entry, problem.reason);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace graminsta
