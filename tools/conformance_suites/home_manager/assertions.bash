# What the original's tests call, with the meaning that nmt gives it. $TESTED, $out and $NIX_STORE are set.
at() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s' "$TESTED/$1" ;; esac; }
_abs() { at "$1"; }  # some scripts use nmt's own helper
fail() { printf 'FAIL: %s\n' "$*"; if [ -n "${NMT_ALL-}" ]; then echo 1 >> "$out/failed"; else exit 1; fi; }
normalizeStorePaths() {
  local from; from=$(at "$1")
  mkdir -p "$out/normalized"
  # the hash becomes zeros, and what follows the last word that begins with a letter (a version) goes
  sed -E 's!/nix/store/[a-z0-9]{32}((-[a-zA-Z][a-zA-Z0-9+._?=]*)*)(-[a-zA-Z0-9+._?=-]*)?!/nix/store/00000000000000000000000000000000\1!g' \
    < "$from" > "$out/normalized/${from##*/}"
  printf '%s\n' "$out/normalized/${from##*/}"
}
count() { echo "$1" >> "$out/asserted"; }
assertPathNotExists() { count "$1"; [ ! -e "$(at "$1")" ] || fail "unexpected path $1"; }
assertFileNotExists() { count "$1"; [ ! -f "$(at "$1")" ] || fail "unexpected file $1"; }
assertFileExists() { count "$1"; [ -f "$(at "$1")" ] || fail "missing file $1"; }
assertPathExists() { count "$1"; [ -e "$(at "$1")" ] || fail "missing path $1"; }
assertFileIsExecutable() { count "$1"; [ -x "$(at "$1")" ] || fail "not executable: $1"; }
assertFileIsNotExecutable() { count "$1"; [ ! -x "$(at "$1")" ] || fail "executable: $1"; }
assertDirectoryExists() { count "$1"; [ -d "$(at "$1")" ] || fail "missing directory $1"; }
assertDirectoryEmpty() { assertDirectoryExists "$1"; [ -z "$(ls -A "$(at "$1")")" ] || fail "directory $1 is not empty"; }
assertDirectoryNotEmpty() { assertDirectoryExists "$1"; [ -n "$(ls -A "$(at "$1")")" ] || fail "directory $1 is empty"; }
assertLinkExists() { count "$1"; [ -L "$(at "$1")" ] || fail "missing link $1"; }
assertLinkPointsTo() { assertLinkExists "$1"; [ "$(readlink "$(at "$1")")" = "$2" ] || fail "link $1 points to $(readlink "$(at "$1")"), not $2"; }
present() { [ -f "$(at "$1")" ] || fail "missing file $1 ($2 wanted in it)"; }
assertFileContains() { count "$1"; present "$1" "$2"; grep -qF -- "$2" "$(at "$1")" || fail "$1 does not contain: $2"$'\n--- it is\n'"$(head -c 3000 "$(at "$1")")"; }
assertFileNotContains() { count "$1"; ! grep -qF -- "$2" "$(at "$1")" || fail "$1 contains: $2"; }
assertFileRegex() { count "$1"; present "$1" "$2"; grep -q -- "$2" "$(at "$1")" || fail "$1 does not match: $2"$'\n--- it is\n'"$(head -c 3000 "$(at "$1")")"; }
assertFileNotRegex() { count "$1"; ! grep -q -- "$2" "$(at "$1")" 2>/dev/null || fail "$1 matches: $2"; }
assertFileContent() { wait || :;
  count "$1"
  [ -f "$(at "$1")" ] || fail "missing file $1 (content is compared)"
  cmp -s "$(at "$1")" "$2" || fail "content of $1 differs"$'\n'"$(diff -u --label expected --label ours "$2" "$(at "$1")" | head -60)"
}
assertDiff() { diff --ignore-space-change --ignore-blank-lines "$1" "$2" || fail "$1 is another"; }
substitute() {
  # the function of stdenv that some scripts use
  local from=$1 to=$2 text; shift 2
  text=$(cat "$from"; printf x); text=${text%x}
  while [ $# -gt 0 ]; do
    case $1 in
      --subst-var) text=${text//"@$2@"/"${!2}"}; shift 2 ;;
      --subst-var-by) text=${text//"@$2@"/"$3"}; shift 3 ;;
      --replace*) text=${text//"$2"/"$3"}; shift 3 ;;
      *) fail "substitute: $1" ;;
    esac
  done
  printf '%s' "$text" > "$to"
}
substituteInPlace() { local file=$1; shift; substitute "$file" "$file.new" "$@"; mv -f "$file.new" "$file"; }
# activation steps that a test runs by themselves have what activation would define
run() { "$@"; }; verboseEcho() { :; }; _i() { :; }; noteEcho() { :; }; warnEcho() { :; }; errorEcho() { :; }
export -f run verboseEcho _i noteEcho warnEcho errorEcho
sourceFile() { assertFileExists "$1"; source "$(at "$1")"; }
