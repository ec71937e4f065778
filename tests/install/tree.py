"""What the tests of the installed tree share: the tree, pkg-config about it, programs compiled against it."""
import os
import pathlib
import shlex
import subprocess

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
CC = shlex.split(os.environ.get("CC", "cc"))
# A call that only the library itself can answer, for each.
CALLS = {"fedval": "fedval_text_free(0), 0", "ldns": "fedval_ldns_resolver_new(0, 0, 0, 0, 0)",
         "mbedtls": "fedval_mbedtls_verifier_new(0)", "openssl": "fedval_openssl_verifier_new(0)"}


def install_into(root):
    """Installs the build into an empty root; gives the folder of the .pc files."""
    done = subprocess.run(["meson", "install", "-C", str(BUILD), "--no-rebuild", "--quiet", "--destdir", str(root)],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(root.rglob("libfedval.pc")).parent


def ask_pkg_config(folder, *arguments, libdir=None):
    """Asks pkg-config about the installed tree; its prefix stands under the temporary root."""
    text = (folder / "libfedval.pc").read_text()
    prefix = text.split("prefix=", 1)[1].splitlines()[0]
    root = str(folder)[:str(folder).index(prefix)]
    environment = {**os.environ, "PKG_CONFIG_PATH": str(folder), **({"PKG_CONFIG_LIBDIR": libdir} if libdir else {})}
    return subprocess.run(["pkg-config", f"--define-variable=prefix={root}{prefix}", *arguments],
                          capture_output=True, text=True, env=environment)


def pkg_config(folder, *arguments, **options):
    done = ask_pkg_config(folder, *arguments, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def packages(folder):
    return sorted(path.stem for path in folder.glob("*.pc"))


def has_archives(folder):
    return (folder.parent / "libfedval.a").exists()


def has_shared(folder):
    return (folder.parent / "libfedval.so").exists()


def run_with(folder, program, *words, given=None):
    libdir = pkg_config(folder, "--variable=libdir", "libfedval")[0]
    path = ":".join(filter(None, [libdir, os.environ.get("LD_LIBRARY_PATH")]))
    return subprocess.run([str(program), *words], capture_output=True, text=True, input=given,
                          env={**os.environ, "LD_LIBRARY_PATH": path})


def needed(program):
    """The shared libraries that a program asks for."""
    return subprocess.run(["readelf", "-d", str(program)], capture_output=True, text=True, check=True).stdout


def write_call(package, folder):
    """A program that calls `package`, libfedval or libfedval-BACKEND."""
    part = package.removeprefix("lib").removeprefix("fedval-")
    source = folder / f"{package}.c"
    header = "status" if part == "fedval" else part
    source.write_text(f"#include <fedval/{header}.h>\nint main(void) {{ return ({CALLS[part]}) > 0; }}\n")
    return source
