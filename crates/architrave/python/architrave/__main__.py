"""`python -m architrave ARGUMENTS`: the program of this environment, also where its folder of scripts isn't on PATH."""

import os
import subprocess
import sys
import sysconfig


def find():
    """The path of the program: beside this interpreter, in the user's scheme, or beside this package (`pip --target`)."""
    name = "architrave" + (sysconfig.get_config_var("EXE") or "")
    folders = [sysconfig.get_path("scripts")]
    user_scheme = "nt_user" if os.name == "nt" else "posix_user"
    if user_scheme in sysconfig.get_scheme_names():
        folders.append(sysconfig.get_path("scripts", scheme=user_scheme))
    package = os.path.dirname(os.path.abspath(__file__))
    folders.append(os.path.join(os.path.dirname(package), "bin"))
    for folder in folders:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    sys.exit("architrave: the program {} is in none of {}".format(name, ", ".join(folders)))


def main():
    command = [find(), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    # The program takes the place of the interpreter: signals and standard input are its own.
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
