// SPDX-License-Identifier: GPL-3.0-or-later
// Where tokens are kept: the desktop's keyring where one answers, else a file that only its owner can read. The file is
// no protection against programs that run as the same user, but neither is an unlocked keyring. GUI thread only.
#pragma once

#include <graminsta/core/result.h>

#include <QCoroTask>
#include <QString>

namespace graminsta
{

class Credentials
{
public:
    enum class Where { KeyringFirst, FileOnly };

    Credentials(QString file, Where where);

    // Fault::NotFound if there is none.
    [[nodiscard]] QCoro::Task<Result<QString>> read(QString key);
    [[nodiscard]] QCoro::Task<Result<>> write(QString key, QString secret);
    // Success if there was none.
    [[nodiscard]] QCoro::Task<Result<>> remove(QString key);

private:
    QString m_file;
    Where m_where;
};

} // namespace graminsta
