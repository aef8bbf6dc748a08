// SPDX-License-Identifier: GPL-3.0-or-later
// The archives of a recorded account: one is there, others are made and taken in within some seconds. GUI thread only.
#pragma once

#include <graminsta/client/recordedtransport.h>
#include <graminsta/model/archives.h>

namespace graminsta
{

class RecordedArchives
{
public:
    RecordedArchives();

    // The transport keeps using this, which must outlive it.
    void answerOn(client::RecordedTransport &transport);

private:
    using Request = client::HttpRequest;
    using Reply = Result<client::HttpReply>;

    [[nodiscard]] Reply createExport();
    [[nodiscard]] Reply exportCall(const Request &request);
    [[nodiscard]] Reply createImport(const Request &request);
    [[nodiscard]] Reply importCall(const Request &request);

    QList<model::AccountExport> m_exports; // the newest first
    QList<model::AccountImport> m_imports;
    int m_lastId = 0;
    int m_asked = 0; // about what is under way
};

} // namespace graminsta
