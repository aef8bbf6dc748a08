// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/json/writer.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <limits>

using namespace graminsta;
using json::JsonWriter;

namespace
{

template<typename T> QByteArray written(const T &content)
{
    JsonWriter out(0);
    out.value(content);
    return out.take();
}

// What Qt reads back from it.
template<typename T> QJsonValue readBack(const T &content)
{
    const QByteArray document = "{\"x\":" + written(content) + '}';
    QJsonParseError error;
    const QJsonDocument parsed = QJsonDocument::fromJson(document, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning() << error.errorString() << document;
    return parsed.object().value(QLatin1String("x"));
}

} // namespace

class TestJsonWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void escapesWhatJsonForbids();
    void escapesEveryControlCharacter();
    void escapesTheLineSeparatorsOfJavaScript();
    void replacesLoneSurrogates_data();
    void replacesLoneSurrogates();
    void keepsTextOfAnyMixture();
    void writesTheLargestNumbersExactly();
    void writesNumbersThatAreNotFiniteAsNull();
    void putsCommasBetweenFieldsAndElementsOnly();
    void canBeUsedAgainAfterTaking();
};

void TestJsonWriter::escapesWhatJsonForbids()
{
    QCOMPARE(written(QStringLiteral("a\"b\\c/d\n\r\t")), QByteArray(R"("a\"b\\c/d\n\r\t")"));
}

void TestJsonWriter::escapesEveryControlCharacter()
{
    for (char16_t unit = 0; unit < 0x20; ++unit) {
        // At each place of a block of eight, which is what is looked at together.
        for (int place = 0; place < 17; ++place) {
            QString text(17, QLatin1Char('x'));
            text[place] = QChar(unit);
            const QByteArray document = written(text);
            for (const char c : document)
                QVERIFY(static_cast<unsigned char>(c) >= 0x20);
            QCOMPARE(readBack(text).toString(), text);
        }
    }
    QCOMPARE(written(QString(QChar(0x7f))), QByteArray("\"\x7f\""));
}

void TestJsonWriter::escapesTheLineSeparatorsOfJavaScript()
{
    QCOMPARE(written(QStringLiteral("a\u2028b\u2029")), QByteArray(R"("a\u2028b\u2029")"));
}

void TestJsonWriter::replacesLoneSurrogates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("expected");
    const QChar high(0xd83d);
    const QChar low(0xde00);
    QTest::newRow("high at the end") << QString(QStringLiteral("a") + high) << QByteArray("\"a\xef\xbf\xbd\"");
    QTest::newRow("low alone") << QString(low + QStringLiteral("a"))
                               << QByteArray("\"\xef\xbf\xbd"
                                             "a\"");
    QTest::newRow("two high") << QString(QString(high) + high + low) << QByteArray("\"\xef\xbf\xbd\xf0\x9f\x98\x80\"");
    QTest::newRow("swapped") << QString(QString(low) + high) << QByteArray("\"\xef\xbf\xbd\xef\xbf\xbd\"");
    QTest::newRow("pair") << QString(QString(high) + low) << QByteArray("\"\xf0\x9f\x98\x80\"");
}

void TestJsonWriter::replacesLoneSurrogates()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(written(text), expected);
}

void TestJsonWriter::keepsTextOfAnyMixture()
{
    QRandomGenerator random(42);
    for (int round = 0; round < 2000; ++round) {
        QList<uint> points;
        for (int i = random.bounded(60); i > 0; --i) {
            uint point =
                static_cast<uint>(random.bounded(5) ? random.bounded(0x20, 0x7f) : random.bounded(1, 0x110000));
            if (point >= 0xd800 && point < 0xe000)
                point = 0xe9;
            points.append(point);
        }
        const QString text = QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size());
        QCOMPARE(readBack(text).toString(), text);
    }
}

void TestJsonWriter::writesTheLargestNumbersExactly()
{
    QCOMPARE(written(std::numeric_limits<qint64>::max()), QByteArray("9223372036854775807"));
    QCOMPARE(written(std::numeric_limits<qint64>::min()), QByteArray("-9223372036854775808"));
    QCOMPARE(written(0), QByteArray("0"));
    QCOMPARE(written(true), QByteArray("true"));
    QCOMPARE(written(1.3333333333333333), QByteArray("1.3333333333333333"));
    QCOMPARE(readBack(0.1).toDouble(), 0.1);
    QCOMPARE(readBack(1e300).toDouble(), 1e300);
}

void TestJsonWriter::writesNumbersThatAreNotFiniteAsNull()
{
    QCOMPARE(written(std::numeric_limits<double>::infinity()), QByteArray("null"));
    QCOMPARE(written(std::nan("")), QByteArray("null"));
}

void TestJsonWriter::putsCommasBetweenFieldsAndElementsOnly()
{
    JsonWriter out(1);
    out.beginObject();
    out.emptyArrayField("none");
    out.key("list");
    out.beginArray();
    for (int i = 0; i < 2; ++i) {
        out.element();
        out.beginObject();
        out.field("brace", QStringLiteral("{"));
        out.field("bracket", QStringLiteral("["));
        out.endObject();
    }
    out.endArray();
    out.field("day", QDate(2026, 1, 2));
    out.field("moment", fromUnixMs(1'732'388'573'120));
    out.endObject();
    QCOMPARE(out.take(),
             QByteArray(R"({"none":[],"list":[{"brace":"{","bracket":"["},{"brace":"{","bracket":"["}],)"
                        R"("day":"2026-01-02","moment":"2024-11-23T19:02:53.120Z"})"));
}

void TestJsonWriter::canBeUsedAgainAfterTaking()
{
    JsonWriter out;
    out.value(QStringLiteral("a"));
    QCOMPARE(out.take(), QByteArray("\"a\""));
    out.value(QStringLiteral("b"));
    QCOMPARE(out.take(), QByteArray("\"b\""));
}

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
