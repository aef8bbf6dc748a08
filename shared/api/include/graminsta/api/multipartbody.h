// SPDX-License-Identifier: GPL-3.0-or-later
// A multipart/form-data body (RFC 7578) as a device of known size: files are read from disk while they are sent. For
// one thread at a time; owned by whoever sends it.
#pragma once

#include <graminsta/core/result.h>

#include <QByteArray>
#include <QFile>
#include <QIODevice>

#include <memory>
#include <vector>

namespace graminsta::api
{

class MultipartBody final : public QIODevice
{
public:
    // A boundary that is in no file.
    [[nodiscard]] static QByteArray makeBoundary();
    // For the Content-Type header.
    [[nodiscard]] static QByteArray contentType(const QByteArray &boundary);

    explicit MultipartBody(QByteArray boundary);

    // All parts are added before the device is opened. Names may hold anything: they are escaped as browsers do.
    void addField(const QString &name, const QString &value);
    // Opens the file and keeps it open; its size from now on is what is sent. Fault::NotFound if it cannot be opened;
    // nothing is added then.
    [[nodiscard]] Result<> addFile(const QString &name, const QString &path, const QString &fileName,
                                   const QByteArray &mimeType);
    // Ends the body and opens it for reading.
    void finish();

    [[nodiscard]] bool isSequential() const override { return false; }
    [[nodiscard]] qint64 size() const override { return m_size; }

protected:
    // -1 where a file has become shorter meanwhile.
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    // Either bytes or a file.
    struct Piece {
        qint64 begin = 0;
        qint64 size = 0;
        QByteArray bytes;
        std::unique_ptr<QFile> file;
    };

    [[nodiscard]] qint64 readPiece(qint64 at, char *data, qint64 most);
    void addBytes(QByteArray bytes);
    [[nodiscard]] QByteArray headerOf(const QString &name) const;

    const QByteArray m_boundary;
    std::vector<Piece> m_pieces;
    qint64 m_size = 0;
};

} // namespace graminsta::api
