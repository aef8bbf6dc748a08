// SPDX-License-Identifier: GPL-3.0-or-later
// A body that can be read once. Qt sends a request again by itself when the connection closes before an answer, a POST
// too; it cannot with this, so that whether to repeat is decided where it is known to be safe. Internal to the library.
#pragma once

#include <QIODevice>

#include <memory>

namespace graminsta::client
{

class OnceBody final : public QIODevice
{
public:
    // `body` is open for reading and knows its size.
    explicit OnceBody(std::unique_ptr<QIODevice> body)
        : m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] bool isSequential() const override { return false; }
    [[nodiscard]] qint64 size() const override { return m_body->size(); }
    bool seek(qint64 position) override
    {
        return position == pos() || (position == m_body->pos() && QIODevice::seek(position));
    }

protected:
    qint64 readData(char *data, qint64 most) override { return m_body->read(data, most); }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    std::unique_ptr<QIODevice> m_body;
};

} // namespace graminsta::client
