builtins.fromJSON "﻿[ 1 ]"
