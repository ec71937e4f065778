/* What a file is, by its first bytes. */
#include "log_input.h"

#include <string.h>
#include <strings.h>

#ifdef HAVE_LIBARCHIVE
#include <archive.h>
#else
enum {
    ARCHIVE_FILTER_GZIP,
    ARCHIVE_FILTER_BZIP2,
    ARCHIVE_FILTER_XZ,
    ARCHIVE_FORMAT_ZIP,
    ARCHIVE_FORMAT_TAR
};
#endif

#define EXPORT_TRACE                                                                               \
    "on the server that wrote it, Search-CsClsLogging or Snooper's Analyze writes it as text "     \
    "(netsh trace convert, for a network trace)"
#define EXPORT_EVENTS                                                                              \
    "wevtutil qe FILE /lf:true /f:text > events.txt writes it as text; Save All Events As in "     \
    "Event Viewer, with Text, may do"
#define UNPACK "unpack it first, and give the files in it"
#define EXPORT_MESSAGE "save the message as text (.txt, .eml), and its attachments as files"
#define JUDGE_CHAIN "fedval chain FILE judges certificates"
#define EXPORT_PICTURE "a picture holds no text: ask for the log itself"
#define EXPORT_DOCUMENT "save it as plain text, or better ask for the log itself"
#define EXPORT_PDF "pdftotext -layout FILE log.txt gets its text out; better ask for the log itself"
#define EXPORT_CAPTURE                                                                             \
    "TLS hides SIP from a capture: take the log of the server; SIP that is not encrypted can be "  \
    "printed with tshark -V -Y sip -r FILE > sip.txt"

#define EXPORT_DATABASE "sqlite3 FILE .dump > dump.txt prints it"
#define EXPORT_LIST "plutil -p FILE > list.txt prints it"
#define EXPORT_TABLES "export its tables as text (CSV)"
#define SEND_TARGET "give the file that it points to"

typedef struct magic {
    const char *bytes;
    size_t len;
    size_t offset;
    log_kind kind;
} magic;

#define MAGIC(bytes) (bytes), sizeof(bytes) - 1
#define OTHER(name, remedy)                                                                        \
    {                                                                                              \
        LOG_CLASS_OTHER, name, remedy, 0                                                           \
    }

/* Of two that begin alike the longer comes first. */
static const magic magics[] = {
    {MAGIC("\x1f\x8b"), 0, {LOG_CLASS_FILTER, "gzip", NULL, ARCHIVE_FILTER_GZIP}},
    {MAGIC("BZh"), 0, {LOG_CLASS_FILTER, "bzip2", NULL, ARCHIVE_FILTER_BZIP2}},
    {MAGIC("\xfd"
           "7zXZ"),
     0,
     {LOG_CLASS_FILTER, "xz", NULL, ARCHIVE_FILTER_XZ}},
    {MAGIC("[Content_Types].xml"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("mimetypeapplication/vnd.oasis"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("mimetypeapplication/epub"), 30, OTHER("an electronic book", EXPORT_DOCUMENT)},
    /* Programs write the parts of an Office document in any order. */
    {MAGIC("_rels/.rels"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("docProps/"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("word/"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("xl/"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("ppt/"), 30, OTHER("an Office document", EXPORT_DOCUMENT)},
    {MAGIC("PK\x03\x04"), 0, {LOG_CLASS_FOLDER, "zip", NULL, ARCHIVE_FORMAT_ZIP}},
    {MAGIC("PK\x05\x06"), 0, OTHER("an empty zip archive", NULL)},
    {MAGIC("ustar"), 257, {LOG_CLASS_FOLDER, "tar", NULL, ARCHIVE_FORMAT_TAR}},
    {MAGIC("7z\xbc\xaf\x27\x1c"), 0, OTHER("a 7-Zip archive", UNPACK)},
    {MAGIC("Rar!\x1a\x07"), 0, OTHER("a RAR archive", UNPACK)},
    {MAGIC("MSCF"), 0, OTHER("a Windows cabinet", UNPACK)},
    {MAGIC("\x28\xb5\x2f\xfd"), 0, OTHER("a Zstandard archive", UNPACK)},
    {MAGIC("\x04\x22\x4d\x18"), 0, OTHER("an LZ4 archive", UNPACK)},
    {MAGIC("\x1f\x9d"), 0, OTHER("a compress (.Z) archive", UNPACK)},
    {MAGIC("\x5d\0\0"), 0, OTHER("an LZMA archive", UNPACK)},
    {MAGIC("xar!"), 0, OTHER("an XAR archive", UNPACK)},
    {MAGIC("MSWIM\0\0\0"), 0, OTHER("a Windows image", UNPACK)},
    {MAGIC("!<arch>\n"), 0, OTHER("an ar archive or a Debian package", UNPACK)},
    {MAGIC("\xed\xab\xee\xdb"), 0, OTHER("an RPM package", UNPACK)},
    {MAGIC("ElfFile\0"), 0, OTHER("a binary Windows event log (.evtx)", EXPORT_EVENTS)},
    {MAGIC("\x30\0\0\0LfLe"), 0, OTHER("a binary Windows event log (.evt)", EXPORT_EVENTS)},
    {MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 0,
     OTHER("an Outlook message (.msg) or an old Office document", EXPORT_MESSAGE)},
    {MAGIC("-----BEGIN CERTIFICATE-----"), 0, OTHER("a certificate (PEM)", JUDGE_CHAIN)},
    {MAGIC("-----BEGIN "), 0, OTHER("a key, a request or a list in PEM", NULL)},
    {MAGIC("!BDN"), 0, OTHER("an Outlook data file (.pst)", EXPORT_MESSAGE)},
    {MAGIC("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d"), 0, OTHER("a OneNote section", EXPORT_DOCUMENT)},
    {MAGIC("%PDF-"), 0, OTHER("a PDF document", EXPORT_PDF)},
    {MAGIC("{\\rtf"), 0, OTHER("an RTF document", EXPORT_DOCUMENT)},
    {MAGIC("\x89PNG\r\n\x1a\n"), 0, OTHER("a picture (PNG)", EXPORT_PICTURE)},
    {MAGIC("\xff\xd8\xff"), 0, OTHER("a picture (JPEG)", EXPORT_PICTURE)},
    {MAGIC("GIF8"), 0, OTHER("a picture (GIF)", EXPORT_PICTURE)},
    {MAGIC("II*\0"), 0, OTHER("a picture (TIFF)", EXPORT_PICTURE)},
    {MAGIC("MM\0*"), 0, OTHER("a picture (TIFF)", EXPORT_PICTURE)},
    {MAGIC("WEBP"), 8, OTHER("a picture (WebP)", EXPORT_PICTURE)},
    {MAGIC("8BPS"), 0, OTHER("a picture (Photoshop)", EXPORT_PICTURE)},
    {MAGIC("jP  \r\n"), 4, OTHER("a picture (JPEG 2000)", EXPORT_PICTURE)},
    {MAGIC("\0\0\0\0\x36\0\0\0\x28\0\0\0"), 6, OTHER("a picture (BMP)", EXPORT_PICTURE)},
    {MAGIC("AVI "), 8, OTHER("a film (AVI)", EXPORT_PICTURE)},
    {MAGIC("\x1a\x45\xdf\xa3"), 0, OTHER("a film (Matroska, WebM)", EXPORT_PICTURE)},
    {MAGIC("ftyp"), 4, OTHER("a picture or a film (HEIC, MP4)", EXPORT_PICTURE)},
    {MAGIC("\xd4\xc3\xb2\xa1"), 0, OTHER("a packet capture (pcap)", EXPORT_CAPTURE)},
    {MAGIC("\xa1\xb2\xc3\xd4"), 0, OTHER("a packet capture (pcap)", EXPORT_CAPTURE)},
    {MAGIC("\x4d\x3c\xb2\xa1"), 0, OTHER("a packet capture (pcap)", EXPORT_CAPTURE)},
    {MAGIC("\xa1\xb2\x3c\x4d"), 0, OTHER("a packet capture (pcap)", EXPORT_CAPTURE)},
    {MAGIC("snoop\0\0\0"), 0, OTHER("a packet capture (snoop)", EXPORT_CAPTURE)},
    {MAGIC("\x0a\x0d\x0d\x0a"), 0, OTHER("a packet capture (pcapng)", EXPORT_CAPTURE)},
    {MAGIC("RTSS"), 0, OTHER("a packet capture (NetMon)", EXPORT_CAPTURE)},
    {MAGIC("GMBU"), 0, OTHER("a packet capture (NetMon)", EXPORT_CAPTURE)},
    {MAGIC("SQLite format 3\0"), 0, OTHER("an SQLite database", EXPORT_DATABASE)},
    {MAGIC("bplist0"), 0, OTHER("a binary property list (.plist)", EXPORT_LIST)},
    {MAGIC("Standard Jet DB"), 4, OTHER("an Access database", EXPORT_TABLES)},
    {MAGIC("Standard ACE DB"), 4, OTHER("an Access database", EXPORT_TABLES)},
    {MAGIC("\xfe\xed\xfe\xed"), 0, OTHER("a Java key store", NULL)},
    {MAGIC("regf"), 0, OTHER("a hive of the Windows registry", NULL)},
    {MAGIC("\x4c\0\0\0\x01\x14\x02\0"), 0, OTHER("a Windows shortcut", SEND_TARGET)},
    {MAGIC("\x7f"
           "ELF"),
     0, OTHER("a program", NULL)},
    {MAGIC("MZ\x90\0"), 0, OTHER("a program", NULL)},
    {MAGIC("\xca\xfe\xba\xbe"), 0, OTHER("a program", NULL)},
    {MAGIC("\0asm"), 0, OTHER("a program", NULL)},
    {MAGIC("MDMP"), 0, OTHER("a memory dump", NULL)},
    {MAGIC("PAGEDU"), 0, OTHER("a memory dump", NULL)},
    {MAGIC("LPKSHHRH"), 0, OTHER("a journal of systemd", "journalctl --file FILE prints it")},
};

static const log_kind text = {LOG_CLASS_TEXT, "text", NULL, 0};
static const log_kind trace = OTHER("a binary trace (.etl)", EXPORT_TRACE);
static const log_kind binary = OTHER("binary data of a kind that is not known here", NULL);

static const log_kind certificate = OTHER("a certificate or another object in DER", JUDGE_CHAIN);

/* Two sequences whose lengths have two bytes (X.690 8.1.3.5): so a certificate begins. */
static bool is_der_certificate(const uint8_t *bytes, size_t len)
{
    return len > 8 && memcmp(bytes, "\x30\x82", 2) == 0 && memcmp(bytes + 4, "\x30\x82", 2) == 0;
}

/* An .etl begins with the header of a buffer: its size, 4 KiB to 16 MiB; the first event, at 72,
 * has a system header of 32 or 64 bits. */
static bool is_trace(const uint8_t *bytes, size_t len)
{
    if (len < 76)
        return false;
    uint32_t size = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                    (uint32_t)bytes[3] << 24;
    return size >= 1024 && size <= (16u << 20) && size % 1024 == 0 && bytes[73] == 0 &&
           (bytes[74] == 1 || bytes[74] == 2) && bytes[75] == 0xc0;
}

/* Text holds no zero bytes, unless every second one is: UTF-16. */
static bool is_binary(const uint8_t *bytes, size_t len)
{
    size_t zeros[2] = {0, 0}, controls = 0;
    for (size_t i = 0; i < len; i++) {
        zeros[i % 2] += bytes[i] == 0;
        controls +=
            (bytes[i] > 0 && bytes[i] < 0x20 && strchr("\t\n\v\f\r\x1b", bytes[i]) == NULL) ||
            bytes[i] == 0x7f;
    }
    if (controls > len / 10)
        return true;
    bool is_utf16 =
        (zeros[0] == 0 || zeros[1] == 0 || zeros[0] > 20 * zeros[1] || zeros[1] > 20 * zeros[0]) &&
        zeros[0] + zeros[1] > len / 4;
    return !is_utf16 && zeros[0] + zeros[1] > len / 100;
}

static bool has_ending(const char *name, const char *ending)
{
    size_t len = strlen(name), ending_len = strlen(ending);
    return len > ending_len && strcasecmp(name + len - ending_len, ending) == 0;
}

/* Binary data whose first bytes say nothing is what its name says. */
static const log_kind *kind_of_name(const char *name)
{
    static const struct {
        const char *ending;
        log_kind kind;
    } endings[] = {
        {".etl", OTHER("a binary trace (.etl)", EXPORT_TRACE)},
        {".evtx", OTHER("a binary Windows event log (.evtx)", EXPORT_EVENTS)},
        {".msg", OTHER("an Outlook message (.msg)", EXPORT_MESSAGE)},
        {".7z", OTHER("a 7-Zip archive", UNPACK)},
        {".pdf", OTHER("a PDF document", EXPORT_PDF)},
        {".blg", OTHER("a log of Windows' performance counters",
                       "relog FILE -f CSV -o counters.csv writes it as text")},
    };
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (has_ending(name, endings[i].ending))
            return &endings[i].kind;
    }
    return &binary;
}

const log_kind *log_kind_of(const uint8_t *bytes, size_t len, const char *name)
{
    /* Within text, such bytes are words. */
    bool is_text = !is_binary(bytes, len);
    bool is_zip = len > 4 && memcmp(bytes, "PK\x03\x04", 4) == 0;
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        const magic *m = &magics[i];
        if (len >= m->offset + m->len && memcmp(bytes + m->offset, m->bytes, m->len) == 0 &&
            (m->offset == 0 || is_zip || !is_text))
            return &m->kind;
    }
    if (is_trace(bytes, len))
        return &trace;
    if (is_der_certificate(bytes, len))
        return &certificate;
    return is_text ? &text : kind_of_name(name);
}
