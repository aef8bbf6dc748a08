// SPDX-License-Identifier: GPL-3.0-or-later
// The two servers that are compared; each takes the process over until its standard input ends.
#pragma once

namespace graminsta::bench
{

// Qt HTTP Server by itself, in its best form here: QAbstractHttpServer, one write an answer, no routes, one thread.
int serveBare(int argc, char **argv);

// The whole of ours: router, authentication hook, lanes, access log, one event loop.
int servePipeline(int argc, char **argv);

} // namespace graminsta::bench
