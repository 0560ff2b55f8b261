from home_manager.authoring import *


class Pandoc(Program):
    """pandoc, which converts documents"""

    package = Package("pandoc", install=False)
    finalPackage = option(t.package, read_only=True, doc="Pandoc with the defaults of the configuration.")
    defaults = option(
        t.json,
        default={},
        example={"citeproc": True, "metadata": {"author": "John Doe"}, "pdf-engine": "xelatex"},
        doc="Options of every run, see <https://pandoc.org/MANUAL.html#defaults-files>. Pandoc joins further ones of "
        "the command line to them.",
    )
    defaultsFile = option(t.path, read_only=True, doc="The file with the defaults.")
    templates = option(
        t.attrs_of(t.path),
        default={},
        example=literal('{\n  "default.latex" = path/to/your/template;\n}\n'),
        doc="Templates by the names of their files.",
    )
    citationStyles = option(
        t.list_of(t.path), default=[], example=literal("[ path/to/file.csl ]"), doc="Files with styles for citations."
    )

    @defines(".defaultsFile")
    def defaults_file(self):
        return self._made("writeText", "hm.json", formats.json.render(self.defaults))

    @defines(".finalPackage")
    def with_defaults(self):
        wrapped = {
            "name": "pandoc-with-defaults",
            "paths": [self.package],
            "nativeBuildInputs": [self.pkgs["makeWrapper"]],
            "postBuild": f'wrapProgram "$out/bin/pandoc" --add-flags \'--defaults "{self.defaultsFile}"\'\n',
        }
        return self._made("symlinkJoin", wrapped)

    @defines("home.packages")
    def installed(self):
        return [self.finalPackage]

    @defines("xdg.dataFile")
    def data(self):
        for name, template in self.templates.items():
            yield {f"pandoc/templates/{name}": {"source": template}}
        for style in self.citationStyles:
            yield {f"pandoc/csl/{self._made(self.pkgs['lib']['baseNameOf'], style)}": {"source": style}}
