// SPDX-License-Identifier: GPL-3.0-or-later
#include "body/bodyreader.h"

#include "parameters/parameterreader.h"
#include "parameters/percent.h"

#include <QLocale>

namespace graminsta::http
{

namespace
{

// Without a detail: whoever floods us must not flood the log as well.
Error noRoom()
{
    return makeError(Fault::Unavailable, QStringLiteral("The server is busy with other uploads; try again soon"));
}

QString sizeText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1) + QStringLiteral(" (%1 bytes)").arg(bytes);
}

Error tooLarge(const QString &what, qint64 limit, qint64 announced)
{
    return makeError(Fault::TooLarge,
                     QStringLiteral("%1 is too large: the limit is %2, and the request has %3")
                         .arg(what, sizeText(limit), sizeText(announced)));
}

bool isJson(const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').constFirst().trimmed().toLower();
    return type == "application/json" || type.endsWith("+json") || type == "text/json";
}

// RFC 7578 section 4.4: UTF-8 unless the part says otherwise.
std::optional<QString> fieldText(const QByteArray &bytes, const QByteArray &contentType)
{
    const QByteArray charset = headerParameter(contentType, "charset").value_or("utf-8").toLower();
    if (charset == "iso-8859-1" || charset == "latin1")
        return QString::fromLatin1(bytes);
    return decodeUtf8(bytes);
}

} // namespace

Result<std::shared_ptr<void>> spoolingPlace(const std::shared_ptr<BodyBudget> &budget)
{
    if (++budget->spooling > budget->maxSpooling) {
        --budget->spooling;
        return noRoom();
    }
    return std::shared_ptr<void>(budget.get(), [budget](void *) { --budget->spooling; });
}

BodyReader::BodyReader(std::shared_ptr<BodyBudget> budget, BodyRules rules, const QByteArray &contentType)
    : m_budget(std::move(budget))
    , m_rules(std::move(rules))
    , m_contentType(contentType)
{
}

BodyReader::~BodyReader()
{
    m_budget->buffered -= m_buffered;
}

Result<std::unique_ptr<BodyReader>> BodyReader::create(std::shared_ptr<BodyBudget> budget, BodyRules rules,
                                                       const QByteArray &contentType)
{
    std::unique_ptr<BodyReader> body(new BodyReader(std::move(budget), std::move(rules), contentType));
    if (!contentType.toLower().startsWith("multipart/")) {
        if (body->m_rules.announced > body->m_rules.maxMemory)
            return tooLarge(QStringLiteral("The body"), body->m_rules.maxMemory, body->m_rules.announced);
        return body;
    }
    const std::optional<QByteArray> boundary = MultipartParser::boundaryOf(contentType);
    if (!boundary)
        return makeError(Fault::Invalid, QStringLiteral("The multipart body's type has no usable boundary"));
    body->m_multipart.emplace(*boundary, static_cast<PartReceiver &>(*body));
    if (body->m_rules.maxFile > 0)
        body->m_place = GI_TRY(spoolingPlace(body->m_budget));
    return body;
}

Result<> BodyReader::take(QByteArrayView piece)
{
    return m_multipart ? m_multipart->feed(piece) : keep(m_bytes, piece);
}

Result<> BodyReader::keep(QByteArray &where, QByteArrayView piece)
{
    if (m_buffered + piece.size() > m_rules.maxMemory)
        return tooLarge(QStringLiteral("The form"), m_rules.maxMemory, m_rules.announced);
    if (m_budget->buffered.fetch_add(piece.size()) + piece.size() > m_budget->maxBuffered) {
        m_budget->buffered -= piece.size();
        return noRoom();
    }
    m_buffered += piece.size();
    where.append(piece.data(), piece.size());
    return {};
}

Result<> BodyReader::beginPart(const PartHead &head)
{
    m_fields.push_back(Field { head, {}, {} });
    if (!head.fileName)
        return {};
    if (m_rules.maxFile <= 0)
        return makeError(Fault::Invalid, QStringLiteral("A file cannot be sent here"));
    m_spool = GI_TRY(SpoolFile::create(m_rules.stagingFolder));
    return {};
}

Result<> BodyReader::partData(QByteArrayView piece)
{
    if (!m_spool)
        return keep(m_fields.back().bytes, piece);
    if (m_spool->size() + piece.size() > m_rules.maxFile)
        return tooLarge(QStringLiteral("The file"), m_rules.maxFile, m_rules.announced);
    return m_spool->write(piece);
}

Result<> BodyReader::endPart()
{
    if (!m_spool)
        return {};
    Field &field = m_fields.back();
    field.file = GI_TRY(m_spool->finish(QString::fromUtf8(*field.head.fileName)));
    m_spool.reset();
    return {};
}

Result<> BodyReader::addTo(Parameters &parameters)
{
    m_place.reset();
    ParameterReader reader(parameters);
    if (!m_multipart)
        return isJson(m_contentType) ? reader.addJson(m_bytes) : reader.addUrlEncoded(m_bytes);
    GI_TRY(m_multipart->finish());
    for (Field &field : m_fields)
        GI_TRY(addField(reader, field));
    m_fields.clear();
    return {};
}

Result<> BodyReader::addField(ParameterReader &reader, Field &field) const
{
    const std::optional<QString> name = decodeUtf8(field.head.name);
    if (!name || name->isEmpty())
        return makeError(Fault::Invalid, QStringLiteral("A part of the multipart body has no name"));
    if (field.file) {
        // What a browser sends for a file input that was left empty.
        if (field.file->size == 0 && field.file->clientName.isEmpty())
            return {};
        return reader.addFile(*name, *std::exchange(field.file, std::nullopt));
    }
    const std::optional<QString> text = fieldText(field.bytes, field.head.contentType);
    if (!text)
        return makeError(Fault::Invalid, QStringLiteral("%1 is not valid UTF-8 text").arg(*name));
    return reader.add(*name, *text);
}

} // namespace graminsta::http
