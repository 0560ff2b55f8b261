from home_manager.authoring import *


def settings(file, example, what):
    return Settings(
        formats.ini,
        file=f"acd_cli/{file}",
        example=example,
        doc=f"{what}, see <https://acd-cli.readthedocs.io/en/latest/configuration.html>.",
    )


class AcdCli(Program):
    """acd_cli, a client for Amazon Drive"""

    package = Package("acd-cli", nullable=True)
    cliSettings = settings(
        "acd_cli.ini",
        {"download": {"keep_corrupt": False, "keep_incomplete": True}, "upload": {"timeout_wait": 10}},
        "Settings of the command line",
    )
    clientSettings = settings(
        "acd_client.ini",
        {
            "endpoints": {"filename": "endpoint_data", "validity_duration": 259200},
            "transfer": {
                "chunk_retries": 1,
                "connection_timeout": 30,
                "dl_chunk_size": 524288000,
                "fs_chunk_size": 131072,
                "idle_timeout": 60,
            },
        },
        "Settings of the connection",
    )
    cacheSettings = settings(
        "cache.ini",
        {
            "sqlite": {"busy_timeout": 30000, "filename": "nodes.db", "journal_mode": "wal"},
        },
        "Settings of the cache of nodes",
    )
    fuseSettings = settings(
        "fuse.ini",
        {"fs": {"block_size": 512}, "read": {"open_chunk_limit": 10}, "write": {"buffer_size": 32, "timeout": 30}},
        "Settings of the mounted file system",
    )
