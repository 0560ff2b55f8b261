# The store is there, whether or not anything has been put into it.
[ (builtins.pathExists builtins.storeDir) (builtins.pathExists "${builtins.storeDir}/nothing") ]
