// SPDX-License-Identifier: GPL-3.0-or-later
// Leave to fetch a picture: what is signed, for how long, and that nothing else will do.
#include <graminsta/domain/media/mediagrants.h>

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QSet>
#include <QTest>
#include <QUrlQuery>

using namespace graminsta;
using entities::MediaAttachment;

namespace
{

class SetClock final : public Clock
{
public:
    Timestamp now() const override { return time; }
    Timestamp time = fromUnixMs(1'800'000'000'000);
};

QString nameOf(int number)
{
    return QString::fromLatin1(QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Sha256).toHex())
        + QStringLiteral(".jpg");
}

MediaAttachment photo(const QString &name)
{
    MediaAttachment media;
    media.variants = { { entities::VariantSize::Full, name, QStringLiteral("image/jpeg"), 1, 1, 1 } };
    return media;
}

struct Grant {
    QString expiry;
    QString signature;
};

Grant granted(const domain::MediaGrants &grants, const QString &name)
{
    MediaAttachment media = photo(name);
    grants.grant(media);
    const QUrlQuery query(media.variants.first().grant);
    return { query.queryItemValue(QStringLiteral("e")), query.queryItemValue(QStringLiteral("s")) };
}

} // namespace

class tst_MediaGrants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void grantsNothingForWhatIsPublic();
    void isTheSameForADayAndGoodForTwoToThree();
    void doesNotChangeForAllAtOnce();
    void signsWhatAnEdgeCanCheck();
    void believesNothingElse();
};

void tst_MediaGrants::grantsNothingForWhatIsPublic()
{
    SetClock clock;
    const domain::MediaGrants grants("key", clock);
    MediaAttachment media = photo(nameOf(1));
    grants.grant(media);
    QVERIFY(!media.variants.first().grant.isEmpty());
    media.published = true;
    grants.grant(media);
    QVERIFY(media.variants.first().grant.isEmpty());
}

void tst_MediaGrants::isTheSameForADayAndGoodForTwoToThree()
{
    SetClock clock;
    const domain::MediaGrants grants("key", clock);
    const Timestamp start = clock.time;
    int changes = 0;
    QString last = granted(grants, nameOf(1)).expiry;
    for (int minute = 1; minute <= 2 * 24 * 60; ++minute) {
        clock.time = start + std::chrono::minutes { minute };
        const Grant grant = granted(grants, nameOf(1));
        changes += grant.expiry == last ? 0 : 1;
        last = grant.expiry;
        const std::optional<Timestamp> end = grants.check(nameOf(1), grant.expiry, grant.signature);
        QVERIFY(end);
        QVERIFY(*end - clock.time > std::chrono::hours { 48 } && *end - clock.time <= std::chrono::hours { 72 });
    }
    QCOMPARE(changes, 2);
    const Grant grant = granted(grants, nameOf(1));
    const Timestamp end = *grants.check(nameOf(1), grant.expiry, grant.signature);
    clock.time = end - std::chrono::milliseconds { 1 };
    QVERIFY(grants.check(nameOf(1), grant.expiry, grant.signature));
    clock.time = end;
    QVERIFY(!grants.check(nameOf(1), grant.expiry, grant.signature));
}

void tst_MediaGrants::doesNotChangeForAllAtOnce()
{
    SetClock clock;
    const domain::MediaGrants grants("key", clock);
    QSet<QString> expiries;
    for (int number = 0; number < 100; ++number)
        expiries.insert(granted(grants, nameOf(number)).expiry);
    QVERIFY(expiries.size() > 90);
}

void tst_MediaGrants::signsWhatAnEdgeCanCheck()
{
    SetClock clock;
    const domain::MediaGrants grants("key", clock);
    const Grant grant = granted(grants, nameOf(1));
    const QByteArray text = "/media/" + nameOf(1).toLatin1() + "?e=" + grant.expiry.toLatin1();
    QCOMPARE(grant.signature.toLatin1(),
             QMessageAuthenticationCode::hash(text, "key", QCryptographicHash::Sha256).toHex());
}

void tst_MediaGrants::believesNothingElse()
{
    SetClock clock;
    const domain::MediaGrants grants("key", clock);
    const QString name = nameOf(1);
    const Grant grant = granted(grants, name);
    QVERIFY(grants.check(name, grant.expiry, grant.signature));
    QVERIFY(!grants.check(nameOf(2), grant.expiry, grant.signature));
    QVERIFY(!domain::MediaGrants("another key", clock).check(name, grant.expiry, grant.signature));
    QVERIFY(!grants.check(name, grant.expiry, grant.signature.toUpper()));
    QVERIFY(!grants.check(name, grant.expiry, grant.signature.chopped(1)));
    QVERIFY(!grants.check(name, grant.expiry, QString()));
    for (const QString &expiry :
         { QString(), QStringLiteral("x"), QLatin1Char('0') + grant.expiry, QLatin1Char('+') + grant.expiry,
           grant.expiry + QLatin1Char(' '), QStringLiteral("-1"), QStringLiteral("99999999999999999999"),
           QString::number(grant.expiry.toLongLong() + 1) })
        QVERIFY2(!grants.check(name, expiry, grant.signature), qPrintable(expiry));
}

QTEST_GUILESS_MAIN(tst_MediaGrants)
#include "tst_mediagrants.moc"
