// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/archives.h>
#include <graminsta/json/decode.h>

#include "reader.h"

namespace graminsta::json
{

namespace
{

Result<model::ImportCounts> decodeCounts(const QJsonObject &from)
{
    model::ImportCounts counts { text(from, "part"), number(from, "imported"), number(from, "skipped"),
                                 number(from, "failed") };
    if (counts.part.isEmpty())
        return unreadable("AccountImport", "part");
    return counts;
}

Result<model::ImportProblem> decodeProblem(const QJsonObject &from)
{
    return model::ImportProblem { text(from, "entry"), text(from, "reason") };
}

} // namespace

Result<model::AccountExport> decodeAccountExport(const QJsonObject &from)
{
    model::AccountExport made;
    made.id = text(from, "id");
    made.state = text(from, "state");
    if (made.id.isEmpty() || made.state.isEmpty())
        return unreadable("AccountExport", made.id.isEmpty() ? "id" : "state");
    made.bytes = number(from, "bytes");
    made.statusesCount = number(from, "statuses_count");
    made.mediaCount = number(from, "media_count");
    made.error = text(from, "error");
    made.url = text(from, "url");
    made.createdAt = time(from, "created_at");
    made.finishedAt = someTime(from, "finished_at");
    made.expiresAt = someTime(from, "expires_at");
    return made;
}

Result<model::AccountImport> decodeAccountImport(const QJsonObject &from)
{
    model::AccountImport import;
    import.id = text(from, "id");
    import.state = text(from, "state");
    if (import.id.isEmpty() || import.state.isEmpty())
        return unreadable("AccountImport", import.id.isEmpty() ? "id" : "state");
    import.dryRun = truth(from, "dry_run");
    import.step = text(from, "step");
    import.position = number(from, "position");
    import.counts = decodeList<model::ImportCounts>(array(from, "counts"), kMaxListItems, decodeCounts);
    if (from.value(QLatin1String("problems")).isArray())
        import.problems = decodeList<model::ImportProblem>(array(from, "problems"), kMaxListItems, decodeProblem);
    import.error = text(from, "error");
    import.createdAt = time(from, "created_at");
    import.finishedAt = someTime(from, "finished_at");
    return import;
}

QList<model::AccountExport> decodeAccountExports(const QJsonArray &array)
{
    return decodeList<model::AccountExport>(array, kMaxListItems, decodeAccountExport);
}

QList<model::AccountImport> decodeAccountImports(const QJsonArray &array)
{
    return decodeList<model::AccountImport>(array, kMaxListItems, decodeAccountImport);
}

} // namespace graminsta::json
