# The phases of a build, for sources that only have to be copied or made with make.

unpackPhase() {
  [ -n "${src-}" ] || return 0
  if [ -d "$src" ]; then cp -r "$src" source; chmod -R u+w source; cd source
  else case $src in
    *.zip) mkdir source; ( cd source && unzip -q "$src" ); cd source ;;
    *.tar|*.tar.*|*.tgz|*.txz) mkdir source; tar -xf "$src" -C source --strip-components=1; cd source ;;
    *) cp "$src" "./$(basename "$src" | cut -c34-)" ;;
  esac; fi
  [ -z "${sourceRoot-}" ] || cd "../$sourceRoot" 2>/dev/null || cd "${sourceRoot#*/}"
}
patchPhase() { local p; for p in ${patches-}; do patch -p1 < "$p"; done; }
configurePhase() { :; }
hasMakefile() { [ -e Makefile ] || [ -e makefile ] || [ -e GNUmakefile ]; }
buildPhase() { ! hasMakefile || make ${makeFlags-}; }
installPhase() { ! hasMakefile || make install PREFIX="$out" prefix="$out" ${makeFlags-} ${installFlags-}; }
runPhase() {
  local phase=$1 hook=${1%Phase}
  hook=${hook^}
  runHook "pre$hook"
  if [ -n "${!phase-}" ]; then eval "${!phase}"; else "$phase"; fi
  runHook "post$hook"
}
cd "$TMPDIR"
if [ -n "${buildCommand-}" ]; then eval "$buildCommand"; else
  [ -n "${dontUnpack-}" ] || runPhase unpackPhase
  [ -n "${dontPatch-}" ] || runPhase patchPhase
  [ -n "${dontConfigure-}" ] || runPhase configurePhase
  [ -n "${dontBuild-}" ] || runPhase buildPhase
  [ -n "${dontInstall-}" ] || runPhase installPhase
  runHook preFixup; runHook postFixup
fi
