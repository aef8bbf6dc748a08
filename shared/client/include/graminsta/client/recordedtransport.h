// SPDX-License-Identifier: GPL-3.0-or-later
// A transport that answers from this program, without a network: for graminsta-offline and for tests of what is above.
#pragma once

#include <graminsta/client/transport.h>

#include <QHash>

namespace graminsta::client
{

class RecordedTransport final : public Transport
{
public:
    using Handler = std::function<Result<HttpReply>(const HttpRequest &)>;

    // The latest answer for a verb and path wins. A path that ends in '*' stands for all that begin so; the longest
    // that fits is taken, an exact one first.
    void on(api::Verb verb, const QString &path, Handler handler);
    void onJson(api::Verb verb, const QString &path, QByteArray json, int status = 200);

    // Answers GET from a folder: "/api/v1/timelines/home" is the file "api/v1/timelines/home.json" if there is one,
    // else the file of that very name (pictures). Fault::NotFound if there is no such folder.
    [[nodiscard]] Result<> addFolder(const QString &folder);

    // How long each answer takes; none by default, though never at once.
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }

    // 404 with a JSON error where nothing fits.
    [[nodiscard]] QCoro::Task<Result<HttpReply>> send(HttpRequest request) override;

private:
    [[nodiscard]] Result<HttpReply> answer(const HttpRequest &request) const;
    [[nodiscard]] const Handler *handlerOf(const HttpRequest &request) const;
    [[nodiscard]] std::optional<HttpReply> fromFolders(const QString &path) const;

    QHash<QString, Handler> m_exact; // "GET /path"
    QList<QPair<QString, Handler>> m_prefixes;
    QStringList m_folders;
    std::chrono::milliseconds m_delay { 0 };
};

} // namespace graminsta::client
