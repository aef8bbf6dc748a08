// SPDX-License-Identifier: GPL-3.0-or-later
// A call whose body is multipart/form-data. Internal to the library.
#pragma once

#include "call.h"

namespace graminsta::client
{

struct FormFile {
    QString field;
    QString path;
    QString fileName;
    QByteArray mimeType;
};

// Each attempt opens the files anew.
void setMultipart(ApiCall &call, const Parameters &fields, const QList<FormFile> &files);

} // namespace graminsta::client
