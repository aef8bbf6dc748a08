// SPDX-License-Identifier: GPL-3.0-or-later
// ITU-T T.81 annex B (markers), T.871 (JFIF).
#include "bytereader.h"
#include "cleanfile.h"

namespace graminsta::media
{

namespace
{

constexpr QByteArrayView kJfif("JFIF", 5); // with its zero
constexpr int kMaxScans = 100; // a progressive camera photo has about ten; thousands only burn their viewers' time

enum Marker {
    Sof0 = 0xc0, // baseline
    Sof2 = 0xc2, // progressive; 0xc1 between them is extended sequential
    Dht = 0xc4,
    Rst0 = 0xd0,
    Rst7 = 0xd7,
    Eoi = 0xd9,
    Sos = 0xda,
    Dqt = 0xdb,
    Dri = 0xdd,
    App0 = 0xe0,
    App14 = 0xee,
    App15 = 0xef,
    Com = 0xfe,
};

// What is written in place of the file's own: version 1.1, square pixels, no thumbnail. With it, one component is grey
// and three are YCbCr, whatever an Adobe segment would have said.
QByteArray jfifHeader()
{
    return QByteArrayLiteral("\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
}

class JpegCleaner
{
public:
    explicit JpegCleaner(QByteArrayView file)
        : m_in(file)
    {
    }

    Result<CleanFile> run()
    {
        if (m_in.bigEndian(2) != 0xffd8)
            return notCleanable("no JPEG");
        m_clean.add(jfifHeader());
        while (!m_in.isStopped()) {
            const qsizetype start = m_in.position();
            const int marker = nextMarker();
            if (marker == Eoi) {
                m_clean.add(QByteArrayLiteral("\xff\xd9"));
                return finished();
            }
            GI_TRY(segment(marker, start));
        }
        return notCleanable("the JPEG has no end");
    }

private:
    // A marker may have any number of fill bytes before it; they are not kept.
    int nextMarker()
    {
        if (m_in.byte() != 0xff)
            m_in.stop();
        int marker = m_in.byte();
        while (marker == 0xff)
            marker = m_in.byte();
        m_markerEnd = m_in.position();
        return marker;
    }

    Result<> segment(int marker, qsizetype start)
    {
        const auto length = static_cast<qsizetype>(m_in.bigEndian(2));
        const QByteArrayView data = m_in.take(length - 2);
        if (m_in.isStopped())
            return notCleanable("a JPEG segment ends early");
        switch (marker) {
        case Dht:
        case Dqt:
        case Dri:
            keep(start);
            return {};
        case Sos:
            keep(start);
            return scan();
        // What decoders take for a word on colours: whole, and before the first scan.
        case App0:
            m_isJfif = m_isJfif || (m_scans == 0 && data.size() >= 14 && data.startsWith(kJfif));
            return {};
        case App14:
            if (m_scans == 0 && data.size() >= 12 && data.startsWith("Adobe"))
                m_adobeTransform = static_cast<uchar>(data[11]);
            return {};
        default:
            break;
        }
        if (marker >= Sof0 && marker <= Sof2)
            return frame(data, start);
        if ((marker > App0 && marker <= App15) || marker == Com)
            return {};
        return notCleanable("a JPEG segment of an unknown kind");
    }

    void keep(qsizetype start) // without the fill bytes
    {
        const QByteArrayView bytes = m_in.from(start);
        m_clean.keep(bytes.sliced(m_markerEnd - start - 2));
    }

    Result<> frame(QByteArrayView data, qsizetype start)
    {
        ByteReader in(data);
        const int precision = in.byte();
        const auto height = static_cast<int>(in.bigEndian(2));
        const auto width = static_cast<int>(in.bigEndian(2));
        m_components = in.byte();
        if (precision != 8 || width == 0 || height == 0 || m_clean.canvas.isValid()
            || data.size() != 6 + 3 * m_components)
            return notCleanable("a JPEG frame of an unusual kind");
        if (m_components == 3)
            m_isNamedRgb = data[6] == 'R' && data[9] == 'G' && data[12] == 'B';
        m_clean.canvas = { width, height };
        keep(start);
        return {};
    }

    // Compressed data: to the next marker that neither stands for a byte 0xff nor restarts the decoder.
    Result<> scan()
    {
        if (!m_clean.canvas.isValid() || ++m_scans > kMaxScans)
            return notCleanable("a JPEG scan too many, or too early");
        const qsizetype start = m_in.position();
        while (true) {
            m_in.skipTo('\xff');
            const qsizetype end = m_in.position();
            if (m_in.atEnd())
                return notCleanable("a JPEG scan without end");
            ByteReader ahead = m_in;
            const auto pair = static_cast<int>(ahead.bigEndian(2)) & 0xff;
            if (pair != 0 && (pair < Rst0 || pair > Rst7)) {
                m_clean.keep(m_in.from(start).first(end - start));
                return {};
            }
            m_in.take(2);
        }
    }

    Result<CleanFile> finished()
    {
        const bool isGrey = m_components == 1;
        const bool isYcc =
            m_components == 3 && (m_isJfif || (m_adobeTransform < 0 ? !m_isNamedRgb : m_adobeTransform == 1));
        if (m_scans == 0 || (!isGrey && !isYcc))
            return notCleanable("a JPEG that is neither grey nor YCbCr");
        return m_clean;
    }

    ByteReader m_in;
    CleanFile m_clean;
    qsizetype m_markerEnd = 0;
    int m_components = 0;
    int m_scans = 0;
    int m_adobeTransform = -1; // none
    bool m_isJfif = false;
    bool m_isNamedRgb = false;
};

} // namespace

Result<CleanFile> cleanJpeg(QByteArrayView file)
{
    return JpegCleaner(file).run();
}

} // namespace graminsta::media
