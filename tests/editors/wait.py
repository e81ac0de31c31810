#!/usr/bin/env python3
"""Runs an editor in a terminal until the probe has finished: wait.py FOLDER COMMAND..."""

import os
import sys

from screen import Editor

editor = Editor("", "", sys.argv[2:], sys.argv[1])
editor.eventually("the probe has asked", lambda: os.path.exists(os.environ["SNAPSHOT"]))
editor.process.close(force=True)
