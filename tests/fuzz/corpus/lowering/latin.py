# -*- coding: latin-1 -*-
x = "é"
import a
import b