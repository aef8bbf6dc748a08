// SPDX-License-Identifier: GPL-3.0-or-later
// The body of one request on its way in: files to disk, everything else to memory within a limit. take() belongs to the
// event loop; parameters() may be called on another thread afterwards. Not thread-safe.
#pragma once

#include "body/multipartparser.h"
#include "body/spoolfile.h"

#include <atomic>

namespace graminsta::http
{

// What all bodies of the server share.
struct BodyBudget {
    qint64 maxBuffered = 0;
    int maxSpooling = 0;
    std::atomic<qint64> buffered { 0 };
    std::atomic<int> spooling { 0 };
};

// A place among the bodies that go to disk, given back with the last copy. Fault::Unavailable where all are taken.
[[nodiscard]] Result<std::shared_ptr<void>> spoolingPlace(const std::shared_ptr<BodyBudget> &budget);

struct BodyRules {
    qint64 maxMemory = 0; // of fields, forms and JSON
    qint64 maxFile = 0; // of each file; 0: files are not taken
    qint64 announced = 0; // Content-Length, for the messages
    QString stagingFolder;
};

class BodyReader final : private PartReceiver
{
public:
    // Fault::Unavailable if the server has no room for one more body; Fault::Invalid for a multipart without boundary.
    [[nodiscard]] static Result<std::unique_ptr<BodyReader>> create(std::shared_ptr<BodyBudget> budget, BodyRules rules,
                                                                    const QByteArray &contentType);
    ~BodyReader() override;

    // Fault::TooLarge naming limit and size, Fault::Invalid, Fault::Unavailable. Not to be called again after that.
    [[nodiscard]] Result<> take(QByteArrayView piece);
    // All of it has come: adds what it holds. Fault::Invalid if it cannot be understood.
    [[nodiscard]] Result<> addTo(Parameters &parameters);

    BodyReader(const BodyReader &) = delete;
    BodyReader &operator=(const BodyReader &) = delete;

private:
    struct Field {
        PartHead head;
        QByteArray bytes;
        std::optional<UploadedFile> file;
    };

    BodyReader(std::shared_ptr<BodyBudget> budget, BodyRules rules, const QByteArray &contentType);
    [[nodiscard]] Result<> keep(QByteArray &where, QByteArrayView piece);
    [[nodiscard]] Result<> addField(class ParameterReader &reader, Field &field) const;

    Result<> beginPart(const PartHead &head) override;
    Result<> partData(QByteArrayView piece) override;
    Result<> endPart() override;

    const std::shared_ptr<BodyBudget> m_budget;
    const BodyRules m_rules;
    const QByteArray m_contentType;
    std::optional<MultipartParser> m_multipart;
    QByteArray m_bytes; // of anything but multipart
    std::vector<Field> m_fields;
    std::unique_ptr<SpoolFile> m_spool; // of the current part
    qint64 m_buffered = 0;
    std::shared_ptr<void> m_place; // while files may come
};

} // namespace graminsta::http
