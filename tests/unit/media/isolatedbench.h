// SPDX-License-Identifier: GPL-3.0-or-later
// A Workbench whose processor works in child processes: this program under another command, which its main() answers.
#pragma once

#include "pictures.h"

#include <graminsta/media/isolatedimageprocessor.h>

#include <optional>

namespace graminsta::test
{

class IsolatedBench
{
public:
    // The settings without program, command and folder, which are filled in.
    explicit IsolatedBench(media::IsolatedImageSettings settings = {}, const char *worker = nullptr);

    [[nodiscard]] Workbench &bench() { return *m_bench; }
    [[nodiscard]] media::IsolatedImageProcessor &processor() { return *m_processor; }
    // The process ids of the children that live, zombies left out.
    [[nodiscard]] static QList<int> children();

private:
    QTemporaryDir m_folder;
    media::IsolatedImageProcessor *m_processor; // the bench has it
    std::unique_ptr<Workbench> m_bench;
};

// First in main(): the exit code if this process is such a child.
[[nodiscard]] std::optional<int> runAsImageWorker(int argc, char **argv);

} // namespace graminsta::test
