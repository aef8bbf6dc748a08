// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/domain/media/bringfiles.h>

#include <thread>

namespace graminsta::domain
{

using ports::BlobHold;
using ports::MediaKey;

namespace
{

// A removal takes as long as deleting a file, unless it was broken off.
constexpr int kTries = 20;
constexpr std::chrono::milliseconds kPause { 50 };

} // namespace

BringFiles::BringFiles(ports::MediaStore &store, ports::UnitOfWork &unitOfWork, IdGenerator &ids, const Clock &clock)
    : m_store(store)
    , m_unitOfWork(unitOfWork)
    , m_ids(ids)
    , m_clock(clock)
{
}

Result<QList<BlobHold>> BringFiles::put(const QList<NewFile> &files, const Deadline &deadline) const
{
    QList<MediaKey> keys;
    keys.reserve(files.size());
    for (const NewFile &file : files)
        keys.append(file.key);
    QList<BlobHold> holds = GI_TRY(hold(keys, deadline));
    for (const NewFile &file : files)
        GI_TRY(m_store.put(file.key, file.path, deadline));
    return holds;
}

Result<QList<BlobHold>> BringFiles::copy(const QList<MediaKey> &keys, ports::MediaArea to,
                                         const Deadline &deadline) const
{
    QList<MediaKey> copies;
    copies.reserve(keys.size());
    for (const MediaKey &key : keys)
        copies.append({ to, key.name });
    QList<BlobHold> holds = GI_TRY(hold(copies, deadline));
    for (const MediaKey &key : keys)
        GI_TRY(m_store.copy(key, to, deadline));
    return holds;
}

Result<QList<BlobHold>> BringFiles::hold(const QList<MediaKey> &keys, const Deadline &deadline) const
{
    QList<BlobHold> holds;
    if (keys.isEmpty())
        return holds;
    for (int tries = 1;; ++tries) {
        const Result<> held = m_unitOfWork.write(deadline, [&](ports::WriteSet &writers) -> Result<> {
            holds = GI_TRY(writers.blobs.hold(keys, m_ids.next<MediaId>().number(), m_clock.now() + ports::kBlobHold));
            return {};
        });
        if (held)
            return holds;
        if (held.error().fault != Fault::Unavailable || tries == kTries || deadline.expired())
            return held.error();
        std::this_thread::sleep_for(kPause);
    }
}

} // namespace graminsta::domain
