// SPDX-License-Identifier: GPL-3.0-or-later
#include "multipart.h"

#include <graminsta/api/multipartbody.h>

namespace graminsta::client
{

void setMultipart(ApiCall &call, const Parameters &fields, const QList<FormFile> &files)
{
    const QByteArray boundary = api::MultipartBody::makeBoundary();
    call.contentType = api::MultipartBody::contentType(boundary);
    call.openBody = [boundary, fields, files]() -> Result<std::unique_ptr<QIODevice>> {
        auto body = std::make_unique<api::MultipartBody>(boundary);
        for (const auto &[name, value] : fields)
            body->addField(name, value);
        for (const FormFile &file : files)
            GI_TRY(body->addFile(file.field, file.path, file.fileName, file.mimeType));
        body->finish();
        return std::unique_ptr<QIODevice>(std::move(body));
    };
}

} // namespace graminsta::client
