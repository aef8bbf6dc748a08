// SPDX-License-Identifier: GPL-3.0-or-later
// Taking one's account along, out of a server and into another: docs/archive.md. Graminsta's own; elsewhere each call
// is Fault::NotFound.
#pragma once

#include <graminsta/client/page.h>
#include <graminsta/client/session.h>
#include <graminsta/model/archives.h>

namespace graminsta::client
{

class Archives
{
public:
    using ImportProgress = std::function<void(const model::AccountImport &)>;

    explicit Archives(SessionPtr session)
        : m_session(std::move(session))
    {
    }

    // Asks for an archive; it is made after the answer. Fault::Unprocessable, with the reason, if one is being made
    // already or there were enough of them today.
    [[nodiscard]] QCoro::Task<Result<model::AccountExport>> create(CancelToken cancel = {}) const;
    // The newest first.
    [[nodiscard]] QCoro::Task<Result<Page<model::AccountExport>>> list(PageRequest page = {},
                                                                       CancelToken cancel = {}) const;
    [[nodiscard]] QCoro::Task<Result<model::AccountExport>> show(QString id, CancelToken cancel = {}) const;
    // Success if it was gone already.
    [[nodiscard]] QCoro::Task<Result<>> remove(QString id, CancelToken cancel = {}) const;
    // Asks until it is made, or has failed: both are successes here. Fault::Timeout after ClientOptions::archiveTime.
    [[nodiscard]] QCoro::Task<Result<model::AccountExport>> waitUntilMade(QString id, CancelToken cancel = {}) const;
    // Brings an archive that is done to `file`, for its owner's eyes only. The file is there whole or not at all; one
    // of that name stays as it is until then. After a lost connection it goes on where it was. Fault::Internal, with
    // the reason, if the disk does not take it.
    [[nodiscard]] QCoro::Task<Result<>> save(model::AccountExport made, QString file, Progress progress = {},
                                             CancelToken cancel = {}) const;

    // Brings the archive in `file`, which is read while it is sent; the server takes it in after the answer.
    // Fault::Unprocessable, with the reason, if it is none, or another is being taken in.
    [[nodiscard]] QCoro::Task<Result<model::AccountImport>> bring(QString file, Progress progress = {},
                                                                  CancelToken cancel = {}) const;
    // The newest first, without their problems.
    [[nodiscard]] QCoro::Task<Result<Page<model::AccountImport>>> listImports(PageRequest page = {},
                                                                              CancelToken cancel = {}) const;
    // Asks until it is over, and tells how far it is meanwhile. Ends as waitUntilMade() does.
    [[nodiscard]] QCoro::Task<Result<model::AccountImport>> waitUntilTakenIn(QString id, ImportProgress progress = {},
                                                                             CancelToken cancel = {}) const;
    // Ends it, or forgets it if it is over; what was taken in stays. Success if it was gone already.
    [[nodiscard]] QCoro::Task<Result<>> removeImport(QString id, CancelToken cancel = {}) const;

private:
    SessionPtr m_session;
};

} // namespace graminsta::client
