# Shell functions that build scripts of nixpkgs count on, as far as they make sense without a compiler.

makeWrapper() {
  local program=$1 target=$2 run= argv0= kind name value separator
  shift 2
  local lines=() before=() after=()
  while (( $# )); do
    kind=$1
    case $kind in
      --set) lines+=("export $2=${3@Q}"); shift 3 ;;
      --set-default) lines+=("export $2=\"\${$2-${3@Q}}\""); lines[-1]="[ -n \"\${$2+x}\" ] || export $2=${3@Q}"; shift 3 ;;
      --unset) lines+=("unset $2"); shift 2 ;;
      --prefix) name=$2 separator=$3 value=$4; lines+=("export $name=${value@Q}\"\${$name:+${separator}\$$name}\""); shift 4 ;;
      --suffix) name=$2 separator=$3 value=$4; lines+=("export $name=\"\${$name:+\$$name${separator}}\"${value@Q}"); shift 4 ;;
      --run) lines+=("$2"); shift 2 ;;
      --chdir) lines+=("cd ${2@Q}"); shift 2 ;;
      --add-flag) before+=("${2@Q}"); shift 2 ;;
      --add-flags) before+=("$2"); shift 2 ;;
      --append-flag) after+=("${2@Q}"); shift 2 ;;
      --append-flags) after+=("$2"); shift 2 ;;
      --argv0) argv0=$2; shift 2 ;;
      --inherit-argv0) argv0='$0'; shift ;;
      --resolve-argv0) shift ;;
      *) echo "makeWrapper: unknown argument $kind" >&2; return 1 ;;
    esac
  done
  mkdir -p "$(dirname "$target")"
  rm -f "$target"
  {
    printf '#! %s -e\n' "${shell:-/bin/sh}"
    (( ${#lines[@]} )) && printf '%s\n' "${lines[@]}"
    printf 'exec %s%q %s "$@" %s\n' "${argv0:+-a \"$argv0\" }" "$program" "${before[*]-}" "${after[*]-}"
  } > "$target"
  chmod +x "$target"
}
makeBinaryWrapper() { makeWrapper "$@"; }
makeShellWrapper() { makeWrapper "$@"; }
wrapProgram() {
  local program=$1 hidden
  shift
  hidden=$(dirname "$program")/.$(basename "$program")-wrapped
  while [ -e "$hidden" ]; do hidden=${hidden}_; done
  mv "$program" "$hidden"
  makeWrapper "$hidden" "$program" --inherit-argv0 "$@"
}
wrapProgramShell() { wrapProgram "$@"; }
substituteInPlace() {
  local files=() content text
  while (( $# )) && [[ $1 != --* ]]; do files+=("$1"); shift; done
  local file
  for file in "${files[@]}"; do
    content=$(cat "$file"; printf x) content=${content%x}
    local arguments=("$@")
    while (( ${#arguments[@]} )); do
      case ${arguments[0]} in
        --replace|--replace-fail|--replace-warn|--replace-quiet)
          text=${arguments[1]}
          if [[ ${arguments[0]} = --replace-fail && $content != *"$text"* ]]; then
            echo "substituteInPlace: $file has no $text" >&2; return 1
          fi
          content=${content//"$text"/"${arguments[2]}"}
          arguments=("${arguments[@]:3}") ;;
        --subst-var) content=${content//"@${arguments[1]}@"/"${!arguments[1]}"}; arguments=("${arguments[@]:2}") ;;
        --subst-var-by) content=${content//"@${arguments[1]}@"/"${arguments[2]}"}; arguments=("${arguments[@]:3}") ;;
        *) echo "substituteInPlace: unknown argument ${arguments[0]}" >&2; return 1 ;;
      esac
    done
    printf '%s' "$content" > "$file.new"
    chmod --reference="$file" "$file.new" 2>/dev/null || :
    mv -f "$file.new" "$file"
  done
}
substitute() { local from=$1 to=$2; shift 2; cp "$from" "$to"; chmod u+w "$to"; substituteInPlace "$to" "$@"; }
substituteAll() {
  local to=$2 name
  cp "$1" "$to"; chmod u+w "$to"
  for name in $(compgen -e); do [[ $name = [a-z]* ]] && substituteInPlace "$to" --subst-var "$name"; done
}
lndir() { ( cd "$1" && find . -type d -exec mkdir -p "$2/{}" \; && find . ! -type d -exec ln -s "$1/{}" "$2/{}" \; ) 2>/dev/null || cp -rs "$1/." "$2/"; }
installManPage() { local page n; for page in "$@"; do n=${page%.gz}; n=${n##*.}; install -Dm644 "$page" "$out/share/man/man$n/$(basename "$page")"; done; }
installBin() { local program; for program in "$@"; do install -Dm755 "$program" "$out/bin/$(basename "$program")"; done; }
patchShebangs() { :; }
runHook() { local hook=$1; shift; if declare -F "$hook" >/dev/null; then "$hook" "$@"; elif [ -n "${!hook-}" ]; then eval "${!hook}"; fi; }
