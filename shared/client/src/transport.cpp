// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/client/transport.h>

namespace graminsta::client
{

QByteArray HttpReply::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace graminsta::client
