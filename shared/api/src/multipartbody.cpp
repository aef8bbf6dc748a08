// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/api/multipartbody.h>

#include <graminsta/core/secrets.h>

#include <algorithm>
#include <cstring>

namespace graminsta::api
{

namespace
{

// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
QByteArray escapedName(const QString &name)
{
    QByteArray escaped = name.toUtf8();
    escaped.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
    return escaped;
}

} // namespace

MultipartBody::MultipartBody(QByteArray boundary)
    : m_boundary(std::move(boundary))
{
}

QByteArray MultipartBody::makeBoundary()
{
    return "graminsta-" + randomToken(18);
}

QByteArray MultipartBody::contentType(const QByteArray &boundary)
{
    return "multipart/form-data; boundary=" + boundary;
}

QByteArray MultipartBody::headerOf(const QString &name) const
{
    return "--" + m_boundary + "\r\nContent-Disposition: form-data; name=\"" + escapedName(name) + '"';
}

void MultipartBody::addBytes(QByteArray bytes)
{
    const qint64 size = bytes.size();
    m_pieces.push_back({ m_size, size, std::move(bytes), nullptr });
    m_size += size;
}

void MultipartBody::addField(const QString &name, const QString &value)
{
    addBytes(headerOf(name) + "\r\n\r\n" + value.toUtf8() + "\r\n");
}

Result<> MultipartBody::addFile(const QString &name, const QString &path, const QString &fileName,
                                const QByteArray &mimeType)
{
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return makeError(Fault::NotFound,
                         QStringLiteral("“%1” cannot be opened: %2").arg(fileName, file->errorString()), path);
    addBytes(headerOf(name) + "; filename=\"" + escapedName(fileName) + "\"\r\nContent-Type: " + mimeType + "\r\n\r\n");
    const qint64 size = file->size();
    m_pieces.push_back({ m_size, size, {}, std::move(file) });
    m_size += size;
    addBytes("\r\n");
    return {};
}

void MultipartBody::finish()
{
    addBytes("--" + m_boundary + "--\r\n");
    // Buffering would copy every byte once more.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 MultipartBody::readData(char *data, qint64 most)
{
    // As much as there is: readers of a device with a size take a short read for its end.
    qint64 done = 0;
    while (done < most && pos() + done < m_size) {
        const qint64 got = readPiece(pos() + done, data + done, most - done);
        if (got < 0)
            return done > 0 ? done : -1;
        done += got;
    }
    return done;
}

// From one piece; -1 if a file has not what it had.
qint64 MultipartBody::readPiece(qint64 at, char *data, qint64 most)
{
    const auto after = std::upper_bound(m_pieces.begin(), m_pieces.end(), at,
                                        [](qint64 position, const Piece &piece) { return position < piece.begin; });
    Piece &piece = *std::prev(after);
    const qint64 offset = at - piece.begin;
    const qint64 size = std::min(most, piece.size - offset);
    if (!piece.file) {
        std::memcpy(data, piece.bytes.constData() + offset, static_cast<size_t>(size));
        return size;
    }
    if (piece.file->pos() != offset && !piece.file->seek(offset))
        return -1;
    const qint64 got = piece.file->read(data, size);
    return got > 0 ? got : -1;
}

} // namespace graminsta::api
