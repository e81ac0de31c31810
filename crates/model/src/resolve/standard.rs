//! The top-level names of the standard library, 3.8 to 3.15: the union, because a backend may run on any of them.
//!
//! Source: `sys.stdlib_module_names` (3.11), the removals of PEP 594 and 3.9 to 3.13, and the additions up to 3.15
//! (`annotationlib`, `compression`, `profiling`). Sorted, for binary search.

/// Whether `segment`, the first of a dotted name, belongs to the standard library.
pub fn is_standard(segment: &str) -> bool {
    MODULES.binary_search(&segment).is_ok()
}

#[rustfmt::skip]
static MODULES: &[&str] = &[
    "__future__", "_abc", "_aix_support", "_android_support", "_apple_support", "_ast", "_asyncio",
    "_bisect", "_bootlocale", "_bz2", "_codecs", "_collections_abc", "_colorize", "_compression",
    "_contextvars", "_crypt", "_csv", "_ctypes", "_curses", "_datetime", "_dbm", "_decimal",
    "_dummy_thread", "_elementtree", "_functools", "_gdbm", "_hashlib", "_heapq", "_imp",
    "_interpreters", "_io", "_ios_support", "_json", "_locale", "_lsprof", "_lzma", "_markupbase",
    "_msi", "_multibytecodec", "_opcode", "_operator", "_osx_support", "_pickle", "_posixsubprocess",
    "_py_abc", "_pydecimal", "_pyio", "_pylong", "_pyrepl", "_queue", "_random", "_sitebuiltins",
    "_socket", "_sqlite3", "_ssl", "_stat", "_statistics", "_string", "_strptime", "_struct",
    "_symtable", "_sysconfigdata", "_thread", "_threading_local", "_tkinter", "_tracemalloc",
    "_typeshed", "_uuid", "_warnings", "_weakref", "_weakrefset", "_winapi", "_zoneinfo", "abc",
    "aifc", "annotationlib", "antigravity", "argparse", "array", "ast", "asynchat", "asyncio",
    "asyncore", "atexit", "audioop", "base64", "bdb", "binascii", "binhex", "bisect", "builtins",
    "bz2", "cProfile", "calendar", "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop",
    "collections", "colorsys", "compileall", "compression", "concurrent", "configparser", "contextlib",
    "contextvars", "copy", "copyreg", "crypt", "csv", "ctypes", "curses", "dataclasses", "datetime",
    "dbm", "decimal", "difflib", "dis", "distutils", "doctest", "dummy_threading", "email",
    "encodings", "ensurepip", "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput",
    "fnmatch", "formatter", "fractions", "ftplib", "functools", "gc", "genericpath", "getopt",
    "getpass", "gettext", "glob", "graphlib", "grp", "gzip", "hashlib", "heapq", "hmac", "html",
    "http", "idlelib", "imaplib", "imghdr", "imp", "importlib", "inspect", "io", "ipaddress",
    "itertools", "json", "keyword", "lib2to3", "linecache", "locale", "logging", "lzma", "macpath",
    "macurl2path", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap", "modulefinder",
    "msilib", "msvcrt", "multiprocessing", "netrc", "nis", "nntplib", "nt", "ntpath", "nturl2path",
    "numbers", "opcode", "operator", "optparse", "os", "ossaudiodev", "parser", "pathlib", "pdb",
    "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib", "poplib", "posix",
    "posixpath", "pprint", "profile", "profiling", "pstats", "pty", "pwd", "py_compile", "pyclbr",
    "pydoc", "pydoc_data", "pyexpat", "queue", "quopri", "random", "re", "readline", "reprlib",
    "resource", "rlcompleter", "runpy", "sched", "secrets", "select", "selectors", "shelve", "shlex",
    "shutil", "signal", "site", "smtpd", "smtplib", "sndhdr", "socket", "socketserver", "spwd",
    "sqlite3", "sre_compile", "sre_constants", "sre_parse", "ssl", "stat", "statistics", "string",
    "stringprep", "struct", "subprocess", "sunau", "symbol", "symtable", "sys", "sysconfig", "syslog",
    "tabnanny", "tarfile", "telnetlib", "tempfile", "termios", "textwrap", "this", "threading", "time",
    "timeit", "tkinter", "token", "tokenize", "tomllib", "trace", "traceback", "tracemalloc", "tty",
    "turtle", "turtledemo", "types", "typing", "unicodedata", "unittest", "urllib", "uu", "uuid",
    "venv", "warnings", "wave", "weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xdrlib",
    "xml", "xmlrpc", "zipapp", "zipfile", "zipimport", "zlib", "zoneinfo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_doubles() {
        assert!(MODULES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn knows_old_and_new_modules() {
        for name in ["asyncio", "cgi", "distutils", "tomllib", "annotationlib", "__future__"] {
            assert!(is_standard(name), "{name}");
        }
        for name in ["django", "requests", "", "asyncioo"] {
            assert!(!is_standard(name), "{name}");
        }
    }
}
