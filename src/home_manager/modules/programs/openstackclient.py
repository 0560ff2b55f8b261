from home_manager.authoring import *


class Clouds(Options):
    """Clouds by name"""

    freeform = t.yaml


class Openstackclient(Program):
    """the command line of OpenStack"""

    package = Package("openstackclient", nullable=True)
    clouds = Settings(
        formats.yaml,
        type=t.submodule(Clouds),
        file="openstack/clouds.yaml",
        when=True,
        render=lambda self, clouds: formats.yaml.render({"clouds": clouds}),
        example={
            "my-infra": {
                "auth": {"project_id": "0123456789abcdef0123456789abcdef", "username": "openstack"},
                "cloud": "example-cloud",
                "interface": "internal",
                "region_name": "XXX",
            }
        },
        doc="Clouds by name. Passwords belong into `secure.yaml`, not here. See "
        "<https://docs.openstack.org/python-openstackclient/latest/configuration/index.html>.",
    )
    publicClouds = Settings(
        formats.yaml,
        type=t.submodule(Clouds),
        file="openstack/clouds-public.yaml",
        when=True,
        render=lambda self, clouds: formats.yaml.render({"public-clouds": clouds}),
        example={"example-cloud": {"auth": {"auth_url": "https://identity.cloud.example.com/v2.0"}}},
        doc="Public clouds, which `cloud` of the others can name.",
    )
