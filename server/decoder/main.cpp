// SPDX-License-Identifier: GPL-3.0-or-later
// Not for people: the program of the child processes in which the server has pictures and videos decoded. It is one of
// its own so that the server, which holds the database and everybody's sessions, does not even load the decoders.
#include <graminsta/media/imageworker.h>
#include <graminsta/video/videoworker.h>

#include <cstdio>
#include <cstring>

using namespace graminsta;

namespace
{

struct Kind {
    const char *name;
    int (*run)();
};

constexpr Kind kKinds[] = { { "image", media::runImageWorker }, { "video", video::runVideoWorker } };
constexpr int kWrongUsage = 2;

} // namespace

// Without a QCoreApplication, which may start threads: the process is shut in before there is another.
int main(int argc, char *argv[])
{
    for (const Kind &kind : kKinds) {
        if (argc == 2 && std::strcmp(argv[1], kind.name) == 0)
            return kind.run();
    }
    std::fputs("graminsta-decoder " GRAMINSTA_VERSION ": graminsta-server starts it, to decode photos and videos in\n",
               stderr);
    return kWrongUsage;
}
