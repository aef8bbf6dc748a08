// SPDX-License-Identifier: GPL-3.0-or-later
#include "zippack.h"

#include "ziphandle.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <tuple>

namespace graminsta::archive
{

namespace
{

constexpr int kReadsBetweenQuestions = 64;

// What libzip asks for one file, and what all of them share.
struct Packing {
    const ports::KeepGoing &keepGoing;
    std::optional<Error> stopped;
    int reads = 0;
};

class Source
{
public:
    Source(Packing &packing, Entry &entry)
        : m_packing(packing)
        , m_entry(entry)
    {
        zip_error_init(&m_error);
    }
    ~Source() { zip_error_fini(&m_error); }
    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;

    zip_int64_t answer(void *data, zip_uint64_t size, zip_source_cmd_t command)
    {
        switch (command) {
        case ZIP_SOURCE_OPEN:
            return open();
        case ZIP_SOURCE_READ:
            return read(static_cast<char *>(data), size);
        case ZIP_SOURCE_CLOSE:
            return close();
        case ZIP_SOURCE_STAT:
            return stat(static_cast<zip_stat_t *>(data));
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&m_error, data, size);
        case ZIP_SOURCE_FREE:
            return 0; // owned by whoever packs
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
        default:
            zip_error_set(&m_error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
        }
    }

private:
    // The entry's bytes are not to be had: it says so, and what is packed in its place goes nowhere.
    zip_int64_t isBad()
    {
        m_entry.isBad = true;
        return 0;
    }

    // Where its bytes are, until it has been read.
    bool find()
    {
        if (m_path.isEmpty())
            m_path = m_entry.source().value_or(QString());
        return !m_path.isEmpty();
    }

    zip_int64_t open()
    {
        if (!find())
            return isBad();
        m_reading = std::make_unique<Reading>();
        m_reading->file.setFileName(m_path);
        return m_reading->file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? 0 : isBad();
    }

    zip_int64_t close()
    {
        m_reading.reset();
        m_path.clear();
        return 0;
    }

    zip_int64_t read(char *data, zip_uint64_t size)
    {
        if (++m_packing.reads % kReadsBetweenQuestions == 0 && m_packing.keepGoing && !m_packing.stopped) {
            if (const Result<> more = m_packing.keepGoing(); !more)
                m_packing.stopped = more.error();
        }
        if (m_packing.stopped) {
            zip_error_set(&m_error, ZIP_ER_CANCELLED, 0);
            return -1;
        }
        if (!m_reading || !m_reading->file.isOpen())
            return 0;
        const qint64 count = m_reading->file.read(data, qint64(size));
        if (count > 0) {
            m_reading->hash.add(QByteArrayView(data, count));
            return count;
        }
        if (count == 0 && m_reading->hash.take() == m_entry.sha256)
            return 0;
        m_reading->file.close();
        return isBad();
    }

    zip_int64_t stat(zip_stat_t *stat)
    {
        zip_stat_init(stat);
        const QFileInfo file(find() ? m_path : QString());
        if (file.isFile()) {
            stat->size = zip_uint64_t(file.size());
            stat->valid = ZIP_STAT_SIZE;
        } else {
            m_entry.isBad = true;
        }
        return sizeof(zip_stat_t);
    }

    // Only of the file that is being read: there may be very many.
    struct Reading {
        QFile file;
        Sha256 hash;
    };

    Packing &m_packing;
    Entry &m_entry;
    QString m_path;
    std::unique_ptr<Reading> m_reading;
    zip_error_t m_error {};
};

zip_int64_t answer(void *source, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    return static_cast<Source *>(source)->answer(data, size, command);
}

Error cannotWrite(const QString &detail)
{
    return makeError(Fault::Unavailable, QStringLiteral("The archive cannot be written"), detail);
}

} // namespace

Result<bool> pack(const QString &file, std::vector<Entry> &entries, Timestamp time, const ports::KeepGoing &keepGoing)
{
    Packing packing { keepGoing, std::nullopt };
    std::vector<std::unique_ptr<Source>> sources; // outlives the archive that reads them
    int code = 0;
    Zip zip(zip_open(QFile::encodeName(file).constData(), ZIP_CREATE | ZIP_EXCL, &code));
    if (!zip)
        return cannotWrite(QStringLiteral("libzip says %1").arg(code));
    for (Entry &entry : entries) {
        sources.push_back(std::make_unique<Source>(packing, entry));
        zip_source_t *source = zip_source_function(zip.get(), answer, sources.back().get());
        const zip_int64_t index =
            source ? zip_file_add(zip.get(), entry.path.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            zip_source_free(source);
            return cannotWrite(QString::fromUtf8(zip_strerror(zip.get())));
        }
        const auto at = zip_uint64_t(index);
        zip_set_file_compression(zip.get(), at, entry.isStored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
        zip_file_set_mtime(zip.get(), at, time_t(toUnixMs(time) / 1000), 0);
        // Plain files that their owner reads and writes.
        zip_file_set_external_attributes(zip.get(), at, 0, ZIP_OPSYS_UNIX, zip_uint32_t(0100600) << 16U);
    }
    if (zip_close(zip.get()) != 0) {
        if (packing.stopped)
            return *packing.stopped;
        return cannotWrite(QString::fromUtf8(zip_strerror(zip.get())));
    }
    std::ignore = zip.release(); // closed
    const auto bad = [](const Entry &entry) { return entry.isBad; };
    if (std::none_of(entries.begin(), entries.end(), bad))
        return true;
    QFile::remove(file);
    return false;
}

} // namespace graminsta::archive
