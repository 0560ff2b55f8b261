let port = 22; in
"port ${port}"
