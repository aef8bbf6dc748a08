// SPDX-License-Identifier: GPL-3.0-or-later
// What the suites of archives have in common. For one thread.
#pragma once

#include "world.h"

namespace graminsta::api_test
{

inline constexpr int kArchiveMs = 60'000;
inline const QByteArray kExports = "/api/graminsta/v1/account/exports";
inline const QByteArray kImports = "/api/graminsta/v1/account/imports";

// The export or import at `path` when it is over.
[[nodiscard]] rig::HttpReply overOf(rig::HttpClient &http, const QByteArray &path);
// A new archive of whoever `http` is.
[[nodiscard]] QByteArray archiveOf(rig::HttpClient &http);
[[nodiscard]] rig::HttpBody importBody(const QByteArray &archive, bool dryRun = false);
// The report of an import that is over.
[[nodiscard]] QJsonObject imported(rig::HttpClient &http, const QByteArray &archive, bool dryRun = false);
// "3 0 0": taken in, skipped, failed. The whole report if it has no such part.
[[nodiscard]] QString countsOf(const QJsonObject &report, const char *part);

// Unpacks into `folder`/files by somebody else's program, so that archives are held to more than our own reader.
[[nodiscard]] bool unpack(const QByteArray &archive, const QString &folder);
[[nodiscard]] QByteArray fileOf(const QString &folder, const char *name);
[[nodiscard]] QList<QJsonObject> linesOf(const QString &folder, const char *name);

// All posts of somebody, the newest first; and what of each must be the same wherever it is, with its originals.
[[nodiscard]] QJsonArray allOf(rig::HttpClient &http, const Person &person);
[[nodiscard]] QJsonArray allFacts(rig::HttpClient &http, const Person &person);

// Seven posts: an album that is pinned and bookmarked, one for friends, one with a warning, one to nobody, one without
// comments, a comment, and one that was edited. A failed test if one is refused.
void postOfAllKinds(World &w, rig::HttpClient &http);

} // namespace graminsta::api_test
