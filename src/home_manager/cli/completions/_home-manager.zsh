#compdef home-manager
# Completion of home-manager for zsh; the program itself says what may come next.
_home_manager() {
    local line word about
    local -a whole open
    for line in "${(@f)$(print -rl -- "${(@)words[2,CURRENT-1]}" "$PREFIX" | home-manager complete 2>/dev/null)}"; do
        word=${line%%$'\t'*} about=${line#*$'\t'}
        case $word in
            '') ;;
            :files) _files && return ;;
            :directories) _files -/ && return ;;
            *[.=]) open+=("${word//:/\\:}:$about") ;;
            *) whole+=("${word//:/\\:}:$about") ;;
        esac
    done
    (( $#whole )) && _describe home-manager whole
    (( $#open )) && _describe home-manager open -S ''
}
# Read by a shell that is running already, or found by the first completion in a folder of `fpath`.
if [[ $funcstack[1] == _home-manager ]]; then
    _home_manager "$@"
else
    compdef _home_manager home-manager
fi
