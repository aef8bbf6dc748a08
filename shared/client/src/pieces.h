// SPDX-License-Identifier: GPL-3.0-or-later
// A file on its way in pieces (tus 1.0.0), over connections that break. Internal to the library.
#pragma once

#include <graminsta/client/media.h>

namespace graminsta::client
{

struct PiecesRequest {
    QString file;
    QString fileName; // as the server is told
    InPieces pieces;
    Progress progress; // of the whole file
    CancelToken cancel;
};

// Sends it all, or the rest of an upload that has begun, and gives the upload's id. After a lost connection, or an
// answer that says to come back, it asks how far it is and goes on there; the faults are those of the last attempt,
// when several in a row have brought nothing, or at ClientOptions::uploadTime. What has arrived stays at the server.
[[nodiscard]] QCoro::Task<Result<QString>> sendInPieces(SessionPtr session, PiecesRequest request);

// Ends an upload at the server, at once or as soon as it has seen that nobody sends any more.
[[nodiscard]] QCoro::Task<Result<>> endPieces(SessionPtr session, QString upload);

} // namespace graminsta::client
