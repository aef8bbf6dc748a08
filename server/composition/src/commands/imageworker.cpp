// SPDX-License-Identifier: GPL-3.0-or-later
#include <graminsta/composition/commands.h>

#include <graminsta/media/imageworker.h>

namespace graminsta::composition
{

int imageWorkerCommand()
{
    return media::runImageWorker();
}

} // namespace graminsta::composition
