// SPDX-License-Identifier: GPL-3.0-or-later
// One's account as an archive, out and in. All of it is ours.
#include "resources.h"

#include "common.h"

#include <graminsta/handlers/archiveview.h>
#include <graminsta/json/archives.h>
#include <graminsta/json/encode.h>

namespace graminsta::handlers
{

using http::RequestContext;
using http::Response;

namespace
{

constexpr PageLimits kArchivePages { 20, 40 };

Result<Response> createExport(const RequestContext &context, const Services &services)
{
    const entities::AccountExport made = GI_TRY(services.accountExports.create(context.viewer, context.deadline));
    return Response::json(json::encode(exportView(made, context.baseUrl)));
}

Result<Response> listExports(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kArchivePages));
    const entities::Page<entities::AccountExport> found =
        GI_TRY(services.accountExports.list(context.viewer, page, context.deadline));
    QList<model::AccountExport> views;
    views.reserve(found.rows.size());
    for (const entities::AccountExport &one : found.rows)
        views.append(exportView(one, context.baseUrl));
    return pageResponse(context, json::encode(views), found.bounds);
}

Result<Response> showExport(const RequestContext &context, const Services &services)
{
    const ExportId id = GI_TRY(context.pathId<ExportId>());
    const entities::AccountExport made = GI_TRY(services.accountExports.show(context.viewer, id, context.deadline));
    return Response::json(json::encode(exportView(made, context.baseUrl)));
}

Result<Response> deleteExport(const RequestContext &context, const Services &services)
{
    const ExportId id = GI_TRY(context.pathId<ExportId>());
    GI_TRY(services.accountExports.remove(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

Result<Response> exportFile(const RequestContext &context, const Services &services)
{
    const ExportId id = GI_TRY(context.pathId<ExportId>());
    const domain::ArchiveFile file = GI_TRY(services.accountExports.file(context.viewer, id, context.deadline));
    Response response;
    response.contentType = "application/zip";
    response.file = http::FileBody { file.path, '"' + file.row.archiveKey.toLatin1() + '"' };
    return std::move(response)
        .withHeader("Cache-Control", "private, no-cache")
        .withHeader("Content-Disposition", "attachment; filename=\"" + file.name.toLatin1() + '"')
        .withHeader("X-Content-Type-Options", "nosniff");
}

Result<Response> createImport(const RequestContext &context, const Services &services)
{
    const http::UploadedFile *file = context.parameters.file(QStringLiteral("file"));
    if (!file)
        return makeError(
            Fault::Unprocessable,
            QStringLiteral("Validation failed: File can't be blank (send the archive as multipart field \"file\")"));
    const bool dryRun = GI_TRY(flag(context, QStringLiteral("dry_run")));
    const entities::AccountImport import =
        GI_TRY(services.accountImports.create(context.viewer, file->path, dryRun, context.deadline));
    return Response::json(json::encode(importView(import)));
}

Result<Response> listImports(const RequestContext &context, const Services &services)
{
    const entities::PageRequest page = GI_TRY(pageRequest(context, kArchivePages));
    const entities::Page<entities::AccountImport> found =
        GI_TRY(services.accountImports.list(context.viewer, page, context.deadline));
    QList<model::AccountImport> views;
    views.reserve(found.rows.size());
    for (const entities::AccountImport &one : found.rows)
        views.append(importView(one));
    return pageResponse(context, json::encode(views), found.bounds);
}

Result<Response> showImport(const RequestContext &context, const Services &services)
{
    const ImportId id = GI_TRY(context.pathId<ImportId>());
    return Response::json(
        json::encode(importView(GI_TRY(services.accountImports.show(context.viewer, id, context.deadline)))));
}

Result<Response> deleteImport(const RequestContext &context, const Services &services)
{
    const ImportId id = GI_TRY(context.pathId<ImportId>());
    GI_TRY(services.accountImports.remove(context.viewer, id, context.deadline));
    return Response::json(json::encodeEmpty());
}

} // namespace

void addArchiveHandlers(http::HandlerTable &table, const Services &services)
{
    table.insert("exports.create", [&](const RequestContext &context) { return createExport(context, services); });
    table.insert("exports.list", [&](const RequestContext &context) { return listExports(context, services); });
    table.insert("exports.show", [&](const RequestContext &context) { return showExport(context, services); });
    table.insert("exports.delete", [&](const RequestContext &context) { return deleteExport(context, services); });
    table.insert("exports.file", [&](const RequestContext &context) { return exportFile(context, services); });
    table.insert("imports.create", [&](const RequestContext &context) { return createImport(context, services); });
    table.insert("imports.list", [&](const RequestContext &context) { return listImports(context, services); });
    table.insert("imports.show", [&](const RequestContext &context) { return showImport(context, services); });
    table.insert("imports.delete", [&](const RequestContext &context) { return deleteImport(context, services); });
}

} // namespace graminsta::handlers
