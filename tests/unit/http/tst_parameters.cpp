// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameterreader.h"

#include <QTest>

using namespace graminsta;
using namespace graminsta::http;

class tst_Parameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverySpellingOfAList_data();
    void readsEverySpellingOfAList();
    void knowsAnEmptyListFromNone();
    void readsListsOfObjects_data();
    void readsListsOfObjects();
    void takesTheLastOfRepeatedValues();
    void decodesPlusAndPercent();
    void keepsBrokenEscapesAsTheyAre();
    void refusesNulAndBadUtf8();
    void readsBooleansInAnyCase();
    void saysWhichParameterIsMalformed();
    void takesNullAsNotGiven();
    void keepsLargeNumbersExact();
    void refusesJsonThatIsNoObject();
    void limitsNumberAndDepth();
    void turnsLineBreaksIntoOneKind();
};

static Parameters fromQuery(QByteArrayView query)
{
    Parameters parameters;
    const Result<> read = ParameterReader(parameters).addUrlEncoded(query);
    if (!read)
        qWarning("%s", qPrintable(read.error().safe));
    return parameters;
}

static Parameters fromJson(const QByteArray &json)
{
    Parameters parameters;
    const Result<> read = ParameterReader(parameters).addJson(json);
    if (!read)
        qWarning("%s", qPrintable(read.error().safe));
    return parameters;
}

void tst_Parameters::readsEverySpellingOfAList_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("brackets") << QByteArray("id[]=1&id[]=2");
    QTest::newRow("encoded brackets") << QByteArray("id%5B%5D=1&id%5b%5d=2");
    QTest::newRow("both") << QByteArray("id[]=1&id%5B%5D=2");
    QTest::newRow("indices") << QByteArray("id[0]=1&id[1]=2");
    QTest::newRow("repeated") << QByteArray("id=1&id=2");
}

void tst_Parameters::readsEverySpellingOfAList()
{
    QFETCH(QByteArray, query);
    QCOMPARE(fromQuery(query).list(QStringLiteral("id")), QStringList({ QStringLiteral("1"), QStringLiteral("2") }));
    QCOMPARE(fromJson(R"({"id":["1",2]})").list(QStringLiteral("id")).size(), 2);
}

void tst_Parameters::knowsAnEmptyListFromNone()
{
    const Parameters given = fromJson(R"({"id":[],"poll":{"options":[]}})");
    QVERIFY(given.contains(QStringLiteral("id")));
    QCOMPARE(given.list(QStringLiteral("id")), QStringList());
    QVERIFY(!given.text(QStringLiteral("id")));
    QVERIFY(given.namesBeginningWith(QStringLiteral("poll[")).isEmpty());
    QVERIFY(!fromJson("{}").contains(QStringLiteral("id")));
}

void tst_Parameters::readsListsOfObjects_data()
{
    QTest::addColumn<Parameters>("parameters");
    QTest::newRow("indices") << fromQuery("f[0][name]=a&f[0][value]=b&f[1][name]=c");
    QTest::newRow("without indices") << fromQuery("f[][name]=a&f[][value]=b&f[][name]=c");
    QTest::newRow("JSON") << fromJson(R"({"f":[{"name":"a","value":"b"},{"name":"c"}]})");
}

void tst_Parameters::readsListsOfObjects()
{
    QFETCH(Parameters, parameters);
    QCOMPARE(parameters.text(QStringLiteral("f[0][name]")), QStringLiteral("a"));
    QCOMPARE(parameters.text(QStringLiteral("f[0][value]")), QStringLiteral("b"));
    QCOMPARE(parameters.text(QStringLiteral("f[1][name]")), QStringLiteral("c"));
    QCOMPARE(parameters.namesBeginningWith(QStringLiteral("f[")).size(), 3);
}

void tst_Parameters::takesTheLastOfRepeatedValues()
{
    QCOMPARE(fromQuery("a=1&a=2").text(QStringLiteral("a")), QStringLiteral("2"));
    QVERIFY(!fromQuery("a=1").text(QStringLiteral("b")));
}

void tst_Parameters::decodesPlusAndPercent()
{
    QCOMPARE(fromQuery("q=a+b%20c%2B&&=x&e").text(QStringLiteral("q")), QStringLiteral("a b c+"));
    QCOMPARE(fromQuery("e").text(QStringLiteral("e")), QString(QLatin1String("")));
}

void tst_Parameters::keepsBrokenEscapesAsTheyAre()
{
    QCOMPARE(fromQuery("q=100%&r=%zz%4").text(QStringLiteral("q")), QStringLiteral("100%"));
    QCOMPARE(fromQuery("q=100%&r=%zz%4").text(QStringLiteral("r")), QStringLiteral("%zz%4"));
}

void tst_Parameters::refusesNulAndBadUtf8()
{
    Parameters parameters;
    for (const QByteArrayView query : { QByteArrayView("a=%00"), QByteArrayView("a=%ff"), QByteArrayView("%c3=1") }) {
        const Result<> read = ParameterReader(parameters).addUrlEncoded(query);
        QVERIFY(!read);
        QCOMPARE(read.error().fault, Fault::Invalid);
    }
    QVERIFY(!ParameterReader(parameters).addJson(R"({"a":"\u0000"})"));
}

void tst_Parameters::readsBooleansInAnyCase()
{
    for (const char *yes : { "a=true", "a=True", "a=1", "a=on", "a=T", "a=YES" })
        QCOMPARE(fromQuery(yes).boolean(QStringLiteral("a")).value(), std::optional<bool>(true));
    for (const char *no : { "a=false", "a=False", "a=0", "a=OFF", "a=f", "a=no" })
        QCOMPARE(fromQuery(no).boolean(QStringLiteral("a")).value(), std::optional<bool>(false));
    QCOMPARE(fromJson(R"({"a":true})").boolean(QStringLiteral("a")).value(), std::optional<bool>(true));
    QVERIFY(!fromQuery("").boolean(QStringLiteral("a")).value());
}

void tst_Parameters::saysWhichParameterIsMalformed()
{
    const Parameters parameters = fromQuery("limit=many&local=perhaps");
    const auto limit = parameters.integer(QStringLiteral("limit"));
    QVERIFY(!limit);
    QCOMPARE(limit.error().fault, Fault::Invalid);
    QVERIFY(limit.error().safe.contains(QStringLiteral("limit")));
    QVERIFY(!parameters.boolean(QStringLiteral("local")));
    QVERIFY(!requiredText(parameters, QStringLiteral("status")));
}

void tst_Parameters::takesNullAsNotGiven()
{
    const Parameters parameters = fromJson(R"({"a":null,"b":[null,"x"],"c":{"d":null}})");
    QVERIFY(!parameters.contains(QStringLiteral("a")));
    QCOMPARE(parameters.list(QStringLiteral("b")), QStringList { QStringLiteral("x") });
    QVERIFY(!parameters.contains(QStringLiteral("c[d]")));
}

void tst_Parameters::keepsLargeNumbersExact()
{
    const Parameters parameters = fromJson(R"({"id":9007199254740993,"x":0.5})");
    QCOMPARE(parameters.text(QStringLiteral("id")), QStringLiteral("9007199254740993"));
    QCOMPARE(parameters.text(QStringLiteral("x")), QStringLiteral("0.5"));
}

void tst_Parameters::refusesJsonThatIsNoObject()
{
    Parameters parameters;
    for (const char *json : { "[1]", "{\"a\":", "\"text\"", "{\"a\" 1}" }) {
        const Result<> read = ParameterReader(parameters).addJson(json);
        QVERIFY2(!read, json);
        QCOMPARE(read.error().fault, Fault::Invalid);
    }
    QVERIFY(ParameterReader(parameters).addJson("  \r\n"));
}

void tst_Parameters::limitsNumberAndDepth()
{
    Parameters parameters;
    QVERIFY(!ParameterReader(parameters).addUrlEncoded(QByteArray("a=1&").repeated(kMaxParameters + 1)));
    QVERIFY(
        !ParameterReader(parameters).addUrlEncoded("a" + QByteArray("[b]").repeated(kMaxParameterDepth + 1) + "=1"));
    QVERIFY(
        !ParameterReader(parameters).addJson(QByteArray("{\"a\":").repeated(20) + "1" + QByteArray("}").repeated(20)));
    QVERIFY(!ParameterReader(parameters).addUrlEncoded(QByteArray(kMaxParameterNameLength + 1, 'n') + "=1"));
}

void tst_Parameters::turnsLineBreaksIntoOneKind()
{
    QCOMPARE(fromQuery("t=a%0D%0Ab%0Ac").text(QStringLiteral("t")), QStringLiteral("a\nb\nc"));
}

QTEST_GUILESS_MAIN(tst_Parameters)
#include "tst_parameters.moc"
