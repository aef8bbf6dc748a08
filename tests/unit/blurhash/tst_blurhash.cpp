// SPDX-License-Identifier: GPL-3.0-or-later
// Expected strings and colours were made by the reference implementation in C (woltapp/blurhash) of the same pictures.
#include <graminsta/blurhash/blurhash.h>

#include <QTest>

#include <cstdlib>

using namespace graminsta::blurhash;

namespace
{

enum class Pattern { Orange, Gradient, Noise, Chequers, NegativeGradient };

RgbPixels draw(Pattern pattern, int width, int height)
{
    RgbPixels pixels { width, height, {} };
    quint32 random = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int gradient[] = { x * 255 / (width - 1), y * 255 / (height - 1), 128 };
            const int orange[] = { 255, 128, 0 };
            for (int channel = 0; channel < 3; ++channel) {
                random = random * 1664525U + 1013904223U;
                const int values[] = { orange[channel], gradient[channel], static_cast<int>(random >> 24),
                                       (x / 8 + y / 8) % 2 * 255, 255 - gradient[channel] };
                pixels.bytes += static_cast<char>(values[static_cast<int>(pattern)]);
            }
        }
    }
    return pixels;
}

} // namespace

class BlurhashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesAsTheReference_data()
    {
        QTest::addColumn<int>("pattern");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QSize>("components");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, Pattern pattern, QSize size, QSize components, const char *expected) {
            QTest::newRow(name) << static_cast<int>(pattern) << size << components << QString::fromLatin1(expected);
        };
        row("one colour", Pattern::Orange, { 8, 8 }, { 4, 3 }, "LfTNoS}VfQ}V}VsnfQsnfQfQfQfQ");
        row("landscape", Pattern::Gradient, { 64, 48 }, { 4, 3 }, "L$HVCg2Y$5Sgl|azjtf7gcfjfQfj");
        row("portrait", Pattern::Gradient, { 48, 64 }, { 3, 4 }, "T$Heq12r$5hpazjtgcfjfQi~a|jt");
        row("negative waves", Pattern::NegativeGradient, { 64, 48 }, { 4, 3 }, "L-Het7|w$5w{q7j@jtj@gcfjfQfj");
        row("noise", Pattern::Noise, { 64, 48 }, { 4, 3 }, "L2HCDu%xI1.7?KOZn0:k^JEzH*Oj");
        row("all components", Pattern::Noise, { 64, 64 }, { 9, 9 },
            "|2HLrF%yRB%g+c.8EV+brqY$S~RO,-S~NawO+KJN:ZJUZhvgn4D~za%dw7~nJBMoP0r1N#vWXTxZKzv~xkU_j1o}IURlpZ_N#s-|TJT9W"
            "9rZnfNYpZv#RXnWIYyARkw{P3_3V@GRD+b,j;Y4#QMCG6W*reL0aSs=WJr;Nf");
        row("chequers", Pattern::Chequers, { 64, 48 }, { 4, 4 }, "U4Lqe9-;fQ-;?b4nfQ4nfQfQfQfQ?b4nfQ00");
        row("the average alone", Pattern::Gradient, { 64, 48 }, { 1, 1 }, "00HVCg");
    }

    void encodesAsTheReference()
    {
        QFETCH(int, pattern);
        QFETCH(QSize, size);
        QFETCH(QSize, components);
        QFETCH(QString, expected);
        const RgbPixels pixels = draw(static_cast<Pattern>(pattern), size.width(), size.height());
        QCOMPARE(encode(pixels, { components.width(), components.height() }), expected);
    }

    void decodesAsTheReference_data()
    {
        QTest::addColumn<QString>("hash");
        QTest::addColumn<QList<int>>("expected"); // 4 x 2 pixels
        QTest::newRow("landscape") << QStringLiteral("L$HVCg2Y$5Sgl|azjtf7gcfjfQfj")
                                   << QList<int> { 38, 67,  132, 81, 62,  129, 125, 62,  129, 199, 62,  129,
                                                   0,  122, 131, 73, 122, 128, 121, 122, 128, 196, 122, 128 };
        QTest::newRow("chequers") << QStringLiteral("U4Lqe9-;fQ-;?b4nfQ4nfQfQfQfQ?b4nfQ00")
                                  << QList<int> { 181, 181, 181, 195, 195, 195, 194, 194, 194, 193, 193, 193,
                                                  192, 192, 192, 188, 188, 188, 188, 188, 188, 188, 188, 188 };
    }

    void decodesAsTheReference()
    {
        QFETCH(QString, hash);
        QFETCH(QList<int>, expected);
        const std::optional<RgbPixels> pixels = decode(hash, 4, 2);
        QVERIFY(pixels);
        QCOMPARE(pixels->bytes.size(), expected.size());
        for (qsizetype i = 0; i < expected.size(); ++i)
            QVERIFY2(std::abs(static_cast<uchar>(pixels->bytes[i]) - expected[i]) <= 1, qPrintable(QString::number(i)));
    }

    void refusesWhatIsNoBlurhash_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("short") << QStringLiteral("00HV");
        QTest::newRow("wrong length") << QStringLiteral("L$HVCg2Y$5Sgl|azjtf7gcfjfQf");
        QTest::newRow("too long") << QStringLiteral("00HVCgf");
        QTest::newRow("foreign letter") << QStringLiteral("L$HVCg2Y$5Sgl|azjtf7gcfjfQ\"j");
        QTest::newRow("beyond ASCII") << QStringLiteral("L$HVCg2Y$5Sgl|azjtf7gcfjfQ\u00e9j");
        QTest::newRow("colour out of range") << QStringLiteral("00~~~~");
        QTest::newRow("components out of range") << QStringLiteral("~0HVCg");
        QTest::newRow("wave out of range") << QStringLiteral("L$HVCg2Y$5Sgl|azjtf7gcfjfQ~~");
    }

    void refusesWhatIsNoBlurhash()
    {
        QFETCH(QString, text);
        QVERIFY(!decode(text, 32, 32));
    }

    void refusesSizesThatAreNone()
    {
        QVERIFY(!decode(u"00HVCg", 0, 32));
        QVERIFY(!decode(u"00HVCg", 32, -1));
    }

    void keepsMoreWavesAlongTheLongerSide()
    {
        QCOMPARE(componentsFor(300, 200).x, 4);
        QCOMPARE(componentsFor(300, 200).y, 3);
        QCOMPARE(componentsFor(200, 300).x, 3);
        QCOMPARE(componentsFor(200, 300).y, 4);
        QCOMPARE(componentsFor(200, 200).x + componentsFor(200, 200).y, 8);
    }
};

QTEST_GUILESS_MAIN(BlurhashTest)
#include "tst_blurhash.moc"
