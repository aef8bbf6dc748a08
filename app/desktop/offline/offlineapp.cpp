// SPDX-License-Identifier: GPL-3.0-or-later
#include <desktop/offline/offlineapp.h>

#include <desktop/signin/connectaccount.h>

namespace graminsta
{

OfflineApp::OfflineApp(const QString &photos, int posts)
    : m_pictures(photos)
    , m_recording(m_pictures, posts)
{
    const auto transport = std::make_shared<client::RecordedTransport>();
    m_recording.answerOn(*transport);
    const client::Client client(Recording::baseUrl(), QByteArrayLiteral("recorded"), transport);
    const DesktopOptions options { { m_folder.path() }, {}, Credentials::Where::FileOnly };
    m_app = std::make_unique<DesktopApp>(
        options, transport, std::make_unique<RecordedMediaSource>(m_recording),
        [client](const AccountEntry &, client::CancelToken cancel) { return openSession(client, std::move(cancel)); });
}

} // namespace graminsta
