# Wraps the browser in $browser, whose program is $program: a tree of links with policies and preferences of its own.
# On macOS it is the application $application; elsewhere it lies in lib/$libName, or beside an application.ini.
# What is only the machine's program is started as it is, unless there are policies ($beside names them) or preferences.

own() {
  # A directory to write to: where the browser has a link to one, what is in that is linked instead.
  local from
  if [[ -L $1 ]]; then
    from=$(readlink -f "$1")
    rm "$1"
    mkdir "$1"
    find "$from" -mindepth 1 -maxdepth 1 -exec ln -s {} "$1/" \;
  fi
  mkdir -p "$1"
}

if [[ -n $application ]]; then
  place=Applications/$application.app
else
  place=lib/$libName
fi
from=$browser/$place
for file in "$browser"/lib/*/application.ini; do
  if [[ ! -d $from && -f $file ]]; then from=${file%/application.ini}; fi
done
variables=(--set MOZ_APP_LAUNCHER "$program" --set MOZ_LEGACY_PROFILES 1 --set MOZ_ALLOW_DOWNGRADE 1)
mkdir -p "$out/bin"
if [[ -d $from ]]; then
  from=$(readlink -f "$from")
  to=$out/$place
  mkdir -p "$(dirname "$to")"
  cp -rs "$from" "$to"
  chmod -R u+w "$to"
  programs=$to resources=$to
  if [[ -n $application ]]; then programs=$to/Contents/MacOS resources=$to/Contents/Resources; fi

  for file in "$programs"/*; do
    # What a program links to is where it looks for the rest.
    if [[ -f $file && -x $file ]]; then cp --remove-destination "$(readlink -f "$file")" "$file"; fi
  done
  own "$resources/distribution"
  rm -f "$resources/distribution/policies.json"
  printf '%s' "$policies" > "$resources/distribution/policies.json"
  if [[ -n $extraPrefs ]]; then
    own "$resources/defaults"
    own "$resources/defaults/pref"
    printf '%s' "$autoconfig" > "$resources/defaults/pref/autoconfig.js"
    printf '// The first line is not read.\n%s\n' "$extraPrefs" > "$resources/mozilla.cfg"
  fi

  if [[ -n $application ]]; then
    wrapProgram "$programs/$program" "${variables[@]}"
    ln -s "$programs/$program" "$out/bin/$program"
  else
    target=$to/$program
    [[ -x $target ]] || target=$to/$(basename "$from")
    [[ -x $target ]] || target=$browser/bin/$program
    makeWrapper "$target" "$out/bin/$program" "${variables[@]}"
  fi
elif [[ ! -L $browser/bin/$program ]]; then
  echo "wrapFirefox: $browser has no directory $place, and no application.ini in another" >&2
  exit 1
elif [[ -n $beside$extraPrefs ]]; then
  echo "wrapFirefox: this browser is the machine's own program, which is left as it is; for policies" \
    "${beside:+($beside) }or preferences of its own, take the browser from another provider" >&2
  exit 1
else
  makeWrapper "$browser/bin/$program" "$out/bin/$program" "${variables[@]}"
fi

for package in $hosts; do
  for kind in native-messaging-hosts pkcs11-modules; do
    [[ -d $package/lib/mozilla/$kind ]] || continue
    mkdir -p "$out/lib/mozilla/$kind"
    ln -sf "$package/lib/mozilla/$kind"/* "$out/lib/mozilla/$kind/"
  done
done
if [[ -d $browser/share ]]; then ln -s "$browser/share" "$out/share"; fi
