// SPDX-License-Identifier: GPL-3.0-or-later
// An archive on its way to a file, over connections that break. Internal to the library.
#pragma once

#include <graminsta/client/session.h>

#include <QString>

namespace graminsta::client
{

// That a server may ask for before a person hears of it.
inline constexpr std::chrono::milliseconds kLongestArchiveWait { 60'000 };

struct ArchiveFetch {
    QByteArray path; // at the server, percent-encoded
    QString file; // here
    qint64 bytes = 0; // that the server has promised
    Progress progress; // of the whole file
    CancelToken cancel;
};

// The file is there whole or not at all. After a lost connection it goes on where it was; the faults are those of the
// last attempt, when several in a row have brought nothing, or at ClientOptions::archiveTime.
[[nodiscard]] QCoro::Task<Result<>> fetchArchive(SessionPtr session, ArchiveFetch wanted);

} // namespace graminsta::client
