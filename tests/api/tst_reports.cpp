// SPDX-License-Identifier: GPL-3.0-or-later
// Telling the moderators: https://docs.joinmastodon.org/methods/reports/
#include "suites.h"

namespace graminsta::api_test
{

using rig::HttpBody;
using rig::HttpReply;

class tst_Reports : public Suite
{
    Q_OBJECT

public:
    using Suite::Suite;

private Q_SLOTS:
    void init();
    void takesAReport();
    void takesTheFormOfOldClients();
    void takesOneOfWhomTheReporterHasBlocked();
    void refusesWhatIsNotTheTargets();
    void refusesWhatTheReporterMayNotSee();
    void refusesWrongContent_data();
    void refusesWrongContent();

private:
    [[nodiscard]] HttpReply report(QJsonObject fields) const
    {
        fields.insert(QStringLiteral("account_id"), m_spammer.id);
        return w.client(m_ann).post("/api/v1/reports", HttpBody::json(fields));
    }
    [[nodiscard]] static QJsonObject withStatus(const QString &id)
    {
        return { { QStringLiteral("status_ids"), QJsonArray { id } } };
    }

    Person m_ann;
    Person m_spammer;
};

void tst_Reports::init()
{
    m_ann = w.person();
    m_spammer = w.person();
}

void tst_Reports::takesAReport()
{
    rig::HttpClient spammer = w.client(m_spammer);
    const QString status = w.postId(spammer, QStringLiteral("buy"));
    const HttpReply filed = report({ { QStringLiteral("status_ids"), QJsonArray { status } },
                                     { QStringLiteral("comment"), QStringLiteral("sells likes") },
                                     { QStringLiteral("category"), QStringLiteral("spam") },
                                     { QStringLiteral("forward"), true } });
    GI_STATUS(filed, 200);
    const QJsonObject object = filed.object();
    QCOMPARE(object[QLatin1String("status_ids")].toArray(), QJsonArray { status });
    QCOMPARE(filed.text("comment"), QStringLiteral("sells likes"));
    QCOMPARE(filed.text("category"), QStringLiteral("spam"));
    QCOMPARE(object[QLatin1String("action_taken")].toBool(true), false);
    QCOMPARE(object[QLatin1String("target_account")][QLatin1String("id")].toString(), m_spammer.id);
    QVERIFY(w.client(m_spammer).get("/api/v1/notifications").array().isEmpty());
}

void tst_Reports::takesTheFormOfOldClients()
{
    rig::HttpClient spammer = w.client(m_spammer);
    const QString status = w.postId(spammer, QStringLiteral("buy"));
    const HttpReply filed = w.client(m_ann).post(
        "/api/v1/reports",
        HttpBody::form({ { "account_id", m_spammer.id.toUtf8() }, { "status_ids[]", status.toUtf8() } }));
    GI_STATUS(filed, 200);
    QCOMPARE(filed.text("category"), QStringLiteral("other"));
    QCOMPARE(filed.object()[QLatin1String("status_ids")].toArray(), QJsonArray { status });
}

void tst_Reports::takesOneOfWhomTheReporterHasBlocked()
{
    rig::HttpClient spammer = w.client(m_spammer);
    const QString status = w.postId(spammer, QStringLiteral("buy"));
    GI_STATUS(w.client(m_ann).post("/api/v1/accounts/" + m_spammer.id.toUtf8() + "/block"), 200);
    GI_STATUS(report(withStatus(status)), 200);
}

void tst_Reports::refusesWhatIsNotTheTargets()
{
    rig::HttpClient ann = w.client(m_ann);
    GI_STATUS(report(withStatus(w.postId(ann, QStringLiteral("mine")))), 404);
    GI_STATUS(report(withStatus(QStringLiteral("1"))), 404);
    GI_STATUS(ann.post("/api/v1/reports", HttpBody::form({ { "account_id", "1" } })), 404);
    GI_STATUS(ann.post("/api/v1/reports"), 404);
}

void tst_Reports::refusesWhatTheReporterMayNotSee()
{
    rig::HttpClient spammer = w.client(m_spammer);
    const QString status = w.postId(spammer, QStringLiteral("for followers"),
                                    { { QStringLiteral("visibility"), QStringLiteral("private") } });
    GI_STATUS(report(withStatus(status)), 404);
}

void tst_Reports::refusesWrongContent_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::newRow("an unknown category") << QStringLiteral("category") << QStringLiteral("ugly");
    QTest::newRow("an unknown rule") << QStringLiteral("rule_ids") << QStringLiteral("99");
    QTest::newRow("no number of a rule") << QStringLiteral("rule_ids") << QStringLiteral("first");
    QTest::newRow("a long comment") << QStringLiteral("comment") << QString(1001, QLatin1Char('x'));
}

void tst_Reports::refusesWrongContent()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    const HttpReply refused = report({ { field, value } });
    GI_STATUS(refused, 422);
    QVERIFY2(refused.text("error").startsWith(QStringLiteral("Validation failed: ")), refused.summary());
}

SuitePointer makeReportsSuite(World &world)
{
    return std::make_unique<tst_Reports>(world);
}

} // namespace graminsta::api_test

#include "tst_reports.moc"
