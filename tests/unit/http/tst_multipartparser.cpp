// SPDX-License-Identifier: GPL-3.0-or-later
#include "body/multipartparser.h"

#include <QRandomGenerator>
#include <QTest>

using namespace graminsta;
using namespace graminsta::http;

namespace
{

// Writes down what it gets: "name|file|type=data;"
class Recorder final : public PartReceiver
{
public:
    QByteArray text;

private:
    Result<> beginPart(const PartHead &head) override
    {
        text += head.name + '|' + head.fileName.value_or("-") + '|' + head.contentType + '=';
        return {};
    }
    Result<> partData(QByteArrayView piece) override
    {
        text += piece;
        return {};
    }
    Result<> endPart() override
    {
        text += ';';
        return {};
    }
};

const QByteArray kBody = "preamble\r\n--b0\r\n"
                         "Content-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
                         "--b0  \r\ncontent-disposition:form-data; name=\"f\"; filename=\"x;\\\"y\\\".jpg\"\r\n"
                         "Content-Type: image/jpeg\r\n\r\nbin\r\n--b\r\n-\r\n\r\n"
                         "--b0\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n"
                         "--b0\r\nContent-Disposition: form-data; name=\"shorter\"\r\n\r\n--b0--\r\nepilogue";
const QByteArray kParts = "a|-|=one;f|x;\"y\".jpg|image/jpeg=bin\r\n--b\r\n-\r\n;empty|-|=;shorter|-|=;";

} // namespace

class tst_MultipartParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSamePartsInAnySplit();
    void refusesWhatIsNoMultipart_data();
    void refusesWhatIsNoMultipart();
    void takesTheBoundaryFromTheType_data();
    void takesTheBoundaryFromTheType();
    void survivesMutatedBodies();
    void limitsThePartHead();
};

void tst_MultipartParser::findsTheSamePartsInAnySplit()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 2000; ++round) {
        Recorder recorder;
        MultipartParser parser("b0", recorder);
        QByteArrayView rest = kBody;
        while (!rest.isEmpty()) {
            const qsizetype size = qMin<qsizetype>(rest.size(), round == 0 ? 1 : 1 + random.bounded(40));
            QVERIFY(parser.feed(rest.first(size)));
            rest = rest.sliced(size);
        }
        QVERIFY(parser.finish());
        QCOMPARE(recorder.text, kParts);
    }
}

void tst_MultipartParser::refusesWhatIsNoMultipart_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no boundary") << QByteArray("abc");
    QTest::newRow("no end") << QByteArray("--b0\r\nContent-Disposition: form-data; name=a\r\n\r\nabc");
    QTest::newRow("end without dashes") << QByteArray(
        "--b0\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b0");
    QTest::newRow("text after boundary") << QByteArray("--b0 x\r\n\r\n--b0--");
    QTest::newRow("header without colon") << QByteArray("--b0\r\nnonsense\r\n\r\nabc\r\n--b0--");
    QTest::newRow("too many parts") << QByteArray("--b0\r\n\r\n\r\n").repeated(300) + "--b0--";
}

void tst_MultipartParser::refusesWhatIsNoMultipart()
{
    QFETCH(QByteArray, body);
    Recorder recorder;
    MultipartParser parser("b0", recorder);
    Result<> result = parser.feed(body);
    if (result)
        result = parser.finish();
    QVERIFY(!result);
    QCOMPARE(result.error().fault, Fault::Invalid);
}

void tst_MultipartParser::takesTheBoundaryFromTheType_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("boundary"); // empty: none
    QTest::newRow("plain") << QByteArray("multipart/form-data; boundary=abc") << QByteArray("abc");
    QTest::newRow("quoted") << QByteArray("Multipart/Form-Data; charset=utf-8; Boundary=\"a b;c\"")
                            << QByteArray("a b;c");
    QTest::newRow("in another value") << QByteArray("multipart/form-data; x=\"; boundary=no\"; boundary=yes")
                                      << QByteArray("yes");
    QTest::newRow("none") << QByteArray("multipart/form-data") << QByteArray();
    QTest::newRow("empty") << QByteArray("multipart/form-data; boundary=") << QByteArray();
    QTest::newRow("too long") << QByteArray("multipart/form-data; boundary=" + QByteArray(71, 'x')) << QByteArray();
    QTest::newRow("other type") << QByteArray("multipart/mixed; boundary=abc") << QByteArray();
}

void tst_MultipartParser::takesTheBoundaryFromTheType()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, boundary);
    QCOMPARE(MultipartParser::boundaryOf(type).value_or(QByteArray()), boundary);
}

// Whatever comes: no crash, and the same outcome in one piece and in many.
void tst_MultipartParser::survivesMutatedBodies()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 5000; ++round) {
        QByteArray body = kBody;
        for (int i = 1 + random.bounded(4); i > 0; --i) {
            const qsizetype at = random.bounded(int(body.size()));
            if (random.bounded(2) == 0)
                body[at] = static_cast<char>(random.bounded(256));
            else
                body.remove(at, 1 + random.bounded(20));
        }
        Recorder whole;
        MultipartParser wholeParser("b0", whole);
        const bool wholeOk = wholeParser.feed(body) && wholeParser.finish();
        Recorder pieces;
        MultipartParser piecesParser("b0", pieces);
        bool piecesOk = true;
        for (qsizetype at = 0; piecesOk && at < body.size(); at += 7)
            piecesOk =
                piecesParser.feed(QByteArrayView(body).sliced(at, qMin<qsizetype>(7, body.size() - at))).has_value();
        piecesOk = piecesOk && piecesParser.finish();
        QCOMPARE(piecesOk, wholeOk);
        if (wholeOk)
            QCOMPARE(pieces.text, whole.text);
    }
}

void tst_MultipartParser::limitsThePartHead()
{
    Recorder recorder;
    MultipartParser parser("b0", recorder);
    QVERIFY(!parser.feed("--b0\r\nX: " + QByteArray(20'000, 'x')));
}

QTEST_GUILESS_MAIN(tst_MultipartParser)
#include "tst_multipartparser.moc"
