// SPDX-License-Identifier: GPL-3.0-or-later
// Brings files into the store in the order that a crash may break off anywhere (ports/blobs.h). Thread-safe.
#pragma once

#include <graminsta/core/idgenerator.h>
#include <graminsta/ports/blobs.h>
#include <graminsta/ports/unitofwork.h>

namespace graminsta::domain
{

struct NewFile {
    ports::MediaKey key;
    QString path; // in the staging folder
};

class BringFiles
{
public:
    BringFiles(ports::MediaStore &store, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock);

    // The files are in the store, whoever brought them first, and stay there for an hour: by then a transaction has
    // confirmed what is given back (BlobWriter::confirm) and named them. After a failure the staged files that were not
    // taken are where they were. Fault::Unavailable also where one is being removed for longer than a moment.
    [[nodiscard]] Result<QList<ports::BlobHold>> put(const QList<NewFile> &files, const Deadline &deadline) const;
    // The same for what the store has in another area. Fault::NotFound if it has not.
    [[nodiscard]] Result<QList<ports::BlobHold>> copy(const QList<ports::MediaKey> &keys, ports::MediaArea to,
                                                      const Deadline &deadline) const;

private:
    [[nodiscard]] Result<QList<ports::BlobHold>> hold(const QList<ports::MediaKey> &keys,
                                                      const Deadline &deadline) const;

    ports::MediaStore &m_store;
    ports::UnitOfWork &m_unitOfWork;
    IdGenerator &m_ids;
    const Clock &m_clock;
};

} // namespace graminsta::domain
