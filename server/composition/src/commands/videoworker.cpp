// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include <graminsta/video/videoworker.h>

namespace graminsta::composition
{

int videoWorkerCommand()
{
    return video::runVideoWorker();
}

} // namespace graminsta::composition
