// SPDX-License-Identifier: GPL-3.0-or-later
// A real http::Server on a free port whose handlers say what they were given.
#pragma once

#include "wire.h"

#include <graminsta/http/server.h>

#include <QTemporaryDir>

#include <atomic>
#include <memory>

namespace graminsta::tests
{

class HttpRig
{
public:
    // Short limits of time where `limits` are not given, so that tests need not wait.
    explicit HttpRig(http::ServerOptions options = {}, http::HandlerTable special = {});

    [[nodiscard]] Wire connect() const { return Wire(m_server->port()); }
    [[nodiscard]] quint16 port() const { return m_server->port(); }
    [[nodiscard]] http::Server &server() { return *m_server; }
    [[nodiscard]] const QTemporaryDir &folder() const { return m_folder; }
    // Files that wait in the staging folder.
    [[nodiscard]] int stagedFiles() const;
    // Whether somebody else is still served.
    [[nodiscard]] bool servesOthers() const;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<http::Server> m_server;
};

// Answers with what came: endpoint, path parameters, parameters, viewer, client address, file sizes. Query "sleep"
// milliseconds first.
[[nodiscard]] http::Handler echoHandler();

// A bearer token "account-<id>" is an account with all scopes; "readonly-<id>" has only "read"; "application" has none.
inline constexpr QByteArrayView kSignedIn("Authorization: Bearer account-7\r\n");

// How many times the small numbers of everyday tests are multiplied (GRAMINSTA_FAULT_SCALE; 1 if it is not set).
[[nodiscard]] int faultScale();

// How much resident memory a test may take. A sanitizer keeps what was freed for a while.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr qint64 kAllowedGrowth = 800LL << 20;
#else
inline constexpr qint64 kAllowedGrowth = 40LL << 20;
#endif

// Resident memory of this process.
[[nodiscard]] qint64 residentBytes();

} // namespace graminsta::tests
