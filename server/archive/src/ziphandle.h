// SPDX-License-Identifier: GPL-3.0-or-later
// libzip's handles as owners.
#pragma once

#include <zip.h>

#include <memory>

namespace graminsta::archive
{

struct DiscardZip {
    void operator()(zip_t *zip) const { zip_discard(zip); }
};
// Ends without writing.
using Zip = std::unique_ptr<zip_t, DiscardZip>;

struct CloseZipFile {
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using ZipFile = std::unique_ptr<zip_file_t, CloseZipFile>;

} // namespace graminsta::archive
