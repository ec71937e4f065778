"""Other programs, run to their end."""
import subprocess


def run(*words, **options):
    options.setdefault("timeout", 200)
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
