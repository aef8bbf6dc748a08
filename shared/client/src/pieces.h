// SPDX-License-Identifier: GPL-3.0-or-later
// A file on its way in pieces (tus 1.0.0), over connections that break. Internal to the library.
#pragma once

#include <graminsta/client/session.h>

#include <QString>

namespace graminsta::client
{

struct PiecesRequest {
    QString file;
    QString fileName; // as the server is told
    QString path; // where uploads are made: "/files/"
    Progress progress; // of the whole file
    CancelToken cancel;
};

// Sends it all, and gives the upload's id. After a lost connection, or an answer that says to come back, it asks how
// far it is and goes on there; the faults are those of the last attempt, when several in a row have brought nothing, or
// at ClientOptions::uploadTime. Cancelled, it ends the upload at the server.
[[nodiscard]] QCoro::Task<Result<QString>> sendInPieces(SessionPtr session, PiecesRequest request);

} // namespace graminsta::client
