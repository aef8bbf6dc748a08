// SPDX-License-Identifier: GPL-3.0-or-later
#include "zipmaker.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

#include <zip.h>

namespace graminsta::archive_test
{

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

Files archiveOf(Files files)
{
    QByteArray sums;
    for (auto file = files.cbegin(); file != files.cend(); ++file)
        sums += sha256(file.value()) + "  " + file.key() + '\n';
    files.insert("SHA256SUMS", sums);
    files.insert("manifest.json",
                 R"({"format":"graminsta-archive","version":1,"created_at":"2026-11-30T00:00:00.000Z",)"
                 R"("account":{"id":"17","username":"ann"},"files":{"path":"SHA256SUMS","sha256":")"
                     + sha256(sums) + "\"}}");
    return files;
}

void writeZip(const QString &path, const Files &files)
{
    int code = 0;
    zip_t *zip = zip_open(QFile::encodeName(path).constData(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    QVERIFY(zip);
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        zip_source_t *source = zip_source_buffer(zip, file.value().constData(), zip_uint64_t(file.value().size()), 0);
        QVERIFY(zip_file_add(zip, file.key().constData(), source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    QCOMPARE(zip_close(zip), 0);
}

} // namespace graminsta::archive_test
