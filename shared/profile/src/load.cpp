// SPDX-License-Identifier: GPL-3.0-or-later
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "key.h"

#include <graminsta/profile/load.h>

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>

#include <algorithm>
#include <sstream>

namespace graminsta::profile
{

namespace
{

Q_LOGGING_CATEGORY(lcProfile, "graminsta.profile")

// Variables with our prefix that belong to tests and tools.
constexpr const char *kForeignVariables[] = { "GRAMINSTA_PHOTOS", "GRAMINSTA_FAULT_SCALE", "GRAMINSTA_SERVER_BIN" };

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

Value toValue(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return fromStd(text->get());
    if (const auto *number = node.as_integer())
        return qint64(number->get());
    if (const auto *number = node.as_floating_point())
        return number->get();
    if (const auto *truth = node.as_boolean())
        return truth->get();
    const toml::array *array = node.as_array();
    if (!array)
        return {};
    QStringList texts;
    for (const toml::node &element : *array) {
        if (!element.is_string())
            return {};
        texts.append(fromStd(element.as_string()->get()));
    }
    return texts;
}

// As somebody would have written it, for messages.
QString show(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return quoted(fromStd(text->get()));
    if (node.is_table())
        return QStringLiteral("a section");
    std::ostringstream out;
    node.visit([&](const auto &typed) { out << typed; });
    return fromStd(out.str());
}

class Loader
{
public:
    void readFile(const QString &name, const toml::table &root);
    void readEnvironment(const QProcessEnvironment &environment);

    Profile profile;
    QStringList problems;

private:
    void readEntry(const QString &section, const QString &name, const toml::node &node);
    void set(const Key &key, const QString &place, const Value &value, const QString &shown);
    [[nodiscard]] std::optional<QString> withSecrets(const QString &place, QString text);
    [[nodiscard]] QString placeOf(const toml::node &node) const
    {
        return QStringLiteral("%1:%2: ").arg(m_file).arg(node.source().begin.line);
    }

    QString m_file;
};

void Loader::readFile(const QString &name, const toml::table &root)
{
    m_file = name;
    for (const auto &[key, node] : root) {
        const QString entry = fromStd(key.str());
        const toml::table *table = node.as_table();
        if (!table) {
            readEntry({}, entry, node);
            continue;
        }
        const std::span<const Key> all = keys();
        const bool known = std::any_of(all.begin(), all.end(),
                                       [&](const Key &k) { return *k.section && entry == QLatin1String(k.section); });
        if (!known) {
            problems.append(
                placeOf(node)
                + QStringLiteral("there is no section [%1]; did you mean %2?").arg(entry, nearestSection(entry)));
            continue;
        }
        for (const auto &[inner, value] : *table)
            readEntry(entry, fromStd(inner.str()), value);
    }
}

void Loader::readEntry(const QString &section, const QString &name, const toml::node &node)
{
    if (const Key *key = findKey(section, name)) {
        set(*key, placeOf(node) + key->path(), toValue(node), show(node));
        return;
    }
    const QString path = section.isEmpty() ? name : section + QLatin1Char('.') + name;
    problems.append(placeOf(node) + QStringLiteral("there is no key %1; did you mean %2?").arg(path, nearestKey(path)));
}

void Loader::readEnvironment(const QProcessEnvironment &environment)
{
    QStringList names = environment.keys();
    for (const Key &key : keys()) {
        const QString name = key.variable();
        if (!names.removeOne(name))
            continue;
        const QString text = environment.value(name);
        const Slot slot = key.slot(profile);
        Value value = fromVariable(slot, text);
        if (std::holds_alternative<QStringList *>(slot) && text.trimmed().startsWith(QLatin1Char('['))) {
            const toml::parse_result parsed = toml::parse("v = " + text.toStdString());
            value = parsed ? toValue(*parsed.table().get("v")) : Value();
        }
        set(key, name, value, quoted(text));
    }
    for (const char *foreign : kForeignVariables)
        names.removeOne(QLatin1String(foreign));
    for (const QString &name : std::as_const(names)) {
        if (name.startsWith(QLatin1String("GRAMINSTA_")))
            qCWarning(lcProfile).noquote() << QStringLiteral("the variable %1 means nothing here").arg(name);
    }
}

void Loader::set(const Key &key, const QString &place, const Value &value, const QString &shown)
{
    const Slot slot = key.slot(profile);
    Value complete = value;
    if (const QString *text = std::get_if<QString>(&value)) {
        const std::optional<QString> revealed = withSecrets(place, *text);
        if (!revealed)
            return;
        complete = *revealed;
    }
    // The value is shown as it was written, so that what a secret's file holds is in no message.
    const QString told = key.holdsPassword ? QString() : QStringLiteral(", not ") + shown;
    if (!assign(slot, key.range, complete)) {
        problems.append(QStringLiteral("%1 must be %2%3").arg(place, expectation(slot, key.range), told));
        return;
    }
    const QString *text = std::get_if<QString>(&complete);
    const QString problem = key.problem && text ? key.problem(*text) : QString();
    if (!problem.isEmpty())
        problems.append(QStringLiteral("%1 must be %2%3").arg(place, problem, told));
}

std::optional<QString> Loader::withSecrets(const QString &place, QString text)
{
    constexpr qsizetype kLongestSecret = 64 << 10;
    const QString opening = QStringLiteral("${file:");
    qsizetype from = 0;
    while ((from = text.indexOf(opening, from)) >= 0) {
        const qsizetype end = text.indexOf(QLatin1Char('}'), from);
        if (end < 0) {
            problems.append(QStringLiteral("%1 has ${file: without its }").arg(place));
            return std::nullopt;
        }
        const QString path = text.mid(from + opening.size(), end - from - opening.size());
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            problems.append(
                QStringLiteral("%1 names the file %2, which cannot be read: %3").arg(place, path, file.errorString()));
            return std::nullopt;
        }
        QString secret = QString::fromUtf8(file.read(kLongestSecret));
        while (secret.endsWith(QLatin1Char('\n')) || secret.endsWith(QLatin1Char('\r')))
            secret.chop(1);
        text.replace(from, end + 1 - from, secret);
        from += secret.size(); // what a secret holds is not looked into
    }
    return text;
}

// The URL with its passwords starred out; by text, since what a person typed may not be a URL that parses.
QString withoutPassword(QString url)
{
    static const QRegularExpression inAuthority(QStringLiteral("(?<=://)([^/?#:@]*):.*@"));
    static const QRegularExpression inQuery(QStringLiteral("([?&]password=)[^&]*"));
    return url.replace(inAuthority, QStringLiteral("\\1:***@")).replace(inQuery, QStringLiteral("\\1***"));
}

} // namespace

Result<Profile> load(const QString &path, const QProcessEnvironment &environment)
{
    Loader loader;
    if (!path.isEmpty()) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return makeError(Fault::NotFound,
                             QStringLiteral("the profile %1 cannot be read: %2").arg(path, file.errorString()));
        }
        const QByteArray text = file.readAll();
        const QString name = QFileInfo(path).fileName();
        const toml::parse_result parsed = toml::parse(std::string_view(text.constData(), size_t(text.size())));
        if (!parsed) {
            return makeError(Fault::Invalid,
                             QStringLiteral("%1:%2: %3")
                                 .arg(name)
                                 .arg(parsed.error().source().begin.line)
                                 .arg(fromStd(parsed.error().description())));
        }
        loader.readFile(name, parsed.table());
    }
    loader.readEnvironment(environment);
    if (!loader.problems.isEmpty())
        return makeError(Fault::Invalid, loader.problems.join(QLatin1Char('\n')));
    return std::move(loader.profile);
}

QString toToml(const Profile &profile)
{
    Profile shown = profile;
    QString out;
    const char *section = "";
    for (const Key &key : keys()) {
        if (qstrcmp(section, key.section) != 0) {
            section = key.section;
            out += QStringLiteral("\n[%1]\n").arg(QLatin1String(section));
        }
        const Slot slot = key.slot(shown);
        if (key.holdsPassword) {
            QString *url = std::get<QString *>(slot);
            *url = withoutPassword(*url);
        }
        out += QStringLiteral("%1 = %2\n").arg(QLatin1String(key.name), toToml(slot));
    }
    return out;
}

QList<KeyDescription> describeKeys()
{
    Profile defaults;
    QList<KeyDescription> all;
    for (const Key &key : keys()) {
        const Slot slot = key.slot(defaults);
        all.append({ key.path(), key.variable(), expectation(slot, key.range), toToml(slot), QLatin1String(key.text) });
    }
    return all;
}

} // namespace graminsta::profile
