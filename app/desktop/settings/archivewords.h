// SPDX-License-Identifier: GPL-3.0-or-later
// How the app says to a person what archives hold, and what has become of them. Pure functions; thread-safe.
#pragma once

#include <desktop/core/wording.h>

#include <graminsta/model/archives.h>

namespace graminsta
{

// Of an export or an import.
template<typename T> [[nodiscard]] bool isUnderWay(const T &work)
{
    return work.state == u"working";
}
template<typename T> [[nodiscard]] bool isDone(const T &work)
{
    return work.state == u"done";
}

// As messageOf(), without the words that the API puts before its reasons.
[[nodiscard]] QString archiveMessage(const Error &error);

// "Archive of 1 December 2026, 14:05"
[[nodiscard]] QString archiveTitle(const model::AccountExport &made);
// "12.3 MB · 7 posts, 3 photos and videos · kept until 8 Dec 2026"; or that it is being made, or why not.
[[nodiscard]] QString archiveDetail(const model::AccountExport &made);
// "3.4 MB of 12.3 MB"
[[nodiscard]] QString bytesOf(qint64 done, qint64 total);

// The same for a progress bar of kProgressSteps.
inline constexpr int kProgressSteps = 1000;
[[nodiscard]] int progressOf(qint64 done, qint64 total);
// With a small first letter, for the middle of a sentence.
[[nodiscard]] QString lowered(const QString &title);

// What will happen, and what will not, before an archive is brought to the account `acct`. Plain text.
[[nodiscard]] QString importForecast(const QString &acct);
// "Taking in the posts: 20 so far"
[[nodiscard]] QString importStep(const model::AccountImport &import);
// What has become of it, a sentence or two a line: taken in, left out, failed.
[[nodiscard]] QStringList importSummary(const model::AccountImport &import);
// "Posts, line 12: It is dated 2090", a line each.
[[nodiscard]] QString importProblems(const model::AccountImport &import);

} // namespace graminsta
