// SPDX-License-Identifier: GPL-3.0-or-later
// Graphics Interchange Format, version 89a; the loop count is Netscape's application extension.
#include "bytereader.h"
#include "cleanfile.h"

namespace graminsta::media
{

namespace
{

using namespace std::chrono_literals;

constexpr int kTableFlag = 0x80;
constexpr int kControlBytes = 4;

qsizetype tableBytes(int flags)
{
    return (flags & kTableFlag) != 0 ? qsizetype { 3 } << ((flags & 7) + 1) : 0;
}

// A delay of less than two hundredths of a second is shown as ten, by every browser.
std::chrono::milliseconds shownDelay(quint32 hundredths)
{
    return hundredths < 2 ? 100ms : hundredths * 10ms;
}

class GifCleaner
{
public:
    GifCleaner(QByteArrayView file, int maxFrames)
        : m_in(file)
        , m_maxFrames(maxFrames)
    {
    }

    Result<CleanFile> run()
    {
        GI_TRY(screen());
        // Many end without the final byte; it is written all the same.
        while (!m_in.atEnd()) {
            const qsizetype start = m_in.position();
            const int kind = m_in.byte();
            if (kind == ';')
                break;
            if (kind == '!')
                GI_TRY(extension(start));
            else if (kind == ',')
                GI_TRY(image(start));
            else
                return notCleanable("a GIF block of an unknown kind");
        }
        if (m_in.isStopped() || m_clean.frames == 0)
            return notCleanable("the GIF ends early");
        m_clean.add(QByteArrayLiteral(";"));
        return m_clean;
    }

private:
    Result<> screen()
    {
        const QByteArrayView signature = m_in.take(6);
        const qsizetype start = m_in.position();
        const auto width = static_cast<int>(m_in.littleEndian(2));
        m_clean.canvas = { width, static_cast<int>(m_in.littleEndian(2)) };
        m_clean.frames = 0;
        const int flags = m_in.byte();
        m_in.take(2); // background and aspect
        m_in.take(tableBytes(flags));
        if (m_in.isStopped() || !signature.startsWith("GIF8") || m_clean.canvas.isEmpty())
            return notCleanable("the GIF has no screen");
        m_clean.add(QByteArrayLiteral("GIF89a"));
        m_clean.keep(m_in.from(start));
        return {};
    }

    // Blocks of at most 255 bytes, up to an empty one.
    Result<> skipBlocks()
    {
        while (const int length = m_in.byte())
            m_in.take(length);
        return m_in.isStopped() ? Result<>(notCleanable("the GIF ends early")) : Result<>();
    }

    Result<> extension(qsizetype start)
    {
        const int label = m_in.byte();
        if (label == 0xf9) {
            const bool isUsual = m_in.byte() == kControlBytes;
            ByteReader fields(m_in.take(kControlBytes));
            if (!isUsual || m_in.byte() != 0 || m_in.isStopped())
                return notCleanable("a GIF control block of an unusual kind");
            (void)fields.byte();
            m_delay = shownDelay(fields.littleEndian(2));
            m_control = m_in.from(start);
            return {};
        }
        if (label == 0xff)
            return application();
        if (label == 0x01)
            m_control = {}; // it was for a text, which browsers do not show
        return skipBlocks();
    }

    Result<> application()
    {
        const QByteArrayView name = m_in.take(m_in.byte());
        if (name == "NETSCAPE2.0" || name == "ANIMEXTS1.0") {
            ByteReader ahead = m_in;
            const bool isLoop = ahead.byte() == 3 && ahead.byte() == 1;
            const QByteArrayView count = ahead.take(2);
            if (isLoop && !ahead.isStopped() && !m_hasLoop) {
                m_hasLoop = true;
                m_clean.add(QByteArrayLiteral("!\xff\x0bNETSCAPE2.0\x03\x01") + count.toByteArray() + '\0');
            }
        }
        return skipBlocks();
    }

    Result<> image(qsizetype start)
    {
        const auto left = static_cast<int>(m_in.littleEndian(2));
        const auto top = static_cast<int>(m_in.littleEndian(2));
        const auto width = static_cast<int>(m_in.littleEndian(2));
        const auto height = static_cast<int>(m_in.littleEndian(2));
        m_in.take(tableBytes(m_in.byte()));
        (void)m_in.byte(); // the size of the first codes
        GI_TRY(skipBlocks());
        if (left + width > m_clean.canvas.width() || top + height > m_clean.canvas.height())
            return notCleanable("a GIF picture beyond its screen");
        if (!m_control.isEmpty())
            m_clean.keep(m_control);
        m_clean.keep(m_in.from(start));
        m_clean.duration += m_delay;
        if (++m_clean.frames > m_maxFrames)
            return tooManyFrames(m_maxFrames);
        m_control = {};
        m_delay = 100ms;
        return {};
    }

    ByteReader m_in;
    const int m_maxFrames;
    CleanFile m_clean;
    QByteArrayView m_control; // of the picture that comes next
    std::chrono::milliseconds m_delay { 100 };
    bool m_hasLoop = false;
};

} // namespace

Result<CleanFile> cleanGif(QByteArrayView file, int maxFrames)
{
    return GifCleaner(file, maxFrames).run();
}

} // namespace graminsta::media
