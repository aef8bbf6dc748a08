// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 9649 (WebP), section 2.
#include "bytereader.h"
#include "cleanfile.h"

#include <QtEndian>

#include <numeric>

namespace graminsta::media
{

namespace
{

constexpr int kAlphaFlag = 0x10;
constexpr int kAnimationFlag = 0x02;
constexpr qsizetype kFrameHeaderBytes = 16;
constexpr std::chrono::milliseconds kLeastDelay { 10 };
constexpr std::chrono::milliseconds kUsualDelay { 100 }; // what browsers make of less than the least

struct Chunk {
    QByteArrayView type;
    QByteArrayView data;
    QByteArrayView whole; // with its header and padding
};

// Nothing read if the reader is stopped afterwards.
Chunk takeChunk(ByteReader &in)
{
    const qsizetype start = in.position();
    Chunk chunk;
    chunk.type = in.take(4);
    const auto length = static_cast<qsizetype>(in.littleEndian(4));
    chunk.data = in.take(length);
    in.take(length % 2);
    chunk.whole = in.from(start);
    return chunk;
}

bool isPicture(const Chunk &chunk)
{
    return chunk.type == "VP8 " || chunk.type == "VP8L" || chunk.type == "ALPH";
}

QByteArray littleEndian(quint32 value, int length)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes.first(length);
}

QByteArray chunkHeader(QByteArrayView type, qsizetype length)
{
    return type.toByteArray() + littleEndian(static_cast<quint32>(length), 4);
}

// The chunks that make one picture: perhaps its transparency, then its one bitstream.
struct Bitstream {
    QList<QByteArrayView> chunks;
    bool hasAlphaChunk = false;
    bool isComplete = false;

    Result<> add(const Chunk &chunk)
    {
        const bool isAlpha = chunk.type == "ALPH";
        if (isComplete || (isAlpha && hasAlphaChunk))
            return notCleanable("a WebP picture twice");
        isComplete = !isAlpha;
        hasAlphaChunk = hasAlphaChunk || isAlpha;
        chunks.append(chunk.whole);
        return {};
    }
    [[nodiscard]] qsizetype bytes() const
    {
        return std::accumulate(chunks.begin(), chunks.end(), qsizetype { 0 },
                               [](qsizetype sum, QByteArrayView chunk) { return sum + chunk.size(); });
    }
};

class WebpCleaner
{
public:
    explicit WebpCleaner(int maxFrames)
        : m_maxFrames(maxFrames)
    {
    }

    Result<CleanFile> run(QByteArrayView file)
    {
        ByteReader in(file);
        const bool isRiff = in.take(4) == "RIFF";
        ByteReader chunks(in.take(static_cast<qsizetype>(in.littleEndian(4))));
        if (!isRiff || chunks.take(4) != "WEBP")
            return notCleanable("no WebP, or it ends early");
        m_clean.frames = 0;
        while (!chunks.atEnd()) {
            const Chunk chunk = takeChunk(chunks);
            if (chunks.isStopped())
                return notCleanable("a WebP chunk ends early");
            GI_TRY(add(chunk));
        }
        return m_isAnimated ? animation() : still();
    }

private:
    Result<> add(const Chunk &chunk)
    {
        if (chunk.type == "VP8X")
            return header(chunk);
        if (m_isAnimated && chunk.type == "ANMF")
            return frame(chunk);
        if (m_isAnimated && chunk.type == "ANIM" && chunk.data.size() == 6 && m_clean.parts.isEmpty())
            m_clean.keep(chunk.whole);
        else if (!m_isAnimated && isPicture(chunk))
            return m_still.add(chunk);
        return {}; // whatever it is: it does not go on
    }

    Result<> header(const Chunk &chunk)
    {
        if (chunk.data.size() != 10 || m_clean.canvas.isValid())
            return notCleanable("a WebP header of an unusual kind");
        ByteReader in(chunk.data);
        const int flags = in.byte();
        in.take(3);
        const auto width = static_cast<int>(in.littleEndian(3)) + 1;
        m_clean.canvas = { width, static_cast<int>(in.littleEndian(3)) + 1 };
        m_isAnimated = (flags & kAnimationFlag) != 0;
        m_hasAlpha = (flags & kAlphaFlag) != 0;
        return {};
    }

    Result<> frame(const Chunk &chunk)
    {
        ByteReader in(chunk.data);
        const QByteArrayView head = in.take(kFrameHeaderBytes);
        Bitstream picture;
        while (!in.atEnd()) {
            const Chunk inner = takeChunk(in);
            if (isPicture(inner))
                GI_TRY(picture.add(inner));
        }
        if (in.isStopped() || !picture.isComplete || m_clean.parts.isEmpty())
            return notCleanable("a WebP frame that is not whole, or too early");
        GI_TRY(frameHeader(head));
        m_clean.add(chunkHeader("ANMF", kFrameHeaderBytes + picture.bytes()));
        m_clean.keep(head);
        for (const QByteArrayView part : picture.chunks)
            m_clean.keep(part);
        return {};
    }

    Result<> frameHeader(QByteArrayView head)
    {
        ByteReader in(head);
        const auto left = static_cast<int>(in.littleEndian(3)) * 2;
        const auto top = static_cast<int>(in.littleEndian(3)) * 2;
        const auto width = static_cast<int>(in.littleEndian(3)) + 1;
        const auto height = static_cast<int>(in.littleEndian(3)) + 1;
        if (left + width > m_clean.canvas.width() || top + height > m_clean.canvas.height())
            return notCleanable("a WebP frame beyond its canvas");
        const std::chrono::milliseconds delay { in.littleEndian(3) };
        m_clean.duration += delay <= kLeastDelay ? kUsualDelay : delay;
        if (++m_clean.frames > m_maxFrames)
            return tooManyFrames(m_maxFrames);
        return {};
    }

    Result<CleanFile> animation()
    {
        if (m_clean.frames == 0)
            return notCleanable("a WebP animation without pictures");
        addHeaders(kAnimationFlag);
        return m_clean;
    }

    Result<CleanFile> still()
    {
        if (!m_still.isComplete)
            return notCleanable("a WebP without a picture");
        m_clean.frames = 1;
        for (const QByteArrayView part : m_still.chunks)
            m_clean.keep(part);
        // The extended header is needed only where the transparency has a chunk of its own.
        if (m_still.hasAlphaChunk && m_clean.canvas.isValid())
            addHeaders(0);
        else
            m_clean.parts.prepend(chunkHeader("RIFF", 4 + m_clean.bytes()) + "WEBP");
        return m_clean;
    }

    void addHeaders(int flags)
    {
        const QByteArray extended = chunkHeader("VP8X", 10)
            + littleEndian(static_cast<quint32>(flags | (m_hasAlpha ? kAlphaFlag : 0)), 4)
            + littleEndian(static_cast<quint32>(m_clean.canvas.width() - 1), 3)
            + littleEndian(static_cast<quint32>(m_clean.canvas.height() - 1), 3);
        m_clean.parts.prepend(chunkHeader("RIFF", 4 + extended.size() + m_clean.bytes()) + "WEBP" + extended);
    }

    const int m_maxFrames;
    CleanFile m_clean;
    Bitstream m_still;
    bool m_isAnimated = false;
    bool m_hasAlpha = false;
};

} // namespace

Result<CleanFile> cleanWebp(QByteArrayView file, int maxFrames)
{
    return WebpCleaner(maxFrames).run(file);
}

} // namespace graminsta::media
