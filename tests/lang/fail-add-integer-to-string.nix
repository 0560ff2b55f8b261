"port " + 22
