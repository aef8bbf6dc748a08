// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are two things at once, or another thing than their name says, and kinds that run programs in other
// servers.
#include "parts.h"

namespace graminsta::rig::hostile
{

namespace
{

const QByteArray kPage = "<!DOCTYPE html><html><script>alert(document.cookie)</script></html>";
const QByteArray kZip = QByteArrayLiteral("PK\3\4\x14\0\0\0\0\0") + QByteArray(40, 'a')
    + QByteArrayLiteral("PK\5\6\0\0\0\0\1\0\1\0") + QByteArray(10, '\0');
const QByteArray kPdf = "%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

void addPolyglots(Files &files)
{
    const auto add = [&files](const char *name, const QByteArray &file, Outcome outcome) {
        files.append({ QStringLiteral("both ") + QLatin1String(name), [file] { return file; }, outcome });
    };
    add("page and JPEG, page first", kPage + plainJpeg(), Outcome::Refusal);
    add("JPEG and page, behind it", plainJpeg() + kPage, Outcome::Picture);
    add("JPEG and page, in a comment", withSegment(jpegSegment(0xfe, kPage)), Outcome::Picture);
    add("JPEG and script",
        QByteArrayLiteral("\xff\xd8\xff\xe0/*") + QByteArray(12000, ' ') + "*/=1;alert(1)/*" + plainJpeg(),
        Outcome::Either);
    add("JPEG and ZIP", plainJpeg() + kZip, Outcome::Picture);
    add("ZIP and JPEG", kZip + plainJpeg(), Outcome::Refusal);
    add("JPEG and PDF, behind it", plainJpeg() + kPdf, Outcome::Picture);
    add("JPEG and PDF, in a comment", withSegment(jpegSegment(0xfe, kPdf)), Outcome::Picture);
    add("PDF and JPEG", kPdf + plainJpeg(), Outcome::Refusal);
    add("JPEG and PHP", withSegment(jpegSegment(0xfe, "<?php system($_GET['c']); __HALT_COMPILER(); ?>")),
        Outcome::Picture);
    add("JPEG and film",
        plainJpeg()
            + QByteArrayLiteral("\0\0\0\x18"
                                "ftypmp42\0\0\0\0mp42isom")
            + noise(5000, 9),
        Outcome::Picture);
    add("PNG and ZIP", plainPng() + kZip, Outcome::Picture);
    add("PNG and page, in a text", withChunk(pngChunk("tEXt", QByteArrayLiteral("Comment\0") + kPage)),
        Outcome::Picture);
    add("PNG and page, behind it", plainPng() + kPage, Outcome::Picture);
    add("PNG and JPEG", plainPng() + plainJpeg(), Outcome::Picture);
    add("GIF and script", "GIF89a=1;alert(1);/*" + QByteArray(200, ' ') + "*/", Outcome::Refusal);
    add("GIF and Java archive", "GIF89a" + QByteArray(20, '\0') + ";" + kZip, Outcome::Refusal);
    add("BMP and script", "BM=1;alert(1);//" + QByteArray(200, ' '), Outcome::Refusal);
    add("WebP and page", "RIFF" + littleEndian(100, 4) + "WEBP<html><script>alert(1)</script>", Outcome::Refusal);
}

void addOtherKinds(Files &files)
{
    const auto add = [&files](const char *name, const QByteArray &file, Outcome outcome = Outcome::Refusal) {
        files.append({ QStringLiteral("photo.jpg that is ") + QLatin1String(name), [file] { return file; }, outcome });
    };
    const QByteArray svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";
    QByteArray laughs = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"ha\">";
    for (char name = 'b'; name <= 'k'; ++name) {
        const QByteArray one = QByteArray("&") + static_cast<char>(name - 1) + ";";
        laughs += QByteArray("<!ENTITY ") + name + " \"" + one.repeated(10) + "\">";
    }
    add("empty", {});
    add("one byte", "x");
    add("zeros", QByteArray(100'000, '\0'));
    add("noise", noise(100'000, 10));
    add("SVG", svg + "</svg>");
    add("SVG with a script", svg + "<script>alert(1)</script></svg>");
    add("SVG that reads a file", svg + "<image xlink:href=\"file:///etc/passwd\"/></svg>");
    add("SVG that asks the cloud", svg + "<image xlink:href=\"http://169.254.169.254/latest/meta-data/\"/></svg>");
    add("SVG of a billion laughs", laughs + "]>" + svg + "<text>&k;</text></svg>");
    add("SVG with an external entity",
        "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + svg
            + "<text>&x;</text></svg>");
    add("SVG, packed", QByteArrayLiteral("\x1f\x8b\x08\0\0\0\0\0\0\3") + noise(100, 11));
    add("MVG that runs a program",
        "push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://127.0.0.1/x.jpg\"|touch /tmp/owned\")'\npop "
        "graphic-context\n");
    add("MSL",
        "<?xml version=\"1.0\"?><image><read filename=\"/etc/passwd\"/><write filename=\"/tmp/owned\"/></image>");
    add("PostScript", "%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n");
    add("PDF", kPdf);
    add("ZIP", kZip);
    add("a web page", kPage);
    add("a text", "Hello, I am a text.\n");
    add("a playlist", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n");
    add("a shell script", "#!/bin/sh\nrm -rf /\n");
    add("a program",
        QByteArrayLiteral("\x7f"
                          "ELF\2\1\1\0")
            + noise(200, 12));
    add("BMP", encoded(scene(64, 64), "BMP"));
    add("PPM", encoded(scene(64, 64), "PPM"));
    add("TIFF", QByteArrayLiteral("II*\0\x08\0\0\0\0\0\0\0\0\0"));
    add("camera raw",
        QByteArrayLiteral("\0\0\0\x18"
                          "ftypcrx \0\0\0\1crx isom"));
    add("an icon", QByteArrayLiteral("\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0") + QByteArray(40, '\0'));
    add("Photoshop", QByteArrayLiteral("8BPS\0\1") + QByteArray(40, '\0'));
    add("JPEG 2000", QByteArrayLiteral("\0\0\0\x0cjP  \r\n\x87\n") + QByteArray(40, '\0'));
    add("JPEG XL", QByteArrayLiteral("\xff\x0a\xfa\x1f") + QByteArray(40, '\0'));
    add("Radiance", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 99999 +X 99999\n");
    add("FITS", "SIMPLE  =                    T / " + QByteArray(2000, ' '));
    add("a film",
        QByteArrayLiteral("\0\0\0\x18"
                          "ftypisom\0\0\2\0isomiso2")
            + noise(300, 13));
    add("Matroska", QByteArrayLiteral("\x1a\x45\xdf\xa3\x01\0\0\0"));
    add("a sound", QByteArrayLiteral("ID3\3\0\0\0\0\0\0"));
    add("PNG", plainPng(), Outcome::Picture);
    add("HEIF of a kind that nobody knows",
        QByteArrayLiteral("\0\0\0\x18"
                          "ftypmif1\0\0\0\0mif1miaf")
            + noise(300, 14));
    add("AVIF without anything",
        QByteArrayLiteral("\0\0\0\x18"
                          "ftypavif\0\0\0\0avifmif1"));
    add("HEIC followed by noise",
        QByteArrayLiteral("\0\0\0\x18"
                          "ftypheic\0\0\0\0heicmif1")
            + noise(30000, 15));
}

} // namespace

void addDisguised(Files &files)
{
    addPolyglots(files);
    addOtherKinds(files);
}

} // namespace graminsta::rig::hostile
